package dev.owlery.testkit;

import dev.owlery.api.command.Answers;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.command.Form;
import dev.owlery.api.command.FormField;
import dev.owlery.api.plugin.Plugin;
import java.util.List;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotation.specifier.Quoted;
import org.incendo.cloud.annotation.specifier.Range;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Default;
import org.incendo.cloud.annotations.Flag;
import org.incendo.cloud.annotations.Permission;

/** Commands with arguments of all kinds and with questions. */
public final class FormsPlugin implements Plugin {

  /** A choice. */
  public enum Size {
    /** Little. */
    SMALL,
    /** Much. */
    LARGE
  }

  /** Has an argument of each kind. */
  @Command("order <what> <count> [size] [note]")
  @Permission("view")
  @CommandDescription("Orders something")
  public String order(
      @Argument(value = "what", description = "What to order") @Quoted String what,
      @Argument("count") @Range(min = "1", max = "9") int count,
      @Argument("size") @Default("small") Size size,
      @Argument("note") @Greedy @Default("none") String note,
      @Flag("urgent") boolean urgent) {
    return count + " " + size + " " + what + " (" + note + ")" + (urgent ? "!" : "");
  }

  /** Asks twice. */
  @Command("deploy <service>")
  @Permission("view")
  public String deploy(CommandCall call, @Argument("service") String service) {
    String target = call.ask("Where to?", List.of("staging", "production"));
    Answers answers =
        call.ask(
            new Form(
                "Sure?",
                List.of(
                    FormField.confirm("sure", "Really?"),
                    FormField.number("times", "How often?"))));
    if (!answers.yes("sure")) {
      throw new CommandException("Then not.");
    }
    return service + " to " + target + " x" + answers.number("times");
  }

  /** Fails. */
  @Command("broken")
  @Permission("view")
  public String broken() {
    return List.of("one").get(1);
  }

  /** Is not for everybody. */
  @Command("secret")
  @Permission("secret")
  public String secret() {
    return "hush";
  }
}

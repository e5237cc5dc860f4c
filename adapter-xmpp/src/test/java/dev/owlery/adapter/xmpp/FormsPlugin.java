package dev.owlery.adapter.xmpp;

import dev.owlery.api.command.Answers;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.Form;
import dev.owlery.api.command.FormField;
import dev.owlery.api.plugin.Plugin;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Default;
import org.incendo.cloud.annotations.Flag;
import org.incendo.cloud.annotations.Permission;

/** Commands for tests of forms. */
public final class FormsPlugin implements Plugin {

  /** A choice. */
  public enum Colour {
    /** Red. */
    RED,
    /** Blue. */
    BLUE
  }

  /** Repeats. */
  @Command("echo <message>")
  @Permission("view")
  @CommandDescription("Repeats the message")
  public String echo(@Argument("message") @Greedy String message) {
    return message;
  }

  /** Has arguments of several kinds. */
  @Command("paint <count> [colour]")
  @Permission("view")
  public String paint(
      @Argument("count") int count,
      @Argument("colour") @Default("red") Colour colour,
      @Flag("thick") boolean thick) {
    return count + " " + colour + (thick ? " thick" : "");
  }

  /** Asks twice. */
  @Command("deploy <service>")
  @Permission("view")
  public String deploy(CommandCall call, @Argument("service") String service) {
    String target = call.ask("Where to?", List.of("staging", "production"));
    Answers answers =
        call.ask(
            new Form(
                "Really?",
                List.of(
                    FormField.confirm("sure", "Sure?"), FormField.number("times", "How often?"))));
    return service + " " + target + " " + answers.yes("sure") + " " + answers.number("times");
  }

  /** Says many lines. */
  @Command("lines")
  @Permission("view")
  public Stream<String> lines() {
    return IntStream.rangeClosed(1, 30).mapToObj(number -> "line " + number);
  }

  /** Is for administrators. */
  @Command("secret")
  @Permission("admin.secret")
  public String secret() {
    return "hush";
  }
}

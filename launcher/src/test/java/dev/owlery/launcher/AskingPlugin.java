package dev.owlery.launcher;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.Form;
import dev.owlery.api.command.FormField;
import dev.owlery.api.plugin.Plugin;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;

/** Asks, and answers at length. */
public final class AskingPlugin implements Plugin {

  /** Asks before it answers. */
  @Command("sure")
  @Permission("asking.sure")
  public String sure(CommandCall call) {
    return call.ask(Form.of("Really?", FormField.confirm("answer", "Really?"))).yes("answer")
        ? "yes it is"
        : "no it is not";
  }

  /** Answers with more than fits into a line of the control socket. */
  @Command("large")
  @Permission("asking.large")
  public String large() {
    return "x".repeat(100_000);
  }
}

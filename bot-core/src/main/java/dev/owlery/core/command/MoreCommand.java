package dev.owlery.core.command;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.content.Content;
import java.util.List;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;

/** The router's own command, which says what a long answer has left over. Everybody may call it. */
final class MoreCommand {

  private final Pager leftovers;

  MoreCommand(Pager leftovers) {
    this.leftovers = leftovers;
  }

  @Command("more")
  @CommandDescription("Shows the rest of a long answer")
  void more(CommandCall call) {
    List<Content> rest = leftovers.take(call.where(), call.caller());
    if (rest.isEmpty()) {
      throw new CommandException("There is no more.");
    }
    rest.forEach(call::reply);
  }
}

package dev.owlery.core.command;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Answers;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.Form;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.Origin;
import dev.owlery.core.permission.Permissions;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes what somebody types.
 *
 * @param station what all calls share
 * @param catalogue the commands at this moment
 */
record Completion(CommandExecution.CommandEnvironment station, CommandCatalog catalogue) {

  private static final Logger log = LoggerFactory.getLogger(Completion.class);
  private static final int MOST = 100;
  private static final int LONGEST = 2048;

  List<String> complete(Member member, Conversation where, String input) {
    if (input.length() > LONGEST) {
      return List.of();
    }
    String prefix = station.settings().prefix();
    String given = input.startsWith(prefix) ? prefix : "";
    String line = CommandLine.of(input.substring(given.length())).readable().stripLeading();
    Typing typing = new Typing(member, where, line, station);
    int end = line.indexOf(' ');
    if (end < 0) {
      String begun = CommandCatalog.fold(line);
      return catalogue
          .entries()
          .filter(entry -> CommandCatalog.fold(entry.word()).startsWith(begun))
          .filter(entry -> isPermitted(entry, typing))
          .map(entry -> given + entry.word())
          .sorted()
          .limit(MOST)
          .toList();
    }
    CommandCatalog.DeclaredCommand entry = catalogue.find(line.substring(0, end));
    return entry == null ? List.of() : suggest(entry, typing, line.substring(end));
  }

  /** The boundary for what a plugin's suggestions throw: nobody is helped by an error here. */
  private static List<String> suggest(
      CommandCatalog.DeclaredCommand entry, Typing typing, String rest) {
    try {
      return entry.declarations().suggest(typing, entry.word() + rest).stream()
          .limit(MOST)
          .toList();
    } catch (RuntimeException | StackOverflowError e) {
      log.debug("the suggestions of {} failed", entry.declarations().plugin(), e);
      return List.of();
    }
  }

  private boolean isPermitted(CommandCatalog.DeclaredCommand entry, Typing typing) {
    return entry.declarations().commandsOf(entry.word()).stream()
        .map(entry.declarations()::needs)
        .anyMatch(
            needed -> station.rules().decide(typing.caller(), typing.where(), needed).permitted());
  }

  /** Somebody who has not called yet: nothing can be said to them or asked. */
  private record Typing(
      Member caller, Conversation where, String input, CommandExecution.CommandEnvironment station)
      implements CommandCall {

    private Permissions permissions() {
      return station.permissions();
    }

    @Override
    public Optional<String> person() {
      return permissions().person(caller);
    }

    @Override
    public Origin origin() {
      return Origin.live("completion", station.clock().instant());
    }

    @Override
    public boolean permits(String permission) {
      return permissions().decide(caller, where, permission).permitted();
    }

    @Override
    public void reply(Content content) {
      throw new IllegalStateException("nothing is said while somebody types");
    }

    @Override
    public Answers ask(Form form) {
      throw new IllegalStateException("nothing is asked while somebody types");
    }
  }
}

package dev.owlery.core.command;

import dev.owlery.api.command.CommandException;
import dev.owlery.api.command.CommandInfo;
import dev.owlery.core.log.LogText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.incendo.cloud.exception.ArgumentParseException;
import org.incendo.cloud.exception.CommandParseException;
import org.incendo.cloud.permission.Permission;

/**
 * What to tell somebody whose command line was wrong: always one line, never a stack trace. Pure.
 */
final class UserErrors {

  private static final int LONGEST = 400;
  private static final int USAGES = 4;

  private UserErrors() {}

  /**
   * What is wrong with a line.
   *
   * @param thrown by the framework, or by a plugin's own parser
   * @param usage the usage to tell with it
   * @return one line; empty if the fault is not the user's
   */
  static Optional<String> of(Throwable thrown, String usage) {
    if (thrown instanceof ArgumentParseException) {
      Throwable cause = thrown.getCause();
      Optional<CommandException> said = commandException(thrown);
      if (said.isPresent()) {
        return said.map(UserErrors::line);
      }
      // The framework's own parsers and a plugin's both speak to the user by this type.
      return cause instanceof IllegalArgumentException && cause.getMessage() != null
          ? Optional.of(sentence(oneLine(cause.getMessage(), LONGEST / 2)) + " " + usage)
          : Optional.empty();
    }
    // The framework's number parsers let some numbers with white space in them slip through.
    return thrown instanceof CommandParseException || thrown instanceof NumberFormatException
        ? Optional.of(usage)
        : Optional.empty();
  }

  /** What to tell somebody who may not. */
  static String forbidden(Permission needed) {
    return "You may not do that: it takes the permission " + PermissionCheck.words(needed) + ".";
  }

  /**
   * What to tell somebody who may not, and whom the network does not vouch for: no permission can
   * be given to them.
   *
   * @param needed what it takes
   * @param whoami how to ask who one is; empty if nobody can
   */
  static String forbiddenToStranger(Permission needed, Optional<String> whoami) {
    return forbidden(needed)
        + " The network does not vouch for you: "
        + whoami
            .map(command -> command + " says what to do.")
            .orElse(
                "log in to its services, if it has any; whoever runs me has `owlery admin` on my"
                    + " machine.");
  }

  /** The exception for the user, if this is one or is caused by one. */
  static Optional<CommandException> commandException(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 16; depth++) {
      if (cause instanceof CommandException found) {
        return Optional.of(found);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  /** The exception's text, as a line. */
  static String line(CommandException exception) {
    String message = exception.getMessage();
    return message == null || message.isBlank() ? "That did not work." : oneLine(message, LONGEST);
  }

  /**
   * How to write the command that somebody meant: of those that they may call the ones whose words
   * agree best with the line.
   *
   * @param prefix what a command begins with
   * @param line what they wrote
   * @param commands all that begin with the same word
   * @param permitted which of them they may call
   * @return {@code Usage: ...}
   */
  static String usage(
      String prefix,
      String line,
      Iterable<CommandInfo> commands,
      Predicate<CommandInfo> permitted) {
    List<String> words = List.of(line.split("\\s+", 8));
    List<String> best = new ArrayList<>();
    int agreed = -1;
    for (CommandInfo command : commands) {
      int agrees = agreement(words, List.of(command.name().split(" ")));
      if (agrees < agreed || !permitted.test(command)) {
        continue;
      }
      if (agrees > agreed) {
        best.clear();
        agreed = agrees;
      }
      best.add(prefix + command.syntax());
    }
    String usages = best.stream().limit(USAGES).collect(Collectors.joining(" | "));
    return oneLine("Usage: " + usages + (best.size() > USAGES ? " | …" : ""), LONGEST);
  }

  private static int agreement(List<String> line, List<String> name) {
    int same = 0;
    // The first word is the command's, perhaps by another of its names.
    while (same < name.size()
        && same < line.size()
        && (same == 0 || name.get(same).equals(line.get(same)))) {
      same++;
    }
    return same;
  }

  private static String sentence(String text) {
    return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
  }

  /** Text from outside as a part of a line. */
  static String oneLine(String text, int limit) {
    return LogText.encode(text.strip().replace('\n', ' '), limit);
  }
}

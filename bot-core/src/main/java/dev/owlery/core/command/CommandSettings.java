package dev.owlery.core.command;

import java.time.Duration;

/**
 * How commands are called and answered.
 *
 * @param prefix what a command begins with in a room, for example {@code !}
 * @param askTimeout how long a question waits for its answer
 * @param linesPerReply how many messages one answer may have before the rest waits for {@code
 *     more}; 0 for no limit
 * @param oldestCommand commands that were missed for longer than this are not run any more
 */
public record CommandSettings(
    String prefix, Duration askTimeout, int linesPerReply, Duration oldestCommand) {

  /**
   * Checks the prefix and the limits.
   *
   * @throws IllegalArgumentException if the prefix is empty, begins with a letter or digit or holds
   *     white space, a limit is negative, or a question would wait for no time at all
   */
  public CommandSettings {
    if (prefix.isEmpty()
        || Character.isLetterOrDigit(prefix.codePointAt(0))
        || prefix.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("a prefix is a sign such as !, not \"" + prefix + "\"");
    }
    if (!askTimeout.isPositive() || linesPerReply < 0 || oldestCommand.isNegative()) {
      throw new IllegalArgumentException("the limits of commands are not negative");
    }
  }
}

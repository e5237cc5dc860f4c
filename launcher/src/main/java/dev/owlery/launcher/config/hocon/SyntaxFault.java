package dev.owlery.launcher.config.hocon;

import java.util.Optional;

/**
 * A place where a text is no HOCON.
 *
 * @param line the line, counted from 1
 * @param key the key's path; empty if there is none
 * @param message what is wrong, and what to write instead; without secrets
 * @param repair makes HOCON of the place, so that what follows can be read; none if nothing behind
 *     it can be told any more
 */
public record SyntaxFault(int line, String key, String message, Optional<Repair> repair) {

  /**
   * A change that keeps the lines.
   *
   * @param start the first character that is replaced
   * @param end the character behind the last one
   * @param replacement what comes instead, without line ends
   */
  record Repair(int start, int end, String replacement) {

    String applyTo(String text) {
      return text.substring(0, start) + replacement + text.substring(end);
    }
  }
}

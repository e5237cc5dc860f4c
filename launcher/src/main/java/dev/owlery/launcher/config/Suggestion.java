package dev.owlery.launcher.config;

import dev.owlery.core.command.Suggestions;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Clauses for the end of a fault's message: what somebody may have meant. */
final class Suggestion {

  private static final int MANY = 12;

  private Suggestion() {}

  /**
   * What is like the written word, or else everything that would have been right.
   *
   * @param written what was written
   * @param known what would have been right
   * @return {@code ; did you mean "x"?}, or a list of what is known, or nothing
   */
  static String among(String written, Collection<String> known) {
    String nearest = nearestOf(written, known);
    if (!nearest.isEmpty()) {
      return nearest;
    }
    if (known.isEmpty() || known.size() > MANY) {
      return "";
    }
    return "; known here: " + known.stream().sorted().collect(Collectors.joining(", "));
  }

  /** The same where what is known is listed anyhow. */
  static String nearestOf(String written, Collection<String> known) {
    List<String> near = Suggestions.closeTo(written, known);
    return near.isEmpty() ? "" : "; did you mean \"" + near.getFirst() + "\"?";
  }
}

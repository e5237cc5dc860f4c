package dev.owlery.api.content;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * Cuts texts to a length, between characters as readers see them: no emoji, accent or flag is cut
 * in two (the extended grapheme clusters of Unicode's annex 29). Pure; any thread.
 */
public final class Excerpt {
  private static final String MORE = "\u2026";

  /** So far back a character may have begun; what is longer is none that anybody reads. */
  private static final int LONGEST_CHARACTER = 64;

  private Excerpt() {}

  /**
   * The beginning of a text.
   *
   * @param text any text
   * @param most so many characters of Java's are kept
   * @return the text, or as much of it as there is room for, and an ellipsis
   * @throws IllegalArgumentException if nothing may be kept
   */
  public static String of(String text, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least one character");
    }
    return text.length() <= most ? text : text.substring(0, end(text, most)) + MORE;
  }

  private static int end(String text, int most) {
    int from = Math.max(0, most - LONGEST_CHARACTER);
    String around = text.substring(from, Math.min(text.length(), most + LONGEST_CHARACTER));
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(around);
    int end = most - from;
    int whole = characters.isBoundary(end) ? end : characters.preceding(end);
    if (whole > 0) {
      return from + whole;
    }
    return Character.isHighSurrogate(text.charAt(most - 1)) && most > 1 ? most - 1 : most;
  }
}

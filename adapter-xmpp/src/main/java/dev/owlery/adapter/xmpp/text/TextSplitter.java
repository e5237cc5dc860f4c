package dev.owlery.adapter.xmpp.text;

import java.util.ArrayList;
import java.util.List;

/** Cuts text that a server would find too long for one stanza. */
public final class TextSplitter {

  private TextSplitter() {}

  /**
   * Cuts at a line's end, else at a blank, else between characters.
   *
   * @param text any text
   * @param most how many UTF-16 units a piece may have, at least 2
   * @return the pieces; none if the text is empty
   */
  public static List<String> split(String text, int most) {
    List<String> pieces = new ArrayList<>();
    String rest = text;
    while (rest.length() > most) {
      int end = end(rest, most);
      pieces.add(rest.substring(0, end));
      boolean atBlank = Character.isWhitespace(rest.charAt(end));
      rest = rest.substring(atBlank ? end + 1 : end);
    }
    if (!rest.isEmpty()) {
      pieces.add(rest);
    }
    return pieces;
  }

  private static int end(String text, int most) {
    int line = text.lastIndexOf('\n', most);
    if (line > most / 2) {
      return line;
    }
    int blank = text.lastIndexOf(' ', most);
    if (blank > most / 2) {
      return blank;
    }
    return Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
  }
}

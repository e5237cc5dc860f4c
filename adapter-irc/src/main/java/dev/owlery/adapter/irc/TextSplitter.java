package dev.owlery.adapter.irc;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts text into pieces that fit into one line each. Pieces end at line ends, else preferably
 * behind a space, else between two graphemes: an emoji made of several code points stays whole. All
 * pieces of one line of text, put together, are that line again.
 */
final class TextSplitter {
  private TextSplitter() {}

  /**
   * Cuts a text.
   *
   * @param text any text; CR LF, CR and LF end a line, empty lines are left out (IRC cannot say
   *     nothing)
   * @param limit how many bytes of UTF-8 a piece may have, at least 4
   * @return the pieces in order; none if there is nothing but line ends
   */
  static List<String> split(String text, int limit) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= text.length(); at++) {
      boolean ends = at == text.length() || text.charAt(at) == '\n' || text.charAt(at) == '\r';
      if (ends && at > start) {
        splitLine(text.substring(start, at), limit, pieces);
      }
      if (ends) {
        start = at + 1;
      }
    }
    return pieces;
  }

  private static void splitLine(String line, int limit, List<String> pieces) {
    if (line.length() * 3 <= limit || bytes(line, 0, line.length()) <= limit) {
      pieces.add(line);
      return;
    }
    BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
    graphemes.setText(line);
    int start = 0;
    int used = 0;
    int afterSpace = 0;
    int from = graphemes.first();
    for (int to = graphemes.next(); to != BreakIterator.DONE; to = graphemes.next()) {
      int size = bytes(line, from, to);
      if (used + size > limit && from > start) {
        int cut = isWorthIt(afterSpace, start, from) ? afterSpace : from;
        pieces.add(line.substring(start, cut));
        start = cut;
        used = bytes(line, cut, from);
      }
      if (used + size > limit && from > start) {
        pieces.add(line.substring(start, from));
        start = from;
        used = 0;
      }
      if (size > limit) {
        start = splitGrapheme(line, start, to, limit, pieces);
        used = bytes(line, start, to);
      } else {
        used += size;
      }
      if (line.charAt(to - 1) == ' ') {
        afterSpace = to;
      }
      from = to;
    }
    pieces.add(line.substring(start));
  }

  /** A cut at a space must not leave more than half of the line unused. */
  private static boolean isWorthIt(int afterSpace, int start, int full) {
    return afterSpace - start > (full - start) / 2;
  }

  /**
   * One grapheme that is longer than a line (a letter under hundreds of accents) is cut between
   * code points.
   */
  private static int splitGrapheme(
      String line, int start, int end, int limit, List<String> pieces) {
    int from = start;
    int used = 0;
    for (int at = start; at < end; at += Character.charCount(line.codePointAt(at))) {
      int size = size(line.codePointAt(at));
      if (used + size > limit) {
        pieces.add(line.substring(from, at));
        from = at;
        used = 0;
      }
      used += size;
    }
    return from;
  }

  private static int bytes(String text, int from, int to) {
    int sum = 0;
    for (int at = from; at < to; at += Character.charCount(text.codePointAt(at))) {
      sum += size(text.codePointAt(at));
    }
    return sum;
  }

  private static int size(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }
}

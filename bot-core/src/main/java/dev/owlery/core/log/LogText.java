package dev.owlery.core.log;

/**
 * The one encoder for text that goes into a log line, so that nobody outside can forge a line, hide
 * a part of it or flood it. Pure; may be used from any thread.
 */
public final class LogText {

  /** What a log line may hold at most, in characters. */
  public static final int LIMIT = 8192;

  private static final String HEX = "0123456789abcdef";

  private LogText() {}

  /**
   * Makes text safe for one log line: control characters (C0, DEL, C1), line and paragraph
   * separators, signs that turn the writing direction and lone surrogates become {@code \}{@code
   * uXXXX}. Encoding what is encoded changes nothing, so a field may be encoded before its line is.
   *
   * @param outside any text
   * @return the same text if there was nothing to encode; never longer than {@link #LIMIT}, a cut
   *     is told at the end
   */
  public static String encode(String outside) {
    return encode(outside, LIMIT);
  }

  /**
   * The same, for a field that should stay short.
   *
   * @param outside any text
   * @param limit the most characters of the result, at least 32
   * @return the text, encoded and cut
   */
  public static String encode(String outside, int limit) {
    if (outside.length() <= limit && isPlain(outside)) {
      return outside;
    }
    StringBuilder line = new StringBuilder(Math.min(outside.length() + 16, limit));
    // The longest piece is 6 characters, the longest note of a cut has 18.
    int end = limit - 24;
    int at = 0;
    while (at < outside.length() && line.length() <= end) {
      int point = outside.codePointAt(at);
      if (isHarmless(point)) {
        line.appendCodePoint(point);
      } else {
        escape(point, line);
      }
      at += Character.charCount(point);
    }
    if (at < outside.length()) {
      line.append("… (").append(outside.length() - at).append(" more)");
    }
    return line.toString();
  }

  /**
   * The same, in quotation marks: for a field of a line that holds several.
   *
   * @param outside any text
   * @param limit the most characters between the marks, at least 32
   * @return the text, encoded, cut, with {@code "} encoded like a control character
   */
  public static String quote(String outside, int limit) {
    return '"' + encode(outside, limit).replace("\"", "\\u0022") + '"';
  }

  private static boolean isPlain(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if ((c < ' ' || c > '~') && !isHarmless(text.codePointAt(at))) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        at++;
      }
    }
    return true;
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> !turnsDirection(point);
    };
  }

  /** Unicode's Bidi_Control characters (UAX #9). */
  private static boolean turnsDirection(int point) {
    return point == 0x061c
        || point == 0x200e
        || point == 0x200f
        || (point >= 0x202a && point <= 0x202e)
        || (point >= 0x2066 && point <= 0x2069);
  }

  private static void escape(int point, StringBuilder line) {
    line.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      line.append(HEX.charAt((point >> shift) & 0xf));
    }
  }
}

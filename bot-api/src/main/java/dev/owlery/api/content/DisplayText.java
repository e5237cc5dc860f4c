package dev.owlery.api.content;

/**
 * The one encoder for what people are called and for titles, wherever they come from: what is shown
 * is what there is. Signs that turn the writing direction, invisible signs and control characters
 * are taken out; joiners stay between letters that need them. Pure; may be used from any thread.
 */
public final class DisplayText {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private DisplayText() {}

  /**
   * One line as it may be shown.
   *
   * @param outside any text
   * @return the same text if there was nothing to take out; line ends and other control characters
   *     but tabs are blanks
   */
  public static String line(String outside) {
    if (isOrdinary(outside)) {
      return outside;
    }
    int[] points = outside.codePoints().toArray();
    StringBuilder line = new StringBuilder(outside.length());
    for (int at = 0; at < points.length; at++) {
      int point = points[at];
      if (isBreak(point)) {
        line.append(' ');
      } else if (isJoiner(point) ? joins(points, at) : !isHidden(point)) {
        line.appendCodePoint(point);
      }
    }
    return line.toString();
  }

  /**
   * What somebody is called.
   *
   * @param outside any text
   * @return one line without blanks around it; {@code ?} if nothing of it can be seen, and empty if
   *     it was
   */
  public static String name(String outside) {
    String shown = line(outside).strip();
    return shown.isEmpty() && !outside.isEmpty() ? "?" : shown;
  }

  /**
   * A name in front of what that person says, as {@code NAME: TEXT}: it cannot hold such a
   * beginning itself.
   *
   * @param outside any text
   * @return the name, with {@code _} in place of blanks behind a colon
   */
  public static String speaker(String outside) {
    return name(outside).replaceAll(":(?=\\s)\\s", ":_");
  }

  private static boolean isOrdinary(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if ((c < ' ' && c != '\t') || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean isBreak(int point) {
    int type = Character.getType(point);
    return (type == Character.CONTROL && point != '\t')
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static boolean isJoiner(int point) {
    return point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER;
  }

  /** Emoji, and the letters of Persian or Hindi, are joined; Latin letters are not. */
  private static boolean joins(int[] points, int at) {
    return at > 0
        && at + 1 < points.length
        && points[at - 1] > 0x2ff
        && points[at + 1] > 0x2ff
        && !isJoiner(points[at - 1])
        && !isHidden(points[at - 1])
        && !isHidden(points[at + 1]);
  }

  /** Format characters, the letters that look like nothing, and halves of characters. */
  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.FORMAT -> !isJoiner(point);
      case Character.SURROGATE -> true;
      default ->
          point == 0x034f // combining grapheme joiner
              || point == 0x115f
              || point == 0x1160
              || point == 0x17b4
              || point == 0x17b5
              || (point >= 0x180b && point <= 0x180f)
              || point == 0x2065
              || point == 0x2800 // a cell of Braille without dots
              || point == 0x3164
              || point == 0xffa0
              || (point >= 0xfff0 && point <= 0xfff8)
              || (point >= 0xe0000 && point <= 0xe0fff);
    };
  }
}

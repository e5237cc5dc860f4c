package dev.owlery.adapter.console;

/**
 * Makes what could steer a terminal, or deceive its reader, visible instead: control characters (C0
 * and C1, and with them every escape sequence), bidirectional overrides (Unicode TR 36, section
 * 3.3) and broken surrogates. Line feeds and tabs stay, as do the joiners that emoji need.
 */
final class VisibleText {

  private static final char REPLACEMENT = '\uFFFD';
  private static final char CONTROL_PICTURES = '\u2400';
  private static final char DELETE_PICTURE = '\u2421';

  private VisibleText() {}

  /** Most text is harmless and comes back as it is, without a copy. */
  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isPair(text, i)) {
        i++;
      } else if (isSuspect(text.charAt(i))) {
        return rewritten(text, i);
      }
    }
    return text;
  }

  private static String rewritten(String text, int from) {
    StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, from);
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPair(text, i)) {
        out.append(c).append(text.charAt(++i));
      } else if (c != '\r' || i + 1 == text.length() || text.charAt(i + 1) != '\n') {
        append(c, out);
      }
    }
    return out.toString();
  }

  private static boolean isPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }

  private static void append(char c, StringBuilder out) {
    if (!isSuspect(c)) {
      out.append(c);
    } else if (c < ' ') {
      out.append((char) (CONTROL_PICTURES + c));
    } else if (c == 0x7F) {
      out.append(DELETE_PICTURE);
    } else if (Character.isSurrogate(c)) {
      out.append(REPLACEMENT);
    } else {
      out.append(String.format("<U+%04X>", (int) c));
    }
  }

  private static boolean isSuspect(char c) {
    if (c < ' ') {
      return c != '\n' && c != '\t';
    }
    if (c < 0x7F) {
      return false;
    }
    return c <= 0x9F || Character.isSurrogate(c) || isDeceptive(c);
  }

  private static boolean isDeceptive(char c) {
    return c == '\u061C'
        || c == '\u200E'
        || c == '\u200F'
        || (c >= '\u2028' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069')
        || (c >= '\uFFF9' && c <= '\uFFFB');
  }
}

package dev.owlery.api.content;

/**
 * How much of a text is read as Markdown: so much that people write, and not so much that reading
 * it could keep anybody waiting.
 */
final class MarkdownBounds {
  /** What lies behind so many characters is plain. */
  static final int LONGEST = Text.MARKED_LENGTH;

  /** What lies behind so many lines is plain: the library looks at a paragraph again at each. */
  static final int MOST_LINES = Text.MARKED_LINES;

  /** So many quotations and lists may begin in one line; further signs are characters. */
  static final int MOST_BLOCKS = 16;

  private MarkdownBounds() {}

  /** Where the part ends that is read as Markdown: at the end of a line or a word, if it can. */
  static int end(String markdown) {
    int end = markdown.length() <= LONGEST ? markdown.length() : cut(markdown, LONGEST);
    int at = 0;
    for (int lines = 0; lines < MOST_LINES; lines++) {
      int feed = markdown.indexOf('\n', at);
      if (feed < 0 || feed >= end) {
        return end;
      }
      at = feed + 1;
    }
    return at;
  }

  private static int cut(String text, int longest) {
    int least = longest / 2;
    int line = text.lastIndexOf('\n', longest - 1) + 1;
    if (line > least) {
      return line;
    }
    int word = text.lastIndexOf(' ', longest - 1) + 1;
    int end = word > least ? word : longest;
    if (Character.isLowSurrogate(text.charAt(end))) {
      end--;
    }
    int backslashes = 0;
    while (text.charAt(end - 1 - backslashes) == '\\' && backslashes < least) {
      backslashes++;
    }
    return end - backslashes % 2;
  }

  /** The same with a backslash before the sign with which a line would begin too many blocks. */
  static String flat(String markdown) {
    StringBuilder flat = new StringBuilder(markdown.length() + 16);
    int at = 0;
    while (at < markdown.length()) {
      int feed = markdown.indexOf('\n', at);
      int end = feed < 0 ? markdown.length() : feed + 1;
      int deep = tooDeep(markdown, at, end);
      flat.append(markdown, at, deep);
      flat.append(deep < end ? "\\" : "").append(markdown, deep, end);
      at = end;
    }
    return flat.toString();
  }

  private static int tooDeep(String text, int begin, int end) {
    int blocks = 0;
    int at = begin;
    while (at < end) {
      char c = text.charAt(at);
      int digits = at;
      while (digits < end && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
        digits++;
      }
      if (c == ' ' || c == '\t') {
        at++;
      } else if (c == '>' || ("-+*".indexOf(c) >= 0 && isBlank(text, at + 1, end))) {
        if (++blocks > MOST_BLOCKS) {
          return isRule(text, at, end) ? end : at;
        }
        at++;
      } else if (digits > at && digits < end && ".)".indexOf(text.charAt(digits)) >= 0) {
        if (++blocks > MOST_BLOCKS) {
          return digits;
        }
        at = digits + 1;
      } else {
        return end;
      }
    }
    return end;
  }

  private static boolean isBlank(String text, int at, int end) {
    return at >= end || " \t\n".indexOf(text.charAt(at)) >= 0;
  }

  /** A line of nothing but one sign is a rule, and nests nothing. */
  private static boolean isRule(String text, int at, int end) {
    char sign = text.charAt(at);
    return sign != '>' && text.substring(at, end).chars().allMatch(c -> c == sign || c <= ' ');
  }
}

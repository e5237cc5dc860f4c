package dev.owlery.api.content;

import java.util.Optional;

/**
 * Where a link leads.
 *
 * @param address as it is meant
 * @param end behind all that says so
 */
record MarkdownTarget(String address, int end) {
  private static final int DEEPEST_BRACES = 8;

  /**
   * Reads what stands in braces behind a link's text (CommonMark 0.31, 6.3): an address and perhaps
   * a title.
   *
   * @param text the paragraph
   * @param at where the brace should open
   * @return empty if that is no target
   */
  static Optional<MarkdownTarget> read(String text, int at) {
    if (!text.startsWith("(", at)) {
      return Optional.empty();
    }
    int begin = skipBlanks(text, at + 1);
    boolean isPointed = text.startsWith("<", begin);
    int end = isPointed ? endOfPointed(text, begin) : endOfBare(text, begin);
    if (end < 0) {
      return Optional.empty();
    }
    String raw = isPointed ? text.substring(begin + 1, end - 1) : text.substring(begin, end);
    int behind = skipBlanks(text, end);
    if (behind > end && behind < text.length() && "\"'(".indexOf(text.charAt(behind)) >= 0) {
      behind = skipBlanks(text, endOfTitle(text, behind));
    }
    return text.startsWith(")", behind)
        ? Optional.of(new MarkdownTarget(MarkdownEscapes.unescape(raw), behind + 1))
        : Optional.empty();
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && " \t\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static int endOfPointed(String text, int begin) {
    for (int i = begin + 1; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '>' -> {
          return i + 1;
        }
        case '<', '\n' -> {
          return -1;
        }
        default -> {}
      }
    }
    return -1;
  }

  private static int endOfBare(String text, int begin) {
    int depth = 0;
    int at = begin;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c <= ' ' || c == 127) {
        break;
      } else if (c == '\\'
          && at + 1 < text.length()
          && MarkdownEscapes.isSign(text.charAt(at + 1))) {
        at++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      }
      if (depth > DEEPEST_BRACES) {
        return -1;
      }
      if (depth < 0) {
        return at;
      }
      at++;
    }
    return depth == 0 ? at : -1;
  }

  /** Behind a title; where it begins if it does not end. */
  private static int endOfTitle(String text, int begin) {
    char open = text.charAt(begin);
    char close = open == '(' ? ')' : open;
    for (int i = begin + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == close) {
        return i + 1;
      } else if (c == '(' && open == '(') {
        return begin;
      }
    }
    return begin;
  }
}

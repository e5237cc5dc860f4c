package dev.owlery.api.content;

import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/** Backslashes and entities of Markdown (CommonMark 0.31, 2.4 and 2.5). Linear in time. */
final class MarkdownEscapes {
  private static final int LONGEST_ENTITY = 34;
  private static final Parser NAMES = Parser.builder().build();

  private MarkdownEscapes() {}

  /** Whether a backslash makes a character of this sign. */
  static boolean isSign(char c) {
    return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
  }

  /** Behind the entity that begins with the {@code &} here; behind that if none does. */
  static int endOfEntity(String text, int at) {
    int end = at + 1;
    int last = Math.min(text.length(), at + LONGEST_ENTITY);
    while (end < last && (isAsciiWord(text.charAt(end)) || text.charAt(end) == '#')) {
      end++;
    }
    return end > at + 1 && end < text.length() && text.charAt(end) == ';' ? end + 1 : at + 1;
  }

  private static boolean isAsciiWord(char c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }

  /** What an entity stands for; itself if it is none. */
  static String entity(String entity) {
    return switch (entity) {
      case "&" -> entity;
      case "&amp;" -> "&";
      case "&lt;" -> "<";
      case "&gt;" -> ">";
      case "&quot;" -> "\"";
      default -> {
        Node paragraph = NAMES.parse(entity).getFirstChild();
        yield paragraph != null
                && paragraph.getFirstChild() instanceof org.commonmark.node.Text text
            ? text.getLiteral()
            : entity;
      }
    };
  }

  /** Text without backslashes before signs, its entities left as they are. */
  static String withoutBackslashes(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      boolean isEscape =
          text.charAt(i) == '\\' && i + 1 < text.length() && isSign(text.charAt(i + 1));
      plain.append(text.charAt(isEscape ? ++i : i));
    }
    return plain.toString();
  }

  /** Text as it is meant. */
  static String unescape(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length() && isSign(text.charAt(at + 1))) {
        plain.append(text.charAt(at + 1));
        at += 2;
      } else if (c == '&') {
        int end = endOfEntity(text, at);
        plain.append(entity(text.substring(at, end)));
        at = end;
      } else {
        plain.append(c);
        at++;
      }
    }
    return plain.toString();
  }
}

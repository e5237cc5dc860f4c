package dev.owlery.launcher.config.hocon;

import dev.owlery.launcher.config.hocon.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Splits HOCON into tokens, in linear time; never fails. */
final class Scanner {

  private static final String RESERVED = "$+`^?!@*&\\";
  private static final String PUNCTUATION = "{}[],=:";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int line = 1;

  private Scanner(String text) {
    this.text = text;
  }

  /**
   * Splits a text.
   *
   * @param text HOCON, or nearly so
   * @return its tokens; the last one is {@link Kind#END}
   */
  static List<Token> tokens(String text) {
    Scanner scanner = new Scanner(text);
    scanner.scan();
    return List.copyOf(scanner.tokens);
  }

  private void scan() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '\n') {
        add(Kind.NEWLINE, position + 1);
        line++;
      } else if (isBlank(c)) {
        position++;
      } else if (c == '#' || text.startsWith("//", position)) {
        add(Kind.COMMENT, endOfLine(position));
      } else if (c == '"') {
        quoted();
      } else if (text.startsWith("${", position)) {
        reference();
      } else if (text.startsWith("+=", position)) {
        add(Kind.APPEND, position + 2);
      } else if (PUNCTUATION.indexOf(c) >= 0) {
        add(punctuation(c), position + 1);
      } else if (RESERVED.indexOf(c) >= 0) {
        add(Kind.RESERVED, position + 1);
      } else {
        add(Kind.WORD, endOfWord());
      }
    }
    add(Kind.END, position);
  }

  private void add(Kind kind, int end) {
    boolean isGlued = !tokens.isEmpty() && tokens.getLast().end() == position;
    tokens.add(new Token(kind, text.substring(position, end), position, line, isGlued));
    position = end;
  }

  private static Kind punctuation(char c) {
    return switch (c) {
      case '{' -> Kind.OPEN_BLOCK;
      case '}' -> Kind.CLOSE_BLOCK;
      case '[' -> Kind.OPEN_LIST;
      case ']' -> Kind.CLOSE_LIST;
      case ',' -> Kind.COMMA;
      case '=' -> Kind.EQUALS;
      default -> Kind.COLON;
    };
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == BYTE_ORDER_MARK;
  }

  private int endOfLine(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private int endOfWord() {
    int end = position;
    while (end < text.length() && isOfWord(end)) {
      end++;
    }
    return end;
  }

  private boolean isOfWord(int at) {
    char c = text.charAt(at);
    return !isBlank(c)
        && c != '"'
        && c != '#'
        && PUNCTUATION.indexOf(c) < 0
        && RESERVED.indexOf(c) < 0
        && !text.startsWith("//", at);
  }

  private void quoted() {
    if (text.startsWith("\"\"\"", position)) {
      longQuoted();
      return;
    }
    int end = position + 1;
    while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
      end +=
          text.charAt(end) == '\\' && end + 1 < text.length() && text.charAt(end + 1) != '\n'
              ? 2
              : 1;
    }
    boolean isWhole = end < text.length() && text.charAt(end) == '"';
    add(isWhole ? Kind.QUOTED : Kind.BROKEN_QUOTED, isWhole ? end + 1 : end);
  }

  private void longQuoted() {
    int end = text.indexOf("\"\"\"", position + 3);
    if (end < 0) {
      add(Kind.BROKEN_QUOTED, endOfLine(position));
      return;
    }
    end += 3;
    while (end < text.length() && text.charAt(end) == '"') {
      end++;
    }
    int lines = (int) text.substring(position, end).chars().filter(c -> c == '\n').count();
    add(Kind.QUOTED, end);
    line += lines;
  }

  private void reference() {
    int end = text.indexOf('}', position);
    boolean isWhole = end >= 0 && end < endOfLine(position);
    add(isWhole ? Kind.REFERENCE : Kind.BROKEN_REFERENCE, isWhole ? end + 1 : endOfLine(position));
  }
}

package dev.owlery.launcher.config.hocon;

import dev.owlery.launcher.config.hocon.HoconToken.TokenKind;
import java.util.ArrayList;
import java.util.List;

/** Splits HOCON into tokens, in linear time; never fails. */
final class HoconScanner {

  private static final String RESERVED = "$+`^?!@*&\\";
  private static final String PUNCTUATION = "{}[],=:";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String text;
  private final List<HoconToken> tokens = new ArrayList<>();
  private int position;
  private int line = 1;

  private HoconScanner(String text) {
    this.text = text;
  }

  /**
   * Splits a text.
   *
   * @param text HOCON, or nearly so
   * @return its tokens; the last one is {@link TokenKind#END}
   */
  static List<HoconToken> tokens(String text) {
    HoconScanner scanner = new HoconScanner(text);
    scanner.scan();
    return List.copyOf(scanner.tokens);
  }

  private void scan() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '\n') {
        add(TokenKind.NEWLINE, position + 1);
        line++;
      } else if (isBlank(c)) {
        position++;
      } else if (c == '#' || text.startsWith("//", position)) {
        add(TokenKind.COMMENT, endOfLine(position));
      } else if (c == '"') {
        quoted();
      } else if (text.startsWith("${", position)) {
        reference();
      } else if (text.startsWith("+=", position)) {
        add(TokenKind.APPEND, position + 2);
      } else if (PUNCTUATION.indexOf(c) >= 0) {
        add(punctuation(c), position + 1);
      } else if (RESERVED.indexOf(c) >= 0) {
        add(TokenKind.RESERVED, position + 1);
      } else {
        add(TokenKind.WORD, endOfWord());
      }
    }
    add(TokenKind.END, position);
  }

  private void add(TokenKind kind, int end) {
    boolean isGlued = !tokens.isEmpty() && tokens.getLast().end() == position;
    tokens.add(new HoconToken(kind, text.substring(position, end), position, line, isGlued));
    position = end;
  }

  private static TokenKind punctuation(char c) {
    return switch (c) {
      case '{' -> TokenKind.OPEN_BLOCK;
      case '}' -> TokenKind.CLOSE_BLOCK;
      case '[' -> TokenKind.OPEN_LIST;
      case ']' -> TokenKind.CLOSE_LIST;
      case ',' -> TokenKind.COMMA;
      case '=' -> TokenKind.EQUALS;
      default -> TokenKind.COLON;
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
    add(isWhole ? TokenKind.QUOTED : TokenKind.BROKEN_QUOTED, isWhole ? end + 1 : end);
  }

  private void longQuoted() {
    int end = text.indexOf("\"\"\"", position + 3);
    if (end < 0) {
      add(TokenKind.BROKEN_QUOTED, endOfLine(position));
      return;
    }
    end += 3;
    while (end < text.length() && text.charAt(end) == '"') {
      end++;
    }
    int lines = (int) text.substring(position, end).chars().filter(c -> c == '\n').count();
    add(TokenKind.QUOTED, end);
    line += lines;
  }

  private void reference() {
    int end = text.indexOf('}', position);
    boolean isWhole = end >= 0 && end < endOfLine(position);
    add(
        isWhole ? TokenKind.REFERENCE : TokenKind.BROKEN_REFERENCE,
        isWhole ? end + 1 : endOfLine(position));
  }
}

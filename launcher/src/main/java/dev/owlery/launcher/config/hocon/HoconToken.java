package dev.owlery.launcher.config.hocon;

/**
 * A token of HOCON.
 *
 * @param kind its kind
 * @param text as written, with its quotes
 * @param start its first character in the text
 * @param line its line, counted from 1
 * @param isGlued whether it follows the token before without white space
 */
record HoconToken(TokenKind kind, String text, int start, int line, boolean isGlued) {

  /** The kinds of tokens; the broken ones end with their line. */
  enum TokenKind {
    NEWLINE,
    COMMENT,
    QUOTED,
    BROKEN_QUOTED,
    REFERENCE,
    BROKEN_REFERENCE,
    OPEN_BLOCK,
    CLOSE_BLOCK,
    OPEN_LIST,
    CLOSE_LIST,
    COMMA,
    EQUALS,
    COLON,
    APPEND,
    /** A character that has to be quoted. */
    RESERVED,
    WORD,
    END
  }

  int end() {
    return start + text.length();
  }

  /** Whether it may be a part of a value, or of a key. */
  boolean isText() {
    return kind == TokenKind.WORD || kind == TokenKind.QUOTED;
  }

  boolean isSeparator() {
    return kind == TokenKind.EQUALS || kind == TokenKind.COLON || kind == TokenKind.APPEND;
  }

  /** The text without its quotes; escapes stay as they are. */
  String unquoted() {
    if (kind != TokenKind.QUOTED) {
      return text;
    }
    int quotes = text.startsWith("\"\"\"") ? 3 : 1;
    return text.substring(quotes, text.length() - quotes);
  }
}

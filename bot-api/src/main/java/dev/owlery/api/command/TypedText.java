package dev.owlery.api.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads what people type, whatever their keyboard or client has made of it: no-break and zero-width
 * spaces separate words like any other, typographic quotes quote, and typographic dashes are
 * hyphens. Commands are read in this way; a plugin that takes a greedy text apart does the same by
 * these methods.
 *
 * <p>Pure; may be used from any thread. No method makes anything new of a text that needs no
 * change.
 */
public final class TypedText {

  /** What programs know commands by; a letter follows. */
  private static final String COMMAND_SIGNS = "!.~$%&/\\?;^=`+-";

  private TypedText() {}

  /**
   * Whether other programs in a room, or a network's services, may take a text for a command to
   * them: it begins with a sign such as {@code !} and a word. What the bot says in a stranger's
   * words must not begin so, since it may have rights that the stranger has not; replies and what
   * handlers say are guarded by the bot itself, what is said later by a plugin's own thread is not.
   *
   * @param text what is to be said
   * @return true if so; signs that nobody sees, and blanks, before it do not matter
   */
  public static boolean looksLikeCommand(String text) {
    int at = 0;
    while (at < text.length() && isUnseen(text.charAt(at))) {
      at++;
    }
    if (at + 1 >= text.length() || COMMAND_SIGNS.indexOf(text.charAt(at)) < 0) {
      return false;
    }
    char sign = text.charAt(at);
    int word = text.charAt(at + 1) == sign && sign != '.' ? at + 2 : at + 1;
    return word < text.length()
        && (Character.isLetter(text.charAt(word))
            || (sign == '!' && Character.isDigit(text.charAt(word))));
  }

  private static boolean isUnseen(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }

  /**
   * Whether a character separates words: white space and spaces of any kind, and the zero-width
   * ones ({@code U+200B}, {@code U+2060}, {@code U+FEFF}). Joiners inside words and emoji ({@code
   * U+200C}, {@code U+200D}) do not.
   *
   * @param c a character
   * @return true for a blank
   */
  public static boolean isBlank(char c) {
    return c < 0x80
        ? Character.isWhitespace(c)
        : Character.isWhitespace(c)
            || Character.isSpaceChar(c)
            || c == '\u0085'
            || c == '\u180e'
            || c == '\u200b'
            || c == '\u2060'
            || c == '\ufeff';
  }

  /**
   * Whether a character is a double quote, as <code>"</code>, <code>“</code>, <code>„</code> and
   * <code>»</code> are.
   *
   * @param c a character
   * @return true for an opening or closing one
   */
  public static boolean isDoubleQuote(char c) {
    return c == '"'
        || (c >= 0x80 && "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02".indexOf(c) >= 0);
  }

  /**
   * Whether a character is a single quote or an apostrophe, as <code>'</code>, <code>‘</code> and
   * <code>’</code> are.
   *
   * @param c a character
   * @return true for an opening or closing one
   */
  public static boolean isSingleQuote(char c) {
    return c == '\''
        || (c >= 0x80 && "\u2018\u2019\u201a\u201b\u2039\u203a\u2032\uff07".indexOf(c) >= 0);
  }

  /**
   * Whether a character is a hyphen, a minus sign or a dash.
   *
   * @param c a character
   * @return true for any of them
   */
  public static boolean isDash(char c) {
    return c == '-'
        || (c >= '\u2010' && c <= '\u2015')
        || c == '\u2212'
        || c == '\ufe58'
        || c == '\ufe63'
        || c == '\uff0d';
  }

  /**
   * A text without the blanks around it.
   *
   * @param text what was typed
   * @return the rest, as it was typed
   */
  public static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /**
   * Where the word that begins somewhere in a text ends.
   *
   * @param text what was typed
   * @param from where the word begins
   * @return the index of the next blank, or the text's length
   */
  public static int wordEnd(String text, int from) {
    int at = from;
    while (at < text.length() && !isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /**
   * The words of a text.
   *
   * @param text what was typed
   * @return what stands between the blanks, as it was typed
   */
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = wordEnd(text, at);
      if (end > at) {
        words.add(text.substring(at, end));
      }
      at = end + 1;
    }
    return words;
  }

  /**
   * A text as an old keyboard would have written it, to be compared or to be taken apart: with
   * spaces, straight quotes and hyphens. Line ends and tabs stay.
   *
   * @param text what was typed
   * @return a text of the same length
   */
  public static String plain(String text) {
    int at = 0;
    while (at < text.length() && plain(text.charAt(at)) == text.charAt(at)) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text);
    for (; at < plain.length(); at++) {
      plain.setCharAt(at, plain(plain.charAt(at)));
    }
    return plain.toString();
  }

  private static char plain(char c) {
    if (c < 0x80) {
      return c;
    }
    if (isBlank(c)) {
      return ' ';
    }
    if (isDoubleQuote(c)) {
      return '"';
    }
    if (isSingleQuote(c)) {
      return '\'';
    }
    return isDash(c) ? '-' : c;
  }
}

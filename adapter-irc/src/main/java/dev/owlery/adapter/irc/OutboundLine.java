package dev.owlery.adapter.irc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A line that may go to the server: the only thing that {@code LineWriter} takes, and there is no
 * way to make one that the server could read as two lines, or as one with other parameters than
 * those it was made of.
 *
 * <p>It keeps its text to itself: {@link #toString} shows the verb only, because parameters may be
 * passwords.
 */
final class OutboundLine {
  /** RFC 1459 section 2.3: 512 bytes with the line end. */
  static final int LIMIT = 510;

  private static final Pattern TAG_VALUE = Pattern.compile("[A-Za-z0-9-]{0,64}");

  private final String text;
  private final boolean isAutomatic;

  private OutboundLine(String text) {
    this(text, false);
  }

  private OutboundLine(String text, boolean isAutomatic) {
    this.text = text;
    this.isAutomatic = isAutomatic;
  }

  /**
   * Makes a line.
   *
   * @param verb the command
   * @param params its parameters; only the last may be empty, hold spaces or begin with a colon
   * @return the line
   * @throws IllegalArgumentException if a parameter cannot be sent as one; the text does not repeat
   *     it
   */
  static OutboundLine of(String verb, String... params) {
    StringBuilder line = new StringBuilder(64);
    append(line, verb, false);
    for (int i = 0; i < params.length; i++) {
      line.append(' ');
      append(line, params[i], i == params.length - 1);
    }
    return new OutboundLine(checkLength(line.toString()));
  }

  private static void append(StringBuilder line, String param, boolean isLast) {
    boolean breaksOut = param.isEmpty() || param.charAt(0) == ':' || param.indexOf(' ') >= 0;
    if (breaksOut && !isLast) {
      throw new IllegalArgumentException(
          "a parameter before the last is not empty, has no spaces and no colon in front");
    }
    if (breaksOut) {
      line.append(':');
    }
    line.append(checkCharacters(param));
  }

  /**
   * Takes a line that PircBotX has put together.
   *
   * @param line the line without its end
   * @return the line
   * @throws IllegalArgumentException if it is more than one
   */
  static OutboundLine ofLibrary(String line) {
    return new OutboundLine(checkLength(checkCharacters(line)));
  }

  /**
   * The same line, to be {@linkplain #tagged tagged} as an automatic answer.
   *
   * @return a copy
   */
  OutboundLine automatic() {
    return new OutboundLine(text, true);
  }

  /**
   * The same line with tags in front.
   *
   * @param label by which the server's answer is recognised (IRCv3 labeled-response); empty for
   *     none
   * @param token by which we find the line again in a history (a client-only tag); empty for none
   * @return the tagged line
   * @throws IllegalArgumentException if one of them is more than letters, digits and hyphens
   */
  OutboundLine tagged(String label, String token) {
    if (label.isEmpty() && token.isEmpty() && !isAutomatic) {
      return this;
    }
    if (!TAG_VALUE.matcher(label).matches() || !TAG_VALUE.matcher(token).matches()) {
      throw new IllegalArgumentException("not a label or token");
    }
    List<String> tags = new ArrayList<>();
    if (!label.isEmpty()) {
      tags.add("label=" + label);
    }
    if (!token.isEmpty()) {
      tags.add(IrcInbound.TOKEN_TAG + "=" + token);
    }
    if (isAutomatic) {
      tags.add(IrcInbound.AUTOMATIC_TAG);
    }
    return new OutboundLine("@" + String.join(";", tags) + " " + text);
  }

  /**
   * Checks what a line is sent to: one nick or one room.
   *
   * @param target the name
   * @return the same
   * @throws IllegalArgumentException if it is empty, several, or not a name; the text is fit for a
   *     user
   */
  static String checkTarget(String target) {
    boolean bad =
        target.isEmpty()
            || target.charAt(0) == ':'
            || target.chars().anyMatch(c -> c <= ' ' || c == ',' || c == 0x7f);
    if (bad) {
      throw new IllegalArgumentException(
          "a nick or a room of IRC is one word without commas, colons in front or control"
              + " characters");
    }
    return target;
  }

  private static String checkCharacters(String param) {
    for (int i = 0; i < param.length(); i++) {
      char c = param.charAt(i);
      if (c == '\r' || c == '\n' || c == '\0') {
        throw new IllegalArgumentException("a parameter of IRC has no line ends and no NUL");
      }
    }
    return param;
  }

  private static String checkLength(String line) {
    boolean surelyFits = line.length() * 3 <= LIMIT;
    if (!surelyFits && line.getBytes(StandardCharsets.UTF_8).length > LIMIT) {
      throw new IllegalArgumentException("a line of IRC has at most " + LIMIT + " bytes");
    }
    return line;
  }

  /**
   * The line for the wire.
   *
   * @return without its end
   */
  String text() {
    return text;
  }

  @Override
  public String toString() {
    int start = text.startsWith("@") ? text.indexOf(' ') + 1 : 0;
    int space = text.indexOf(' ', start);
    return (space < 0 ? text.substring(start) : text.substring(start, space)) + " ...";
  }
}

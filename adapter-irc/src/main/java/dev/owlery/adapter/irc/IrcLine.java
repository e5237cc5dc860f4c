package dev.owlery.adapter.irc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One line from the server, taken apart (RFC 1459 section 2.3.1, IRCv3 message tags). Reading never
 * fails: whatever does not fit the grammar ends up as an empty verb, which nobody handles.
 *
 * @param tags the message tags by name, unescaped, in their order; a tag without a value has an
 *     empty one, of a tag that comes twice the last counts, but an account that comes twice is
 *     empty: it says who somebody is, and then nobody knows
 * @param source who the server says it is from, without the colon; empty if it does not say
 * @param verb the command in upper case, or a numeric of three digits
 * @param params the parameters, the trailing one without its colon
 */
record IrcLine(Map<String, String> tags, String source, String verb, List<String> params) {

  /**
   * Reads a line.
   *
   * @param raw the line without its end
   * @return its parts
   */
  static IrcLine parse(String raw) {
    int at = 0;
    int end = raw.length();
    Map<String, String> tags = Map.of();
    if (end > 0 && raw.charAt(0) == '@') {
      int stop = wordEnd(raw, 1);
      tags = parseTags(raw, stop);
      at = skipSpaces(raw, stop);
    } else {
      at = skipSpaces(raw, 0);
    }
    String source = "";
    if (at < end && raw.charAt(at) == ':') {
      int stop = wordEnd(raw, at + 1);
      source = raw.substring(at + 1, stop);
      at = skipSpaces(raw, stop);
    }
    int stop = wordEnd(raw, at);
    String verb = raw.substring(at, stop).toUpperCase(Locale.ROOT);
    return new IrcLine(tags, source, verb, parseParams(raw, stop));
  }

  private static List<String> parseParams(String raw, int from) {
    List<String> params = new ArrayList<>(4);
    int at = skipSpaces(raw, from);
    while (at < raw.length()) {
      if (raw.charAt(at) == ':') {
        params.add(raw.substring(at + 1));
        break;
      }
      int stop = wordEnd(raw, at);
      params.add(raw.substring(at, stop));
      at = skipSpaces(raw, stop);
    }
    return params;
  }

  /** Reads from behind the {@code @} to {@code end}. */
  private static Map<String, String> parseTags(String raw, int end) {
    Map<String, String> tags = new LinkedHashMap<>();
    int at = 1;
    while (at < end) {
      int semicolon = raw.indexOf(';', at, end);
      int stop = semicolon < 0 ? end : semicolon;
      int equals = raw.indexOf('=', at, stop);
      if (equals < 0) {
        equals = stop;
      }
      if (equals > at) {
        String value = equals < stop ? unescape(raw, equals + 1, stop) : "";
        String name = raw.substring(at, equals);
        boolean isInDoubt = name.equals("account") && tags.containsKey(name);
        tags.put(name, isInDoubt ? "" : value);
      }
      at = stop + 1;
    }
    return tags;
  }

  private static String unescape(String raw, int from, int to) {
    if (raw.indexOf('\\', from, to) < 0) {
      return raw.substring(from, to);
    }
    StringBuilder value = new StringBuilder(to - from);
    for (int at = from; at < to; at++) {
      char c = raw.charAt(at);
      if (c != '\\') {
        value.append(c);
      } else if (++at < to) {
        char escaped = raw.charAt(at);
        value.append(
            switch (escaped) {
              case ':' -> ';';
              case 's' -> ' ';
              case 'r' -> '\r';
              case 'n' -> '\n';
              default -> escaped;
            });
      }
    }
    return value.toString();
  }

  private static int wordEnd(String raw, int from) {
    int space = raw.indexOf(' ', from);
    return space < 0 ? raw.length() : space;
  }

  private static int skipSpaces(String raw, int from) {
    int at = from;
    while (at < raw.length() && raw.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /**
   * A parameter that may be missing.
   *
   * @param index from 0
   * @return the parameter; empty if there are fewer
   */
  String param(int index) {
    return index < params.size() ? params.get(index) : "";
  }

  /**
   * The last parameter: the text of most lines and numerics.
   *
   * @return the text; empty if there are no parameters
   */
  String text() {
    return params.isEmpty() ? "" : params.getLast();
  }

  /**
   * A tag.
   *
   * @param name its name
   * @return its value if it is there
   */
  Optional<String> tag(String name) {
    return Optional.ofNullable(tags.get(name));
  }

  /**
   * Who the server says it is from.
   *
   * @return the source, taken apart
   */
  IrcPrefix sender() {
    return IrcPrefix.parse(source);
  }
}

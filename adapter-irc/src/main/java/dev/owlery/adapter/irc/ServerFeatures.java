package dev.owlery.adapter.irc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a server says of itself in numeric 005. Immutable; each further line makes a new one.
 *
 * @param tokens the tokens and their values
 */
record ServerFeatures(Map<String, String> tokens) {

  ServerFeatures {
    tokens = Map.copyOf(tokens);
  }

  /** What RFC 1459 promises of any server. */
  static final ServerFeatures NONE = new ServerFeatures(Map.of());

  /**
   * Adds what a line tells.
   *
   * @param params the parameters of a 005 line: our nick, the tokens, a remark
   * @return all that is known now
   */
  ServerFeatures with(List<String> params) {
    Map<String, String> all = new HashMap<>(tokens);
    for (int i = 1; i < params.size() - 1; i++) {
      String token = params.get(i);
      int equals = token.indexOf('=');
      if (token.startsWith("-")) {
        all.remove(token.substring(1));
      } else if (equals < 0) {
        all.put(token, "");
      } else {
        all.put(token.substring(0, equals), token.substring(equals + 1));
      }
    }
    return new ServerFeatures(all);
  }

  CaseMapping caseMapping() {
    return CaseMapping.of(tokens.getOrDefault("CASEMAPPING", "rfc1459"));
  }

  /**
   * Whether a name is a room's.
   *
   * @param name a target
   * @return true if it begins like a room
   */
  boolean isRoom(String name) {
    String types = tokens.getOrDefault("CHANTYPES", "#&+!");
    return !name.isEmpty() && types.indexOf(name.charAt(0)) >= 0;
  }

  /**
   * The room behind a target that may be written for only some of its members, as {@code @#owls}.
   *
   * @param target a target
   * @return the target without such signs in front
   */
  String withoutStatus(String target) {
    String signs = tokens.getOrDefault("STATUSMSG", "");
    int at = 0;
    while (at < target.length() - 1 && signs.indexOf(target.charAt(at)) >= 0) {
      at++;
    }
    String rest = target.substring(at);
    return isRoom(rest) ? rest : target;
  }

  /**
   * How long a nick may be.
   *
   * @return the most characters, if the server says so
   */
  OptionalInt nickLength() {
    String length = tokens.getOrDefault("NICKLEN", tokens.getOrDefault("MAXNICKLEN", ""));
    return length.matches("[1-9][0-9]{0,3}")
        ? OptionalInt.of(Integer.parseInt(length))
        : OptionalInt.empty();
  }

  /**
   * A name in a list of members without the signs of its rank.
   *
   * @param shown as in numeric 353, for example {@code @+ann}
   * @return the rest
   */
  String withoutRank(String shown) {
    String prefix = tokens.getOrDefault("PREFIX", "(ov)@+");
    String signs = prefix.substring(prefix.indexOf(')') + 1);
    int at = 0;
    while (at < shown.length() && signs.indexOf(shown.charAt(at)) >= 0) {
      at++;
    }
    return shown.substring(at);
  }

  /**
   * The user mode by which a program says that it is one.
   *
   * @return the letter, if the server has it
   */
  Optional<String> botMode() {
    return Optional.ofNullable(tokens.get("BOT")).filter(letter -> letter.matches("[A-Za-z]"));
  }

  /** Whether WHO can be asked for services accounts. */
  boolean hasWhox() {
    return tokens.containsKey("WHOX");
  }
}

package dev.owlery.adapter.irc;

import java.util.Locale;

/**
 * Which names a server takes for the same (the CASEMAPPING token of numeric 005). Only these ASCII
 * characters are folded; a name that looks alike in another script stays another name.
 */
enum CaseMapping {
  /** A to Z are a to z. */
  ASCII('Z'),
  /** And {@code []\^} are <code>{}|~</code>. */
  RFC1459('^'),
  /** And {@code []\} are <code>{}|</code>. */
  RFC1459_STRICT(']');

  private final char last;

  CaseMapping(char last) {
    this.last = last;
  }

  /**
   * Reads the server's word for it.
   *
   * @param token the value of CASEMAPPING
   * @return the mapping; {@link #RFC1459}, the protocol's own, for any unknown word
   */
  static CaseMapping of(String token) {
    return switch (token.toLowerCase(Locale.ROOT)) {
      case "ascii" -> ASCII;
      case "rfc1459-strict", "strict-rfc1459" -> RFC1459_STRICT;
      default -> RFC1459;
    };
  }

  /**
   * The form in which equal names are equal.
   *
   * @param name a nick or a room
   * @return the folded name; the same object if there is nothing to fold
   */
  String fold(String name) {
    int at = 0;
    while (at < name.length() && !folds(name.charAt(at))) {
      at++;
    }
    if (at == name.length()) {
      return name;
    }
    char[] folded = name.toCharArray();
    for (; at < folded.length; at++) {
      if (folds(folded[at])) {
        folded[at] = (char) (folded[at] + 32);
      }
    }
    return new String(folded);
  }

  private boolean folds(char c) {
    return c >= 'A' && c <= last;
  }

  /**
   * Compares two names as the server does.
   *
   * @param one a name
   * @param other another
   * @return true if they are the same
   */
  boolean same(String one, String other) {
    return one.length() == other.length() && fold(one).equals(fold(other));
  }
}

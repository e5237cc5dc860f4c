package dev.owlery.core.journal;

import java.security.SecureRandom;

/**
 * The random name of one store, from which the tokens of its actions are made: a network that keeps
 * tokens for days never sees one of another store, or of this one before it was deleted.
 *
 * @param value ten lower-case letters and digits
 */
record StoreId(String value) {

  private static final String SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 10;

  static StoreId random() {
    SecureRandom random = new SecureRandom();
    StringBuilder id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
    }
    return new StoreId(id.toString());
  }

  /** The token of an action: at most 24 letters, digits and one {@code -}. */
  String token(long number) {
    return value + "-" + Long.toString(number, Character.MAX_RADIX);
  }
}

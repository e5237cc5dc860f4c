package dev.owlery.api.chat;

import java.util.regex.Pattern;

/**
 * The name of an account: one login on one network, as the configuration calls it.
 *
 * @param name lower-case letters, digits, {@code -} and {@code _}, starting with a letter or digit,
 *     at most 64 characters
 */
public record AccountId(String name) implements Comparable<AccountId> {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name has another form; the text is fit for a user
   */
  public AccountId {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "an account's name is made of a-z, 0-9, - and _ (64 at most), not \"" + name + "\"");
    }
  }

  @Override
  public int compareTo(AccountId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}

package dev.owlery.api.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A password or token: never shown by {@code toString}, never part of an error message.
 *
 * @param reveal the value itself; ask for it only where it goes onto the wire
 */
public record Secret(String reveal) {

  /**
   * Whether somebody has shown the same. How long that takes tells nothing of where they differ.
   *
   * @param given what came from outside
   * @return true if it is the value
   */
  public boolean is(String given) {
    return MessageDigest.isEqual(
        reveal.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "***";
  }
}

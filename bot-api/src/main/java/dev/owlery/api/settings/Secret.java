package dev.owlery.api.settings;

/**
 * A password or token: never shown by {@code toString}, never part of an error message.
 *
 * @param reveal the value itself; ask for it only where it goes onto the wire
 */
public record Secret(String reveal) {

  @Override
  public String toString() {
    return "***";
  }
}

package dev.owlery.api.chat;

/**
 * The network's own id of a message, for replying to it, editing it, deleting it or reacting to it.
 *
 * @param value opaque; unique within its conversation
 */
public record MessageId(String value) {

  /**
   * Checks that there is an id.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public MessageId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a message id is not empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}

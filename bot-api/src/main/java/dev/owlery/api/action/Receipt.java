package dev.owlery.api.action;

import dev.owlery.api.chat.MessageId;
import java.util.Optional;

/** What finally became of an action. */
public sealed interface Receipt {

  /**
   * The network has confirmed it.
   *
   * @param id the network's id of what was said, where it gives one; of several parts, the last
   *     one's
   */
  record Delivered(Optional<MessageId> id) implements Receipt {}

  /**
   * The network will not do it; trying again would not help.
   *
   * @param reason the network's words, in one line
   */
  record Refused(String reason) implements Receipt {}

  /**
   * This network has no such thing.
   *
   * @param what what it lacks, in one line
   */
  record Unsupported(String what) implements Receipt {}

  /**
   * Given up: tried until the limit, now kept as a dead letter that an administrator can send
   * again.
   *
   * @param reason the last trouble, in one line
   */
  record Dead(String reason) implements Receipt {}

  /** Confirmed, without an id. */
  Receipt DELIVERED = new Delivered(Optional.empty());

  /**
   * Confirmed, with the network's id.
   *
   * @param id of what was said
   * @return the receipt
   */
  static Receipt delivered(MessageId id) {
    return new Delivered(Optional.of(id));
  }
}

package dev.owlery.api.event;

import java.time.Instant;

/**
 * Where an event comes from: what makes it the same event when the network delivers it again.
 *
 * @param key made from the network's own id; unique within the account. The inbox records a key
 *     once, so a redelivered event never runs a command again
 * @param at when it happened, by the network's clock if that is known
 * @param delivery whether it was seen as it happened
 */
public record Origin(String key, Instant at, Delivery delivery) {

  /** How an event reached the bot. */
  public enum Delivery {
    /** Seen as it happened. */
    LIVE,
    /**
     * Read from an archive, a history or an offline store after an absence. Commands that are too
     * old are not run.
     */
    CATCH_UP
  }

  /**
   * An event seen as it happened.
   *
   * @param key the network's id for it
   * @param at when
   * @return its origin
   */
  public static Origin live(String key, Instant at) {
    return new Origin(key, at, Delivery.LIVE);
  }

  /**
   * An event read from a history.
   *
   * @param key the network's id for it, the same that it had or would have had live
   * @param at when it happened
   * @return its origin
   */
  public static Origin caughtUp(String key, Instant at) {
    return new Origin(key, at, Delivery.CATCH_UP);
  }
}

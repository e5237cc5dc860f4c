package dev.owlery.api.adapter;

import dev.owlery.api.action.Action;
import java.time.Instant;

/**
 * One part of an action on its way out.
 *
 * @param token the same for every attempt at this part, over restarts too: for networks that accept
 *     a client's own id. Letters, digits and {@code -}, at most 40
 * @param action the part
 * @param attempt 1 for the first
 * @param madeAt when the action was made
 * @param handedAt when it was handed to the adapter for this attempt, which may be long after it
 *     was made; not later than it can have reached the network, so a look-up need not search before
 *     it. By the bot's own clock
 */
public record Outgoing(String token, Action action, int attempt, Instant madeAt, Instant handedAt) {

  /**
   * A part that is handed over as soon as it is made.
   *
   * @param token as above
   * @param action the part
   * @param attempt 1 for the first
   * @param madeAt when the action was made
   */
  public Outgoing(String token, Action action, int attempt, Instant madeAt) {
    this(token, action, attempt, madeAt, madeAt);
  }

  /**
   * The same part, handed over at another time.
   *
   * @param at when
   * @return a copy
   */
  public Outgoing handed(Instant at) {
    return new Outgoing(token, action, attempt, madeAt, at);
  }

  /**
   * The same part at its next attempt.
   *
   * @return a copy
   */
  public Outgoing again() {
    return new Outgoing(token, action, attempt + 1, madeAt, handedAt);
  }
}

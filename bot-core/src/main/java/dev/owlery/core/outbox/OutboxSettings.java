package dev.owlery.core.outbox;

import java.time.Duration;

/**
 * The limits of an outbox.
 *
 * @param limitPerAccount at most so many actions of one account may be unsettled; what comes then
 *     is a dead letter
 * @param maxAttempts an action that was not sent so often is a dead letter
 * @param maxAge an action that has waited longer is a dead letter
 * @param resendDoubtful what to do where the network cannot tell whether an action reached it: true
 *     sends it again (perhaps twice), false gives it up (perhaps never)
 */
public record OutboxSettings(
    int limitPerAccount, int maxAttempts, Duration maxAge, boolean resendDoubtful) {

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one of them is not positive
   */
  public OutboxSettings {
    if (limitPerAccount < 1 || maxAttempts < 1 || !maxAge.isPositive()) {
      throw new IllegalArgumentException("an outbox's limits are positive");
    }
  }
}

package dev.owlery.web;

import java.time.Duration;

/**
 * Whether bytes move at {@link Limits#LEAST_RATE} at least. What was quicker before counts only up
 * to the grace, so that nobody sends quickly first to be slow for ever. Belongs to one thread.
 */
final class TransferRate {

  private static final long SECOND = 1_000_000_000;

  private final long grace;
  private long left;

  TransferRate(Duration grace) {
    this.grace = grace.toNanos();
    this.left = this.grace;
  }

  /**
   * Counts what has moved.
   *
   * @param bytes so many
   * @param nanos while this long was waited for the other side
   * @return whether the other side is too slow
   */
  boolean moved(long bytes, long nanos) {
    left = Math.min(grace, left - nanos + bytes * SECOND / Limits.LEAST_RATE);
    return left < 0;
  }

  /** How long may be waited now for the next bytes. */
  long left() {
    return left;
  }
}

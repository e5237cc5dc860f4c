package dev.owlery.core.outbox;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait after an attempt that failed: twice as long each time, with jitter. */
final class ResendBackoff {

  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 60_000;
  private static final int MOST_DOUBLINGS = 7;

  private ResendBackoff() {}

  /** The pause after an attempt, 1 being the first: between half of it and the whole. */
  static Duration after(int attempt) {
    int doublings = Math.min(Math.max(attempt, 1) - 1, MOST_DOUBLINGS);
    long millis = Math.min(FIRST_MILLIS << doublings, LONGEST_MILLIS);
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
  }
}

package dev.owlery.plugins.logs;

import java.time.Duration;
import java.time.Instant;

/** Lets so many lines pass in a stretch of time, and counts the rest. Belongs to one thread. */
final class LineBudget {
  private final int most;
  private final Duration length;
  private Instant end = Instant.MIN;
  private int passed;
  private long held;

  LineBudget(int most, Duration length) {
    this.most = most;
    this.length = length;
  }

  /** Whether one more line may pass. */
  boolean admits(Instant now) {
    if (most == 0) {
      return true;
    }
    if (!now.isBefore(end) && held == 0) {
      end = now.plus(length);
      passed = 0;
    }
    if (passed < most) {
      passed++;
      return true;
    }
    held++;
    return false;
  }

  /** How many lines were held back, if the time has come to say so; they are forgotten then. */
  long release(Instant now) {
    if (held == 0 || now.isBefore(end)) {
      return 0;
    }
    long released = held;
    held = 0;
    return released;
  }
}

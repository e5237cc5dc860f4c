package dev.owlery.plugins.pipes;

import java.util.concurrent.TimeUnit;

/** So many in a minute; whoever wants more has to wait. Belongs to one thread. */
final class RateLimit {
  private final long each;
  private final long burst;
  private long paid = Long.MIN_VALUE;

  RateLimit(int perMinute) {
    each = TimeUnit.MINUTES.toNanos(1) / perMinute;
    burst = TimeUnit.MINUTES.toNanos(1) / 4;
  }

  /** Takes one; returns how long to wait before it may be used, in nanoseconds. */
  long take() {
    long now = System.nanoTime();
    paid = paid == Long.MIN_VALUE ? now - burst : Math.max(paid, now - burst);
    paid += each;
    return Math.max(0, paid - now);
  }
}

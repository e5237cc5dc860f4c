package dev.owlery.adapter.slack;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Ever longer pauses, each somewhere between half and one and a half of its length. */
final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration next;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.next = first;
  }

  /** Twice the pause before, up to the longest, give or take a half. */
  Duration next() {
    Duration base = next;
    Duration doubled = base.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    return Duration.ofMillis(Math.round(base.toMillis() * (0.5 + random.nextDouble())));
  }

  /** Begins again with the first pause. */
  void reset() {
    next = first;
  }
}

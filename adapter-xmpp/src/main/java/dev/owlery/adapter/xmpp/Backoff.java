package dev.owlery.adapter.xmpp;

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

  /**
   * The pause before the next attempt.
   *
   * @param atMost what it is not to be longer than, give or take a half; the pauses behind it grow
   *     all the same
   * @return twice the one before, up to the longest, give or take a half
   */
  Duration next(Duration atMost) {
    Duration base = next.compareTo(atMost) > 0 ? atMost : next;
    Duration doubled = base.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    return Duration.ofMillis(Math.round(base.toMillis() * (0.5 + random.nextDouble())));
  }

  /** Begins again with the first pause. */
  void reset() {
    next = first;
  }
}

package dev.owlery.spi;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pauses between an adapter's attempts to connect: ever longer, each somewhere between half and
 * one and a half of its length. For one thread at a time.
 */
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration next;

  /**
   * Begins with the first pause.
   *
   * @param first the first pause
   * @param longest what pauses grow to
   * @param random spreads them, so that many bots do not come back in one moment
   */
  public Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.next = first;
  }

  /**
   * The pause before the next attempt.
   *
   * @return twice the one before, up to the longest, give or take a half
   */
  public Duration next() {
    Duration base = next.compareTo(longest) > 0 ? longest : next;
    Duration doubled = base.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    return Duration.ofMillis(Math.round(base.toMillis() * (0.5 + random.nextDouble())));
  }

  /** Begins again with the first pause. */
  public void reset() {
    next = first;
  }
}

package dev.owlery.api.adapter;

/**
 * How fast an adapter may send: a bucket that holds a burst of messages and fills at a steady rate.
 * For one thread; time comes from the caller.
 */
public final class TokenBucket {
  private final int burst;
  private final double perSecond;
  private double tokens;
  private long filledAt;

  /**
   * Begins full.
   *
   * @param burst how many may leave at once; 0 for no limit
   * @param perSecond how many follow each second; more than 0
   * @param now {@link System#nanoTime}
   */
  public TokenBucket(int burst, double perSecond, long now) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.tokens = burst;
    this.filledAt = now;
  }

  private boolean isOff() {
    return burst == 0;
  }

  /**
   * Takes the right to send one message.
   *
   * @param now {@link System#nanoTime}
   * @return false if it is too early
   */
  public boolean tryTake(long now) {
    if (isOff()) {
      return true;
    }
    fill(now);
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  /**
   * How long until the next message may be sent.
   *
   * @param now {@link System#nanoTime}
   * @return nanoseconds; 0 for now
   */
  public long nanosUntilNext(long now) {
    if (isOff()) {
      return 0;
    }
    fill(now);
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perSecond * 1e9);
  }

  /**
   * How many messages may be sent at once.
   *
   * @param now {@link System#nanoTime}
   * @return a number; {@link Integer#MAX_VALUE} where there is no limit
   */
  public int available(long now) {
    if (isOff()) {
      return Integer.MAX_VALUE;
    }
    fill(now);
    return (int) tokens;
  }

  private void fill(long now) {
    tokens = Math.min(burst, tokens + (now - filledAt) / 1e9 * perSecond);
    filledAt = now;
  }
}

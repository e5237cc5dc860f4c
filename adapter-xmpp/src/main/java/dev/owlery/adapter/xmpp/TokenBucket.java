package dev.owlery.adapter.xmpp;

import dev.owlery.adapter.xmpp.XmppSettings.Flood;

/**
 * A bucket that holds {@code burst} messages and fills at a steady rate. For one thread; time comes
 * from the caller.
 */
final class TokenBucket {
  private final Flood flood;
  private double tokens;
  private long filledAt;

  TokenBucket(Flood flood, long now) {
    this.flood = flood;
    this.tokens = flood.burst();
    this.filledAt = now;
  }

  /** Whether there is no limit. */
  boolean isOff() {
    return flood.burst() == 0;
  }

  /**
   * Takes the right to send one message.
   *
   * @param now {@link System#nanoTime}
   * @return false if it is too early
   */
  boolean tryTake(long now) {
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

  private void fill(long now) {
    tokens = Math.min(flood.burst(), tokens + (now - filledAt) / 1e9 * flood.perSecond());
    filledAt = now;
  }
}

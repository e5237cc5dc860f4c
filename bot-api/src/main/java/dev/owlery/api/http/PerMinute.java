package dev.owlery.api.http;

import java.time.Clock;

/** So many requests in each minute of the clock, and no more. May be used from any thread. */
public final class PerMinute {
  private static final long MINUTE = 60_000;

  private final int most;
  private final Clock clock;
  private long minute;
  private int count;

  /**
   * Makes a limit.
   *
   * @param most so many; 0 for no limit
   * @param clock the bot's
   */
  public PerMinute(int most, Clock clock) {
    this.most = most;
    this.clock = clock;
  }

  /**
   * Counts a request.
   *
   * @return false if it is one too many
   */
  public synchronized boolean admits() {
    long now = clock.millis() / MINUTE;
    count = now == minute ? count + 1 : 1;
    minute = now;
    return most == 0 || count <= most;
  }
}

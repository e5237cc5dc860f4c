package dev.owlery.adapter.slack.api;

import dev.owlery.api.plugin.Store;
import dev.owlery.spi.BoundedMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * When a method may be called next: never more often in a minute than its tier allows, never more
 * messages into a channel than configured, and not before a {@code Retry-After} has passed. The
 * last is remembered over restarts. Any thread.
 */
public final class RateLimits {

  private static final String HOLD = "hold/";

  /** And a little more: one call may be on its way for longer than another. */
  private static final Duration MINUTE = Duration.ofMillis(60_500);

  private static final int MOST_WINDOWS = 2_000;
  private static final Duration LONGEST_HOLD = Duration.ofHours(1);

  private final SlackSettings.Flood flood;
  private final Store memory;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Object writing = new Object();
  private final Map<String, Instant> holds = new HashMap<>();
  private final Map<String, RateWindow> windows = BoundedMap.leastRecentlyUsed(MOST_WINDOWS);

  public RateLimits(SlackSettings.Flood flood, Store memory, Clock clock, LongSupplier nanos) {
    this.flood = flood;
    this.memory = memory;
    this.clock = clock;
    this.nanos = nanos;
    memory
        .entries(HOLD)
        .forEach((key, value) -> {
          if (value.matches("[0-9]{1,15}")) {
            holds.put(key.substring(HOLD.length()), Instant.ofEpochMilli(Long.parseLong(value)));
          }
        });
  }

  /**
   * Takes a place, if there is one now.
   *
   * @param method what is to be called
   * @param channel where it says something; empty if it does not
   * @return zero if it may be called now and has been counted, else how long to wait before asking
   *     again
   */
  synchronized Duration take(ApiMethod method, String channel) {
    Duration hold = holdOf(method);
    if (hold.isPositive()) {
      return hold;
    }
    long now = nanos.getAsLong();
    List<RateWindow> all = windows(method, channel);
    long wait = all.stream().mapToLong(window -> window.waitNanos(now)).max().orElse(0);
    if (wait > 0) {
      return Duration.ofNanos(wait);
    }
    all.forEach(window -> window.take(now));
    return Duration.ZERO;
  }

  private List<RateWindow> windows(ApiMethod method, String channel) {
    if (flood.burst() == 0) {
      return List.of();
    }
    List<RateWindow> all = new ArrayList<>(2);
    all.add(
        windows.computeIfAbsent(
            method.wire(), _ -> new RateWindow(method.perMinute(), MINUTE.toNanos())));
    if (!channel.isEmpty()) {
      long period = Math.round(flood.burst() / flood.perSecond() * 1e9);
      all.add(windows.computeIfAbsent("in " + channel, _ -> new RateWindow(flood.burst(), period)));
    }
    return all;
  }

  private Duration holdOf(ApiMethod method) {
    Instant until = holds.get(method.wire());
    if (until == null) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(clock.instant(), until);
    if (!left.isPositive()) {
      // In the memory it does no harm, and nobody waits here for a disk.
      holds.remove(method.wire());
    }
    return left.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : left;
  }

  /**
   * Slack has asked to wait.
   *
   * @param method what was called
   * @param pause how long
   */
  void hold(ApiMethod method, Duration pause) {
    Duration bounded = pause.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : pause;
    Instant until = clock.instant().plus(bounded);
    synchronized (this) {
      holds.merge(method.wire(), until, (old, now) -> old.isAfter(now) ? old : now);
    }
    synchronized (writing) {
      Instant last;
      synchronized (this) {
        last = holds.getOrDefault(method.wire(), until);
      }
      memory.put(HOLD + method.wire(), Long.toString(last.toEpochMilli()));
    }
  }

  /** At most so many in any such period. */
  private static final class RateWindow {
    private final long[] times;
    private final long period;
    private int next;
    private long taken;

    RateWindow(int most, long period) {
      this.times = new long[most];
      this.period = period;
    }

    long waitNanos(long now) {
      return taken < times.length ? 0 : times[next] + period - now;
    }

    void take(long now) {
      times[next] = now;
      next = (next + 1) % times.length;
      taken++;
    }
  }
}

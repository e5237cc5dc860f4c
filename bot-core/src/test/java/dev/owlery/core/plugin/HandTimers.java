package dev.owlery.core.plugin;

import dev.owlery.core.schedule.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Timers whose clock a test turns; tasks run one after another in the thread that turns it. */
final class HandTimers implements Timers {

  private record Planned(Instant due, long number, Runnable task) {}

  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparing(Planned::due).thenComparingLong(Planned::number));
  private Instant now = Instant.parse("2026-11-22T08:00:00Z");
  private long count;

  @Override
  public Clock clock() {
    return new HandClock(ZoneOffset.UTC);
  }

  @Override
  public synchronized Runnable schedule(Duration delay, Runnable task) {
    Planned one = new Planned(now.plus(delay.isNegative() ? Duration.ZERO : delay), count++, task);
    planned.add(one);
    return () -> {
      synchronized (this) {
        planned.remove(one);
      }
    };
  }

  /** Lets time pass; what falls due runs on the way. */
  void advance(Duration span) {
    Instant end = now.plus(span);
    for (Planned one = next(end); one != null; one = next(end)) {
      one.task().run();
    }
    now = end;
  }

  synchronized int waiting() {
    return planned.size();
  }

  private synchronized Planned next(Instant end) {
    Planned one = planned.peek();
    if (one == null || one.due().isAfter(end)) {
      return null;
    }
    planned.remove(one);
    now = one.due();
    return one;
  }

  @Override
  public synchronized void close() {
    planned.clear();
  }

  private final class HandClock extends Clock {
    private final ZoneId zone;

    private HandClock(ZoneId zone) {
      this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new HandClock(other);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}

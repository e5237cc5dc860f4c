package dev.owlery.testkit;

import dev.owlery.core.schedule.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time that stands still until a test turns it. A task that becomes due runs on a virtual thread of
 * its own, as it does in a bot; {@link #turn} waits for each before it goes on to the next, so that
 * what happens is the same each time. Every method may be called from any thread.
 */
public final class ManualClock implements Timers {

  /** When every test begins. */
  public static final Instant BEGINNING = Instant.parse("2026-01-05T09:00:00Z");

  private static final Logger log = LoggerFactory.getLogger(ManualClock.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final TreeSet<Planned> planned =
      new TreeSet<>(Comparator.comparing(Planned::due).thenComparingLong(Planned::number));
  private final Clock clock = new Hands(ZoneOffset.UTC);
  private Instant now = BEGINNING;
  private long number;
  private int running;

  /** Stands at {@link #BEGINNING}. */
  public ManualClock() {}

  private record Planned(Instant due, long number, Runnable task, Timers owner) {}

  @Override
  public Clock clock() {
    return clock;
  }

  /**
   * The same time for one bot among several: closing it calls off its own tasks only.
   *
   * @return follows this clock
   */
  public Timers share() {
    return new ClockView();
  }

  /**
   * The time that the clock shows.
   *
   * @return the same until it is turned
   */
  public synchronized Instant now() {
    return now;
  }

  @Override
  public Runnable schedule(Duration delay, Runnable task) {
    return schedule(delay, task, this);
  }

  private Runnable schedule(Duration delay, Runnable task, Timers owner) {
    if (delay.isNegative() || delay.isZero()) {
      start(task);
      return () -> {};
    }
    return plan(delay, task, owner);
  }

  private synchronized Runnable plan(Duration delay, Runnable task, Timers owner) {
    Planned plan = new Planned(now.plus(delay), number++, task, owner);
    planned.add(plan);
    return () -> callOff(plan);
  }

  private synchronized void callOff(Planned plan) {
    planned.remove(plan);
  }

  private synchronized void callOffAll(Timers owner) {
    planned.removeIf(plan -> plan.owner().equals(owner));
  }

  /**
   * Turns the clock. Each task that becomes due on the way, those planned by other tasks included,
   * runs at its own time and has five seconds to end before the clock moves on without it.
   *
   * @param time how far; not negative
   */
  public void turn(Duration time) {
    Instant target = now().plus(time);
    for (Optional<Planned> next = take(target); next.isPresent(); next = take(target)) {
      await(start(next.get().task()));
    }
    synchronized (this) {
      now = target;
    }
  }

  private synchronized Optional<Planned> take(Instant until) {
    if (planned.isEmpty() || planned.first().due().isAfter(until)) {
      return Optional.empty();
    }
    Planned next = planned.removeFirst();
    now = next.due();
    return Optional.of(next);
  }

  /**
   * How many tasks wait for their time.
   *
   * @return neither those that run nor those that were called off
   */
  public synchronized int waiting() {
    return planned.size();
  }

  /**
   * Whether a task runs at this moment.
   *
   * @return false when all that were started have ended
   */
  public synchronized boolean isBusy() {
    return running > 0;
  }

  /** Calls all tasks off that have not begun. The clock can still be turned. */
  @Override
  public synchronized void close() {
    planned.clear();
  }

  private CountDownLatch start(Runnable task) {
    CountDownLatch ended = new CountDownLatch(1);
    count(1);
    Thread.ofVirtual().name("timer-task").start(() -> run(task, ended));
    return ended;
  }

  /** The boundary for what tasks throw, as in the real timers. */
  private void run(Runnable task, CountDownLatch ended) {
    try {
      task.run();
    } catch (RuntimeException | Error failure) {
      log.error("a timer's task failed", failure);
    } finally {
      count(-1);
      ended.countDown();
    }
  }

  private synchronized void count(int change) {
    running += change;
  }

  private static void await(CountDownLatch ended) {
    try {
      if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("a timer's task has not ended after {}: the clock goes on", PATIENCE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** One bot's part of the clock. */
  private final class ClockView implements Timers {

    private volatile boolean closed;

    @Override
    public Clock clock() {
      return clock;
    }

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
      return closed ? () -> {} : ManualClock.this.schedule(delay, task, this);
    }

    @Override
    public void close() {
      closed = true;
      callOffAll(this);
    }
  }

  /** Shows the time in one zone. */
  private final class Hands extends Clock {

    private final ZoneId zone;

    Hands(ZoneId zone) {
      this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new Hands(other);
    }

    @Override
    public Instant instant() {
      return now();
    }
  }
}

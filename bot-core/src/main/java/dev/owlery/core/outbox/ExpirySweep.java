package dev.owlery.core.outbox;

import dev.owlery.core.schedule.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks now and then, as long as letters wait, for those that are too old. Guarded by its desk. */
final class ExpirySweep {

  private static final Duration SELDOM = Duration.ofMinutes(1);
  private static final int PARTS = 20;

  private final Timers timers;
  private final Duration maxAge;
  private final Runnable task;
  private Optional<Runnable> callOff = Optional.empty();

  ExpirySweep(Timers timers, Duration maxAge, Runnable task) {
    this.timers = timers;
    this.maxAge = maxAge;
    this.task = task;
  }

  /** Letters wait: sees to it that the task runs after a while. */
  void schedule() {
    if (callOff.isEmpty()) {
      Duration part = Duration.ofMillis(maxAge.toMillis() / PARTS);
      callOff = Optional.of(timers.schedule(part.compareTo(SELDOM) > 0 ? SELDOM : part, task));
    }
  }

  /** The task runs: what was made before the time that is returned is too old. */
  Instant begin() {
    callOff = Optional.empty();
    return timers.clock().instant().minus(maxAge);
  }

  void stop() {
    callOff.ifPresent(Runnable::run);
  }
}

package dev.owlery.core.schedule;

import java.time.Clock;
import java.time.Duration;

/**
 * The bot's time: a clock, and tasks that run when the clock has moved on. The real one follows the
 * machine's clock; a test's is turned by hand. Every method may be called from any thread.
 */
public interface Timers extends AutoCloseable {

  /**
   * The time.
   *
   * @return the clock that the tasks follow
   */
  Clock clock();

  /**
   * Runs a task of the engine's once, on one of a few platform threads; it must not wait for long.
   *
   * @param delay from now; zero or less for at once
   * @param task what to do; what it throws is logged
   * @return calls the task off if it has not begun; may be run more than once
   */
  Runnable schedule(Duration delay, Runnable task);

  /**
   * Runs a task that calls a plugin's code once, on a virtual thread of its own; it may wait.
   *
   * @param delay from now; zero or less for at once
   * @param task what to do; what it throws is logged
   * @return calls the task off if it has not begun; may be run more than once
   */
  default Runnable scheduleVirtual(Duration delay, Runnable task) {
    return schedule(delay, task);
  }

  /** Calls all tasks off that have not begun. */
  @Override
  void close();
}

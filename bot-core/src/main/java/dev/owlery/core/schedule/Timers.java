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
   * Runs a task once, on a virtual thread of its own.
   *
   * @param delay from now; zero or less for at once
   * @param task what to do; what it throws is logged
   * @return calls the task off if it has not begun; may be run more than once
   */
  Runnable schedule(Duration delay, Runnable task);

  /** Calls all tasks off that have not begun. */
  @Override
  void close();
}

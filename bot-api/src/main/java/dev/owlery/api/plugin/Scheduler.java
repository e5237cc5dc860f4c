package dev.owlery.api.plugin;

import java.time.Duration;

/**
 * Runs tasks later, on virtual threads, by the bot's clock. Tasks end with the plugin and do not
 * survive a restart. Every method may be called from any thread. A task that throws is logged; its
 * later runs take place.
 */
public interface Scheduler {

  /**
   * Runs a task once.
   *
   * @param delay from now; zero or less for at once
   * @param task what to do
   * @return a handle to call it off
   */
  Task after(Duration delay, Runnable task);

  /**
   * Runs a task again and again, first after one interval; a run that is still going when the next
   * is due is not overtaken.
   *
   * @param interval at least one millisecond
   * @param task what to do
   * @return a handle to call it off
   */
  Task every(Duration interval, Runnable task);

  /** A task that was planned. */
  interface Task {

    /** Calls it off; a run that has begun goes on. */
    void cancel();
  }
}

package dev.owlery.api.plugin;

import java.time.Duration;
import java.time.Instant;

/**
 * Runs tasks later, on virtual threads, by the bot's clock. Tasks end with the plugin and do not
 * survive a restart. Every method may be called from any thread. A task that throws is logged; its
 * later runs take place, until it has failed so often in a row that the plugin is paused ({@code
 * limits.failures}).
 *
 * <p>What has to happen after a restart too is kept in the {@link Store} until it is done, and
 * planned again by {@link Plugin#start}; {@link #at} runs at once what fell due meanwhile. The
 * guide for authors shows a plugin that does so.
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
   * Runs a task once, at a time of the bot's clock. If that clock is set, or the machine sleeps, it
   * is the clock that counts: the task never runs before its time.
   *
   * @param time when; at once if that is past
   * @param task what to do
   * @return a handle to call it off
   */
  Task at(Instant time, Runnable task);

  /**
   * Runs a task again and again, first after one interval; a run that is still going when the next
   * is due is not overtaken.
   *
   * @param interval at least one millisecond
   * @param task what to do
   * @return a handle to call it off
   * @throws IllegalArgumentException if the interval is shorter, as for the texts of {@link Every}
   *     and {@link Cron} that cannot be read
   */
  Task every(Duration interval, Runnable task);

  /** A task that was planned. */
  interface Task {

    /** Calls it off; a run that has begun goes on. */
    void cancel();
  }
}

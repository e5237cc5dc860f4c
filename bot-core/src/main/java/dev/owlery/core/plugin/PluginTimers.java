package dev.owlery.core.plugin;

import dev.owlery.api.plugin.Scheduler;
import dev.owlery.core.schedule.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The timers of one plugin; they end with it. Every method may be called from any thread. */
final class PluginTimers implements Scheduler, AutoCloseable {

  private static final int MOST = 10_000;

  private final String plugin;
  private final Timers timers;
  private final Runner runner;

  /** How often in a row tasks have failed that run once. */
  private final AtomicInteger onceFailures = new AtomicInteger();

  private final Set<PlannedTask> live = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Runs a timer's call. */
  @FunctionalInterface
  interface Runner {

    /**
     * Runs a call in the plugin's surroundings and contains its faults.
     *
     * @param name for the log
     * @param call what to run
     * @param failures how often in a row it has failed; kept by this
     */
    void run(String name, PluginCall call, AtomicInteger failures);
  }

  /** No timers yet. */
  PluginTimers(String plugin, Timers timers, Runner runner) {
    this.plugin = plugin;
    this.timers = timers;
    this.runner = runner;
  }

  @Override
  public Task after(Duration delay, Runnable task) {
    return plan(
        "a task planned with Scheduler.after", TaskSchedule.once(delay), task::run, onceFailures);
  }

  @Override
  public Task at(Instant time, Runnable task) {
    return plan(
        "a task planned with Scheduler.at",
        TaskSchedule.at(time, timers.clock()),
        task::run,
        onceFailures);
  }

  @Override
  public Task every(Duration interval, Runnable task) {
    if (interval.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("an interval must be at least 1 ms: " + interval);
    }
    return plan("a task planned with Scheduler.every", TaskSchedule.every(interval), task::run);
  }

  /**
   * Runs something at a pace.
   *
   * @throws IllegalStateException if the plugin is unloaded or has too many timers
   */
  Task plan(String name, TaskSchedule pace, PluginCall call) {
    return plan(name, pace, call, new AtomicInteger());
  }

  private Task plan(String name, TaskSchedule pace, PluginCall call, AtomicInteger failures) {
    if (live.size() >= MOST) {
      throw new IllegalStateException("plugin " + plugin + " has " + MOST + " timers already");
    }
    PlannedTask task =
        new PlannedTask(
            timers,
            "plugin " + plugin + ": " + name,
            pace,
            () -> runner.run(name, call, failures),
            live::remove);
    live.add(task);
    if (closed) {
      task.cancel();
      throw new IllegalStateException("plugin " + plugin + " is unloaded");
    }
    task.begin();
    return task;
  }

  /** Calls all off and takes no more; runs that have begun go on. */
  @Override
  public void close() {
    closed = true;
    live.forEach(PlannedTask::cancel);
  }
}

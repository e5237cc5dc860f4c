package dev.owlery.core.plugin;

import dev.owlery.api.plugin.Scheduler;
import dev.owlery.core.schedule.Timers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** The timers of one plugin; they end with it. Every method may be called from any thread. */
final class PluginTimers implements Scheduler, AutoCloseable {

  private static final int MOST = 10_000;

  private final String plugin;
  private final Timers timers;
  private final BiConsumer<String, PluginCall> runner;
  private final Set<PlannedTask> live = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * No timers yet.
   *
   * @param runner runs a call, named for the log, in the plugin's surroundings and contains its
   *     faults
   */
  PluginTimers(String plugin, Timers timers, BiConsumer<String, PluginCall> runner) {
    this.plugin = plugin;
    this.timers = timers;
    this.runner = runner;
  }

  @Override
  public Task after(Duration delay, Runnable task) {
    return plan("a task planned with Scheduler.after", Pace.once(delay), task::run);
  }

  @Override
  public Task every(Duration interval, Runnable task) {
    if (interval.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("an interval must be at least 1 ms: " + interval);
    }
    return plan("a task planned with Scheduler.every", Pace.every(interval), task::run);
  }

  /**
   * Runs something at a pace.
   *
   * @throws IllegalStateException if the plugin is unloaded or has too many timers
   */
  Task plan(String name, Pace pace, PluginCall call) {
    if (live.size() >= MOST) {
      throw new IllegalStateException("plugin " + plugin + " has " + MOST + " timers already");
    }
    PlannedTask task =
        new PlannedTask(
            timers,
            "plugin " + plugin + ": " + name,
            pace,
            () -> runner.accept(name, call),
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

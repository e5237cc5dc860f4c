package dev.owlery.core.plugin;

import dev.owlery.api.plugin.Scheduler;
import dev.owlery.core.schedule.Timers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that runs at a pace, one run at a time: a run that is due while the one before is still
 * going is left out. Once ended it has let go of what it ran, so that a timer far in the future
 * keeps no plugin's classes alive.
 */
final class PlannedTask implements Scheduler.Task {

  private static final Logger log = LoggerFactory.getLogger(PlannedTask.class);

  private final Timers timers;
  private final String name;
  private final TaskSchedule pace;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean reported = new AtomicBoolean();
  private volatile @Nullable Runnable body;
  private volatile @Nullable Consumer<PlannedTask> ended;
  private volatile Runnable callOff = () -> {};

  /**
   * Plans nothing yet.
   *
   * @param name for the log
   * @param body what to run; contains its own faults
   * @param ended told once when no more runs will begin
   */
  PlannedTask(
      Timers timers, String name, TaskSchedule pace, Runnable body, Consumer<PlannedTask> ended) {
    this.timers = timers;
    this.name = name;
    this.pace = pace;
    this.body = body;
    this.ended = ended;
  }

  /** Plans the first run. */
  void begin() {
    Optional<Duration> wait = pace.next();
    if (wait.isEmpty()) {
      cancel();
      return;
    }
    callOff = timers.scheduleVirtual(wait.get(), this::wake);
    if (body == null) {
      callOff.run(); // cancelled while it was being planned
    }
  }

  @Override
  public void cancel() {
    body = null;
    callOff.run();
    Consumer<PlannedTask> told = ended;
    if (told != null) {
      ended = null;
      told.accept(this);
    }
  }

  private void wake() {
    Runnable now = body;
    if (now == null) {
      return;
    }
    boolean due = pace.due();
    begin();
    if (!due) {
      return;
    }
    if (running.compareAndSet(false, true)) {
      try {
        now.run();
      } finally {
        running.set(false);
        reported.set(false);
      }
    } else if (reported.compareAndSet(false, true)) {
      log.warn("{} is still running; its next runs are left out until it ends", name);
    }
  }
}

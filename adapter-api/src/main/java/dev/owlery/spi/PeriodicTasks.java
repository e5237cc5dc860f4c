package dev.owlery.spi;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that are done by the clock, one after another on one platform thread. Whatever a task
 * throws, an {@link Error} included, is logged, and the task runs again the next time. The methods
 * may be called from any thread.
 */
public final class PeriodicTasks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeriodicTasks.class);

  private final String name;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * Begins without tasks; the thread starts with the first.
   *
   * @param name the thread's name, which the log shows
   */
  public PeriodicTasks(String name) {
    this.name = name;
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name(name).factory(),
            // Closed in between: what was to be done then is not done.
            new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Repeats a task.
   *
   * @param pause from one end to the next beginning, and before the first; at least a millisecond
   * @param task what to do; quick, or the others wait
   */
  public void every(Duration pause, Runnable task) {
    long millis = Math.max(1, pause.toMillis());
    var _ = timer.scheduleWithFixedDelay(() -> run(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Does something once. Ignored after {@link #close}.
   *
   * @param pause how long to wait before
   * @param task what to do; quick, or the others wait
   */
  public void after(Duration pause, Runnable task) {
    var _ = timer.schedule(() -> run(task), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The boundary for whatever a task throws: an executor would never run it again. */
  private void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable fault) {
      FaultLog.warn(LOG, "{}: a task failed; it is repeated as planned", name, fault);
    }
  }

  /** Ends all tasks; interrupts the one that runs. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}

package dev.owlery.core.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time as the machine tells it. Delays are measured by the monotonic clock, so that setting the
 * machine's clock moves no task. One daemon thread watches the time and runs nothing itself: each
 * due task gets a virtual thread.
 */
public final class SystemTimers implements Timers {

  private static final Logger log = LoggerFactory.getLogger(SystemTimers.class);

  /** Longer than any bot runs, and far from the end of what nanoseconds can count. */
  private static final Duration FAR = Duration.ofDays(36_500);

  private final Clock clock = Clock.system(ZoneId.systemDefault());
  private final ScheduledThreadPoolExecutor watch;

  /** Starts to watch the time; the thread is made with the first task. */
  public SystemTimers() {
    watch = new ScheduledThreadPoolExecutor(1, SystemTimers::thread);
    watch.setRemoveOnCancelPolicy(true);
    watch.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  /**
   * {@inheritDoc}
   *
   * <p>After {@link #close} the task counts as called off.
   */
  @Override
  public Runnable schedule(Duration delay, Runnable task) {
    long nanos = delay.compareTo(FAR) > 0 ? FAR.toNanos() : Math.max(0, delay.toNanos());
    try {
      ScheduledFuture<?> pending = watch.schedule(() -> start(task), nanos, TimeUnit.NANOSECONDS);
      return () -> pending.cancel(false);
    } catch (RejectedExecutionException e) {
      log.debug("a task came after the end of time and is called off", e);
      return () -> {};
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }

  /** Made by the first call, perhaps from a plugin, whose class loader it must not keep. */
  private static Thread thread(Runnable work) {
    Thread thread =
        Thread.ofPlatform().daemon().name("timers").stackSize(128 << 10).unstarted(work);
    thread.setContextClassLoader(SystemTimers.class.getClassLoader());
    return thread;
  }

  private static void start(Runnable task) {
    Thread.ofVirtual().name("timer-task").start(() -> run(task));
  }

  /** The boundary for what tasks throw: nobody waits for them, so it is logged here. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      log.error("a timer's task failed", e);
    }
  }
}

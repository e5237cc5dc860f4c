package dev.owlery.core.schedule;

import dev.owlery.spi.EngineThreads;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time as the machine tells it. Delays are measured by the monotonic clock, so that setting the
 * machine's clock moves no task. One daemon thread watches the time and runs nothing itself: due
 * tasks of the engine go to four platform threads, those that call plugins each to a virtual
 * thread. What a task throws, even an error, ends this task alone.
 */
public final class SystemTimers implements Timers {

  private static final Logger log = LoggerFactory.getLogger(SystemTimers.class);

  /** Longer than any bot runs, and far from the end of what nanoseconds can count. */
  private static final Duration FAR = Duration.ofDays(36_500);

  private final Clock clock = Clock.system(ZoneId.systemDefault());
  private static final int WORKERS = 4;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ScheduledThreadPoolExecutor watch;
  private final ThreadPoolExecutor workers;

  /** Starts to watch the time; the thread is made with the first task. */
  public SystemTimers() {
    watch = new ScheduledThreadPoolExecutor(1, SystemTimers::thread);
    workers =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            EngineThreads.named("timer-task"));
    workers.allowCoreThreadTimeOut(true);
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
    return plan(delay, () -> workers.execute(() -> run(task)));
  }

  /**
   * {@inheritDoc}
   *
   * <p>After {@link #close} the task counts as called off.
   */
  @Override
  public Runnable scheduleVirtual(Duration delay, Runnable task) {
    return plan(delay, () -> Thread.ofVirtual().name("timer-task").start(() -> run(task)));
  }

  private Runnable plan(Duration delay, Runnable begin) {
    long nanos = delay.isNegative() ? 0 : (delay.compareTo(FAR) > 0 ? FAR : delay).toNanos();
    try {
      ScheduledFuture<?> pending = watch.schedule(() -> begin(begin), nanos, TimeUnit.NANOSECONDS);
      return () -> pending.cancel(false);
    } catch (RejectedExecutionException e) {
      log.debug("a task came after the end of time and is called off", e);
      return () -> {};
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    workers.shutdown();
  }

  /** Made by the first call, perhaps from a plugin, whose class loader it must not keep. */
  private static Thread thread(Runnable work) {
    Thread thread =
        Thread.ofPlatform().daemon().name("timers").stackSize(128 << 10).unstarted(work);
    thread.setContextClassLoader(SystemTimers.class.getClassLoader());
    return thread;
  }

  /** If there is no memory for a thread, the task is begun later. */
  private void begin(Runnable begin) {
    try {
      begin.run();
    } catch (RejectedExecutionException e) {
      log.debug("a task came after the end of time and is called off", e);
    } catch (Throwable e) {
      log.error("a timer's task could not be begun; again in {}", RETRY, e);
      Runnable _ = plan(RETRY, begin);
    }
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

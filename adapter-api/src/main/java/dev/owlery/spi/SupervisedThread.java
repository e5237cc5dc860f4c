package dev.owlery.spi;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A platform thread that ends only when its work is done: whatever the work throws, an {@link
 * Error} included, is logged, and the work begins anew a second later. Should the thread die all
 * the same, another takes its place. The methods may be called from any thread.
 */
public final class SupervisedThread {
  private static final Logger LOG = LoggerFactory.getLogger(SupervisedThread.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** What the thread does. */
  @FunctionalInterface
  public interface ThreadBody {

    /**
     * Works until there is nothing more to do; begins anew if it throws.
     *
     * @throws InterruptedException ends the work if the thread was told to stop
     */
    void run() throws InterruptedException;
  }

  private final String name;
  private final ThreadBody work;
  private final Duration pause;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  /**
   * A thread that is not started yet.
   *
   * @param name the thread's name, which the log shows
   * @param work what it does
   */
  public SupervisedThread(String name, ThreadBody work) {
    this(name, work, PAUSE);
  }

  SupervisedThread(String name, ThreadBody work, Duration pause) {
    this.name = name;
    this.work = work;
    this.pause = pause;
  }

  /** Starts the work. Only once. */
  public void start() {
    Thread fresh =
        Thread.ofPlatform()
            .daemon()
            .name(name)
            .uncaughtExceptionHandler((_, _) -> restart())
            .unstarted(this::run);
    thread = fresh;
    fresh.start();
  }

  private void restart() {
    if (stopped.getCount() > 0) {
      start();
    }
  }

  /** The boundary for whatever the work throws. */
  private void run() {
    while (stopped.getCount() > 0) {
      try {
        work.run();
        return;
      } catch (InterruptedException interrupted) {
        LOG.debug("{} was interrupted", name);
      } catch (Throwable fault) {
        FaultLog.warn(LOG, "{}: internal error; it begins anew", name, fault);
      }
      if (isStoppedWithin(pause)) {
        return;
      }
    }
  }

  private boolean isStoppedWithin(Duration patience) {
    try {
      return stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      return stopped.getCount() == 0;
    }
  }

  /** Lets the work end: after this it does not begin anew. */
  public void stop() {
    stopped.countDown();
  }

  /** Interrupts what the thread does at the moment. */
  public void interrupt() {
    Thread current = thread;
    if (current != null) {
      current.interrupt();
    }
  }

  /**
   * Waits for the end of a thread that was told to stop.
   *
   * @param patience how long to wait
   * @return whether it has ended, or was never started
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public boolean join(Duration patience) throws InterruptedException {
    Thread current = thread;
    return current == null || !current.isAlive() || current.join(patience);
  }
}

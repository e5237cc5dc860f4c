package dev.owlery.core.journal;

import dev.owlery.spi.EngineThreads;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs callbacks one after another in the order in which they were added, on whichever thread is
 * there, or on one of the engine if there are many, and with no lock held: so a callback may take
 * any lock and call the journal again.
 */
final class Turns {

  private static final Logger log = LoggerFactory.getLogger(Turns.class);

  /** So many callbacks are run by one call. */
  private static final int MOST_FOR_OTHERS = 256;

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();

  /** Adds a callback behind the others; {@link #run} must follow. */
  void add(Runnable callback) {
    waiting.add(callback);
  }

  /**
   * Runs what waits, unless another call is at it: then that one does. If more and more comes in, a
   * thread of the engine goes on with it: the calling one may be a plugin's, with work of its own.
   */
  void run() {
    if (calls.incrementAndGet() == 1) {
      run(1, MOST_FOR_OTHERS);
    }
  }

  private void run(int begun, int most) {
    int seen = begun;
    int left = most;
    while (seen != 0) {
      for (Runnable callback = waiting.poll(); callback != null; callback = waiting.poll()) {
        if (left == 0) {
          goOn(seen, callback);
          return;
        }
        left--;
        runOne(callback);
      }
      seen = calls.addAndGet(-seen);
    }
  }

  private void goOn(int seen, Runnable next) {
    EngineThreads.start(
        "journal-callbacks",
        () -> {
          runOne(next);
          run(seen, Integer.MAX_VALUE);
        });
  }

  /** The boundary for what a callback throws: the change it follows has happened all the same. */
  private static void runOne(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException | Error e) {
      log.error("what follows a journal entry failed", e);
    }
  }
}

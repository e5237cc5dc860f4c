package dev.owlery.core.journal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs callbacks one after another in the order in which they were added, on whichever thread is
 * there, and with no lock held: so a callback may take any lock and call the journal again.
 */
final class Turns {

  private static final Logger log = LoggerFactory.getLogger(Turns.class);

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();

  /** Adds a callback behind the others; {@link #run} must follow. */
  void add(Runnable callback) {
    waiting.add(callback);
  }

  /** Runs what waits, unless another call is at it: then that one does. */
  void run() {
    int seen = calls.incrementAndGet();
    if (seen > 1) {
      return;
    }
    while (seen != 0) {
      for (Runnable callback = waiting.poll(); callback != null; callback = waiting.poll()) {
        runOne(callback);
      }
      seen = calls.addAndGet(-seen);
    }
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

package dev.owlery.adapter.slack;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what is delivered waiting while what was missed is read, so that it comes first; not for
 * longer than Slack waits for an acknowledgement. Any thread.
 */
final class Gate {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private volatile CountDownLatch closed = new CountDownLatch(0);

  void close() {
    closed = new CountDownLatch(1);
  }

  void open() {
    closed.countDown();
  }

  /** Waits until it is open, or for as long as is possible. */
  void pass() {
    try {
      boolean _ = closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}

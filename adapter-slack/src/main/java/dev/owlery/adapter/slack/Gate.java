package dev.owlery.adapter.slack;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what is delivered waiting while what was missed is read, so that it comes first. By socket
 * that may take longer than Slack waits for an acknowledgement: what it then delivers once more is
 * known by its key. A request must be answered. Any thread.
 */
final class Gate {
  private final Duration patience;
  private volatile CountDownLatch closed = new CountDownLatch(0);

  Gate(SlackSettings.Mode mode) {
    patience = Duration.ofSeconds(mode == SlackSettings.Mode.HTTP ? 2 : 15);
  }

  void close() {
    closed = new CountDownLatch(1);
  }

  void open() {
    closed.countDown();
  }

  /** Waits until it is open, or for as long as is possible. */
  void pass() {
    try {
      boolean _ = closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.owlery.adapter.xmpp.file;

import java.time.Duration;

/**
 * How many pieces of an in-band stream are on their way at the same time. Many servers let only a
 * few kB a second through: what is sent beyond that waits in their connection, and everything that
 * the account says waits behind it. So the window grows by one for each window that was answered
 * quickly, and is halved when answers take long. For one thread.
 */
final class InBandWindow {
  private static final int FIRST = 2;
  private static final int LARGEST = 16;
  private static final Duration QUICK = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(2);

  private int size = FIRST;
  private int quick;

  int size() {
    return size;
  }

  /**
   * A piece was answered.
   *
   * @param after how long that took
   */
  void acknowledged(Duration after) {
    if (after.compareTo(LONG) > 0) {
      size = Math.max(1, size / 2);
      quick = 0;
    } else if (after.compareTo(QUICK) > 0) {
      quick = 0;
    } else if (++quick >= size) {
      size = Math.min(LARGEST, size + 1);
      quick = 0;
    }
  }
}

package dev.owlery.core.filter;

/** What the bot has said lately in one conversation: hashes with times, in a ring. */
final class RecentMessages {
  /** How long something counts as just said. */
  static final long WINDOW_MILLIS = 10_000;

  private static final int REMEMBERED = 8;

  private final int[] hashes = new int[REMEMBERED];
  private final long[] times = new long[REMEMBERED];
  private long count;
  private long newest;

  void add(int hash, long now) {
    int next = (int) (count % REMEMBERED);
    hashes[next] = hash;
    times[next] = now;
    newest = now;
    count++;
  }

  boolean contains(int hash, long now) {
    for (int i = 0; i < Math.min(count, REMEMBERED); i++) {
      if (hashes[i] == hash && Math.abs(now - times[i]) <= WINDOW_MILLIS) {
        return true;
      }
    }
    return false;
  }

  /** How many lines there have been. */
  long count() {
    return count;
  }

  /** When the newest line was said. */
  long newest() {
    return newest;
  }
}

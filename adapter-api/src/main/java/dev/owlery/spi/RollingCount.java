package dev.owlery.spi;

/**
 * How much was counted within a window that ends now, in a fixed amount of memory. Errs by at most
 * a sixtieth of the window. For one thread at a time.
 */
final class RollingCount {
  private static final int SLOTS = 60;

  private final long slotMillis;
  private final long[] slots = new long[SLOTS];
  private long newest = Long.MIN_VALUE / 2;
  private boolean isRefusing;

  RollingCount(long windowMillis) {
    slotMillis = Math.max(1, Math.ceilDiv(windowMillis, SLOTS));
  }

  /**
   * What was counted within the window. A clock that goes back counts as one that stands still,
   * unless it goes back by more than the window: then counting begins anew.
   */
  long sum(long now) {
    advance(now);
    long sum = 0;
    for (long slot : slots) {
      sum += slot;
    }
    return sum;
  }

  void add(long now, long amount) {
    advance(now);
    slots[Math.floorMod(newest, SLOTS)] += amount;
    isRefusing = false;
  }

  /** Notes a refusal; returns whether it is the first since something was counted. */
  boolean refuse() {
    boolean isFirst = !isRefusing;
    isRefusing = true;
    return isFirst;
  }

  private void advance(long now) {
    long slot = Math.floorDiv(now, slotMillis);
    if (newest - SLOTS < slot && slot <= newest) {
      return;
    }
    boolean isNear = slot - SLOTS < newest && newest < slot;
    long from = isNear ? newest + 1 : slot - SLOTS + 1;
    for (long each = from; each <= slot; each++) {
      slots[Math.floorMod(each, SLOTS)] = 0;
    }
    newest = slot;
  }
}

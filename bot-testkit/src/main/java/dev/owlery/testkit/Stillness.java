package dev.owlery.testkit;

import java.time.Duration;

/**
 * Watches figures that change whenever something happens. Belongs to one thread.
 *
 * <p>A quarter of a second without a change is no stillness on a machine that had no time for the
 * bot: before each look a virtual thread has to have its turn, behind those that were ready before.
 */
final class Stillness {

  private static final Duration LASTING = Duration.ofMillis(250);
  private static final int LOOKS = 50;

  private Object figures = "";
  private long since;
  private int looks;

  /** Whether the figures have stood still for a quarter of a second and a number of looks. */
  boolean lasts(Object now) {
    if (!now.equals(figures)) {
      figures = now;
      since = System.nanoTime();
      looks = 0;
    }
    othersTurn();
    looks++;
    return looks >= LOOKS && System.nanoTime() - since > LASTING.toNanos();
  }

  private static void othersTurn() {
    try {
      Thread.startVirtualThread(() -> {}).join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

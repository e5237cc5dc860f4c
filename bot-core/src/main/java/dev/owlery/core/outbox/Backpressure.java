package dev.owlery.core.outbox;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Those who wait until it is less crowded. Safe for use by several threads. */
final class Backpressure {

  private static final long LOOK_MILLIS = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition over = lock.newCondition();
  private volatile boolean crowded;

  /**
   * Waits while it is crowded. Whoever is interrupted waits no longer.
   *
   * @param giveUp asked ten times a second whether to wait no longer all the same; quick
   */
  void await(BooleanSupplier giveUp) {
    if (!crowded) {
      return;
    }
    lock.lock();
    try {
      while (crowded && !giveUp.getAsBoolean()) {
        boolean _ = over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Says whether it is crowded. */
  void update(boolean now) {
    boolean isOver = crowded && !now;
    crowded = now;
    if (!isOver) {
      return;
    }
    lock.lock();
    try {
      over.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

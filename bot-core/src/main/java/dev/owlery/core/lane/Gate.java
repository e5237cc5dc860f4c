package dev.owlery.core.lane;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The entrance to one plugin's code: counts who is inside, keeps a failing plugin shut, and lets
 * nobody in once the plugin is being removed. Safe for use by several threads.
 */
final class Gate {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
  private final String plugin;
  private final int limit;

  private int inside;
  private int failures;
  private boolean paused;
  private boolean removed;

  Gate(String plugin, int limit) {
    this.plugin = plugin;
    this.limit = limit;
  }

  String plugin() {
    return plugin;
  }

  /** Whether the caller may run the plugin's code; it must {@link #leave} then. */
  boolean enter() {
    lock.lock();
    try {
      if (paused || removed) {
        return false;
      }
      inside++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      inside--;
      if (inside == 0) {
        empty.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void succeeded() {
    lock.lock();
    try {
      failures = 0;
    } finally {
      lock.unlock();
    }
  }

  /** Counts a failure in a row; returns true if it is the one that shuts the gate. */
  boolean failed() {
    lock.lock();
    try {
      failures++;
      if (limit > 0 && failures >= limit && !paused) {
        paused = true;
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Notes that a thread inside waits for an answer, so that removal can wake it. */
  void waits(Thread thread) {
    waiting.add(thread);
    lock.lock();
    try {
      if (removed) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  void waitsNoMore(Thread thread) {
    waiting.remove(thread);
  }

  void wakeWaiting() {
    waiting.forEach(Thread::interrupt);
  }

  /**
   * Shuts for good, wakes those who wait for an answer, and returns when nobody is inside or time
   * is up.
   */
  boolean remove(Duration patience) {
    long left = patience.toNanos();
    lock.lock();
    try {
      removed = true;
      wakeWaiting();
      while (inside > 0 && left > 0) {
        left = empty.awaitNanos(left);
      }
      return inside == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}

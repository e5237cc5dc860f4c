package dev.owlery.core.lane;

import dev.owlery.core.plugin.PluginWatchdog;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The entrance to one plugin's code: counts who is inside, keeps a failing plugin shut, and lets
 * nobody in once the plugin is being removed. Safe for use by several threads.
 */
final class PluginGate {

  /**
   * The gate that the current thread is inside of: who removes their own plugin is not waited for.
   */
  static final ScopedValue<PluginGate> INSIDE = ScopedValue.newInstance();

  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger commandFailures = new AtomicInteger();
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
  private final CountDownLatch empty = new CountDownLatch(1);
  private final String plugin;
  private final int limit;
  private final PluginWatchdog.Life life;

  private volatile boolean paused;
  private volatile boolean removed;
  private volatile int permits;

  PluginGate(String plugin, int limit, PluginWatchdog watch) {
    this.plugin = plugin;
    this.limit = limit;
    this.life = watch.life(plugin);
  }

  /** Notes that the thread, which has entered, calls the plugin now. */
  PluginWatchdog.WatchedCall watch(String method) {
    return life.enter(method);
  }

  void pause() {
    paused = true;
  }

  String plugin() {
    return plugin;
  }

  /** Whether the caller may run the plugin's code; it must {@link #leave} then. */
  boolean enter() {
    inside.incrementAndGet();
    if (paused || removed) {
      leave();
      return false;
    }
    return true;
  }

  void leave() {
    if (inside.decrementAndGet() <= permits && removed) {
      empty.countDown();
    }
  }

  /** How often in a row the plugin's commands have failed; each handler has a count of its own. */
  AtomicInteger commandFailures() {
    return commandFailures;
  }

  /**
   * Counts a failure in a row; returns true if it is the one that shuts the gate. One that is shut
   * for good is not shut once more: its plugin's next life has a gate of its own.
   */
  boolean failed(AtomicInteger inARow) {
    if (inARow.incrementAndGet() == limit && !removed) {
      paused = true;
      return true;
    }
    return false;
  }

  /** Notes that a thread inside waits for an answer, so that removal can wake it. */
  void waiting(Thread thread) {
    waiting.add(thread);
    if (removed) {
      thread.interrupt();
    }
  }

  void waitingEnded(Thread thread) {
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
    permits = INSIDE.isBound() && INSIDE.get() == this ? 1 : 0;
    removed = true;
    life.end();
    wakeWaiting();
    if (inside.get() <= permits) {
      return true;
    }
    try {
      return empty.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

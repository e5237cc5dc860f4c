package dev.owlery.core.plugin;

import dev.owlery.core.log.LogText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that an unloaded plugin has left running. Those that run its code are interrupted; those
 * that go on all the same, and those that merely hold on to its class loader, are named in the log,
 * for they keep the plugin's classes in memory. Virtual threads cannot be listed: a plugin must end
 * its own.
 */
final class LeakedThreads {

  private static final Logger log = LoggerFactory.getLogger(LeakedThreads.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(20);

  private LeakedThreads() {}

  /**
   * Ends the threads of a plugin, waiting a second at most.
   *
   * @param plugin its id, for the log
   * @param loader its class loader
   */
  static void end(String plugin, JarClassLoader loader) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Thread> left = interrupted(loader);
    while (!left.isEmpty() && System.nanoTime() < deadline && waited(left.getFirst())) {
      left = interrupted(loader); // again: a thread just started may not have been in its code yet
    }
    for (Thread thread : left) {
      log.warn(
          "plugin {} is unloaded, but its thread \"{}\" goes on and keeps its classes in memory",
          plugin,
          LogText.encode(thread.getName(), 80));
    }
  }

  /** All threads that hold on to the loader, those that run its code interrupted. */
  private static List<Thread> interrupted(JarClassLoader loader) {
    List<Thread> left = new ArrayList<>();
    Thread.getAllStackTraces()
        .forEach((thread, stack) -> {
          if (thread.equals(Thread.currentThread())) {
            return;
          }
          if (runs(loader, thread, stack)) {
            thread.interrupt();
            left.add(thread);
          } else if (loader.equals(thread.getContextClassLoader())) {
            left.add(thread);
          }
        });
    return left;
  }

  private static boolean runs(JarClassLoader loader, Thread thread, StackTraceElement[] stack) {
    return loader.equals(thread.getClass().getClassLoader())
        || Arrays.stream(stack)
            .anyMatch(frame -> loader.label().equals(frame.getClassLoaderName()));
  }

  /** Waits a moment for a thread's end; false if the caller was interrupted. */
  static boolean waited(Thread thread) {
    try {
      var _ = thread.join(LOOK);
      return true;
    } catch (IllegalThreadStateException e) {
      // The list of all threads has those that are about to start, too.
      LockSupport.parkNanos(LOOK.toNanos());
      return !Thread.currentThread().isInterrupted();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

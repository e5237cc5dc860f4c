package dev.owlery.core.plugin;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls a plugin's constructor, start and stop on a virtual thread made for the call: it may hang
 * without harm, and thread locals that the plugin sets end with it.
 */
final class PluginThread {

  private PluginThread() {}

  /**
   * Calls and waits.
   *
   * @param code whose code it is; libraries in its jar find their classes and services
   * @param life watches the call
   * @param doing a word for the thread's name
   * @param method what is called, for the log
   * @param patience how long to wait; after it the thread is interrupted
   * @param call what to do
   * @return what the call returned
   * @throws ExecutionException with what the plugin threw
   * @throws TimeoutException if it took too long, with the stack of the code that hangs, or if the
   *     caller was interrupted
   */
  static <T> T call(
      PluginCode code,
      PluginWatchdog.Life life,
      String doing,
      String method,
      Duration patience,
      Callable<T> call)
      throws ExecutionException, TimeoutException {
    FutureTask<T> task =
        new FutureTask<>(() -> {
          try (PluginWatchdog.WatchedCall _ = life.enterUncounted(method)) {
            return call.call();
          }
        });
    Thread thread = Thread.ofVirtual().name("plugin-" + code.id() + "-" + doing).unstarted(task);
    code.ownLoader().ifPresent(thread::setContextClassLoader);
    thread.start();
    try {
      return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted");
    } catch (TimeoutException e) {
      e.setStackTrace(thread.getStackTrace()); // where it hangs is what its author needs
      throw e;
    } finally {
      task.cancel(true);
    }
  }

  /** What the plugin threw. */
  static Throwable cause(ExecutionException e) {
    return e.getCause() == null ? e : e.getCause();
  }
}

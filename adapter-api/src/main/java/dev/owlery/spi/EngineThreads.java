package dev.owlery.spi;

import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for the bot's own work: platform threads, daemons, with a small stack. Virtual threads
 * share a few carriers, and a plugin that computes without end keeps one of them for ever; so
 * plugins' code runs on virtual threads, and whatever must go on beside it on these.
 *
 * <p>They do not keep the class loader of a plugin whose call has started them. What their task
 * throws is logged. An interrupt does not end a wait for a socket, as it would on a virtual thread:
 * close the socket. For any thread.
 */
public final class EngineThreads {

  private static final Logger log = LoggerFactory.getLogger(EngineThreads.class);

  private static final long STACK_BYTES = 256 << 10;

  private EngineThreads() {}

  /**
   * Starts a thread for one piece of work.
   *
   * @param name for the log and for who looks at the threads
   * @param task what to do; what it throws is logged
   * @return the thread, which runs
   */
  public static Thread start(String name, Runnable task) {
    Thread thread = unstarted(name, task);
    thread.start();
    return thread;
  }

  /**
   * Makes a thread for one piece of work.
   *
   * @param name for the log and for who looks at the threads
   * @param task what to do; what it throws is logged
   * @return the thread, to be started
   */
  public static Thread unstarted(String name, Runnable task) {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name(name)
            .stackSize(STACK_BYTES)
            .unstarted(() -> run(name, task));
    thread.setContextClassLoader(EngineThreads.class.getClassLoader());
    return thread;
  }

  /**
   * Makes the threads of an executor.
   *
   * @param name all of them bear it
   * @return a factory
   */
  public static ThreadFactory named(String name) {
    return task -> unstarted(name, task);
  }

  /** The boundary: nobody waits for the thread to hear of it. */
  private static void run(String name, Runnable task) {
    try {
      task.run();
    } catch (Throwable fault) {
      log.error("{} has failed", name, fault);
    }
  }
}

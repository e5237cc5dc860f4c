package dev.owlery.spi;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in the order in which they came, on the threads of those who bring
 * them: who comes while a task runs leaves the next one to that thread, and goes on.
 *
 * <p>This is for what must be in order and may wait for the core, that is for {@link
 * dev.owlery.api.adapter.AdapterContext#publish}, {@link
 * dev.owlery.api.adapter.AdapterContext#report} and the writes of {@link
 * dev.owlery.api.plugin.Store}. A lock must not be held meanwhile: the core calls back on the
 * thread that it waits for, and if that wanted the same lock, the whole bot would stand still. What
 * a task throws is logged. For any thread; {@link #add} also with locks held.
 */
public final class SerialExecutor implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

  private final String name;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean running;

  /**
   * Makes one with nothing to do.
   *
   * @param name for the log
   */
  public SerialExecutor(String name) {
    this.name = name;
  }

  @Override
  public void execute(Runnable task) {
    add(task);
    run();
  }

  /**
   * Puts a task behind the others; followed by {@link #run}, when no lock is held any more.
   *
   * @param task what to do
   */
  public void add(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
    }
  }

  /** Runs what there is to do, unless a thread is at it: then that one does. */
  public void run() {
    boolean isFirst = true;
    for (Runnable task = next(isFirst); task != null; task = next(isFirst)) {
      isFirst = false;
      runWhateverHappens(task);
    }
  }

  private @Nullable Runnable next(boolean isFirst) {
    synchronized (tasks) {
      if (isFirst && running) {
        return null;
      }
      Runnable task = tasks.poll();
      running = task != null;
      return task;
    }
  }

  /** The boundary: the tasks behind it are others'. */
  private void runWhateverHappens(Runnable task) {
    try {
      task.run();
    } catch (Throwable fault) {
      FaultLog.warn(LOG, "{}: a task failed", name, fault);
    }
  }
}

package dev.owlery.spi;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in the order in which they came, on the threads of those who bring
 * them: who comes while a task runs leaves the next one to that thread, and goes on. If hundreds
 * come meanwhile, a thread of the engine goes on with them: the first one has work of its own.
 *
 * <p>This is for what must be in order and may wait for the core, that is for {@link
 * dev.owlery.api.adapter.AdapterContext#publish}, {@link
 * dev.owlery.api.adapter.AdapterContext#report} and the writes of {@link
 * dev.owlery.api.plugin.Store}. A lock must not be held meanwhile: the core calls back on the
 * thread that it waits for, and if that wanted the same lock, the whole bot would stand still. For
 * any thread; {@link #add} also with locks held.
 */
public final class SerialExecutor implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

  /** So many tasks are run by one call. */
  private static final int MOST_FOR_OTHERS = 256;

  private final Consumer<Throwable> faults;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();

  /**
   * Makes one with nothing to do, which logs what a task throws.
   *
   * @param name for the log
   */
  public SerialExecutor(String name) {
    this(fault -> FaultLog.warn(LOG, "{}: a task failed", name, fault));
  }

  /**
   * Makes one with nothing to do.
   *
   * @param faults takes what a task throws, and throws nothing itself
   */
  public SerialExecutor(Consumer<Throwable> faults) {
    this.faults = faults;
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
    tasks.add(task);
  }

  /** Runs what there is to do, unless a thread is at it: then that one does. */
  public void run() {
    if (calls.incrementAndGet() == 1) {
      run(1, MOST_FOR_OTHERS);
    }
  }

  private void run(int begun, int most) {
    int seen = begun;
    int left = most;
    while (seen != 0) {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        if (left == 0) {
          goOn(seen, task);
          return;
        }
        left--;
        runWhateverHappens(task);
      }
      seen = calls.addAndGet(-seen);
    }
  }

  private void goOn(int seen, Runnable next) {
    EngineThreads.start(
        "serial-tasks",
        () -> {
          runWhateverHappens(next);
          run(seen, Integer.MAX_VALUE);
        });
  }

  /** The boundary: the tasks behind it are others'. */
  private void runWhateverHappens(Runnable task) {
    try {
      task.run();
    } catch (Throwable fault) {
      faults.accept(fault);
    }
  }
}

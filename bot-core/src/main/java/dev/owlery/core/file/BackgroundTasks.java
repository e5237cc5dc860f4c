package dev.owlery.core.file;

import dev.owlery.spi.EngineThreads;
import java.util.concurrent.atomic.AtomicInteger;

/** Steps on threads of their own, counted as long as they run. Any thread. */
final class BackgroundTasks {

  private final AtomicInteger running = new AtomicInteger();

  void begin(String name, Runnable step) {
    running.incrementAndGet();
    boolean begun = false;
    try {
      EngineThreads.start(name, () -> run(step));
      begun = true;
    } finally {
      if (!begun) {
        running.decrementAndGet();
      }
    }
  }

  private void run(Runnable step) {
    try {
      step.run();
    } finally {
      running.decrementAndGet();
    }
  }

  boolean areFinished() {
    return running.get() == 0;
  }
}

package dev.owlery.core.file;

import java.util.concurrent.atomic.AtomicInteger;

/** Steps on threads of their own, counted as long as they run. Any thread. */
final class SideSteps {

  private final AtomicInteger running = new AtomicInteger();

  void begin(String name, Runnable step) {
    running.incrementAndGet();
    var _ =
        Thread.ofVirtual()
            .name(name)
            .start(() -> {
              try {
                step.run();
              } finally {
                running.decrementAndGet();
              }
            });
  }

  boolean areOver() {
    return running.get() == 0;
  }
}

package dev.owlery.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeriodicTasksTest {
  private static final Duration PAUSE = Duration.ofMillis(1);

  @Test
  void aTaskThatThrowsAnErrorIsRepeated() {
    AtomicInteger runs = new AtomicInteger();
    try (PeriodicTasks tasks = new PeriodicTasks("test-tasks")) {
      tasks.every(
          PAUSE,
          () -> {
            if (runs.incrementAndGet() % 2 == 0) {
              throw new OutOfMemoryError("thrown by a test");
            }
            throw new IllegalStateException("a bug");
          });
      await().until(() -> runs.get() > 5);
    }
  }

  @Test
  void tasksRunOnAPlatformThread() {
    AtomicInteger virtual = new AtomicInteger(-1);
    try (PeriodicTasks tasks = new PeriodicTasks("test-tasks")) {
      tasks.after(PAUSE, () -> virtual.set(Thread.currentThread().isVirtual() ? 1 : 0));
      await().until(() -> virtual.get() >= 0);
    }
    assertThat(virtual).hasValue(0);
  }

  @Test
  void whatIsPlannedAfterClosingIsIgnored() {
    AtomicInteger runs = new AtomicInteger();
    PeriodicTasks tasks = new PeriodicTasks("test-tasks");
    tasks.close();
    tasks.after(Duration.ZERO, runs::incrementAndGet);
    tasks.every(PAUSE, runs::incrementAndGet);
    assertThat(runs).hasValue(0);
  }
}

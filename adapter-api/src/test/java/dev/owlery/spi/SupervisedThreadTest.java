package dev.owlery.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SupervisedThreadTest {
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void workThatThrowsBeginsAnewUntilItIsDone() throws InterruptedException {
    List<Throwable> faults =
        List.of(
            new IllegalStateException("a bug"),
            new OutOfMemoryError("thrown by a test"),
            new StackOverflowError(),
            new NoClassDefFoundError("gone"));
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(1);
    SupervisedThread thread =
        new SupervisedThread(
            "test-work",
            () -> {
              int run = runs.getAndIncrement();
              if (run < faults.size()) {
                SupervisedThreadTest.<RuntimeException>sneak(faults.get(run));
              }
              done.countDown();
            },
            PAUSE);
    thread.start();
    assertThat(thread.join(PATIENCE)).isTrue();
    assertThat(done.getCount()).isZero();
    assertThat(runs).hasValue(faults.size() + 1);
  }

  @Test
  void anInterruptAloneDoesNotEndTheWork() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    SupervisedThread thread =
        new SupervisedThread(
            "test-work",
            () -> {
              runs.incrementAndGet();
              never.await();
            },
            PAUSE);
    thread.start();
    await().until(() -> runs.get() == 1);
    thread.interrupt();
    await().until(() -> runs.get() == 2);
    thread.stop();
    thread.interrupt();
    assertThat(thread.join(PATIENCE)).isTrue();
    assertThat(runs).hasValue(2);
  }

  @Test
  void workThatFailsIsNotBegunAnewAfterStopping() throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    SupervisedThread thread =
        new SupervisedThread(
            "test-work",
            () -> {
              runs.incrementAndGet();
              throw new StackOverflowError();
            },
            Duration.ofMinutes(5));
    thread.start();
    await().until(() -> runs.get() == 1);
    thread.stop();
    assertThat(thread.join(PATIENCE)).isTrue();
    assertThat(runs).hasValue(1);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable fault) throws T {
    throw (T) fault;
  }
}

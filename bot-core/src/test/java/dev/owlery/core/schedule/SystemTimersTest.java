package dev.owlery.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemTimersTest {

  private final SystemTimers timers = new SystemTimers();

  @AfterEach
  void stop() {
    timers.close();
  }

  @Test
  void aTaskOfTheEngineSharesNoCarrierWithPlugins() throws Exception {
    CompletableFuture<Boolean> virtual = new CompletableFuture<>();
    long begun = System.nanoTime();
    timers.schedule(
        Duration.ofMillis(20), () -> virtual.complete(Thread.currentThread().isVirtual()));
    assertThat(virtual.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(20_000_000);
  }

  @Test
  void aTaskThatCallsAPluginRunsOnAVirtualThread() throws Exception {
    CompletableFuture<Boolean> virtual = new CompletableFuture<>();
    timers.scheduleVirtual(
        Duration.ofMillis(20), () -> virtual.complete(Thread.currentThread().isVirtual()));
    assertThat(virtual.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anErrorOfATaskHurtsNoOther() throws Exception {
    CountDownLatch later = new CountDownLatch(1);
    for (int i = 0; i < 8; i++) {
      timers.schedule(
          Duration.ZERO,
          () -> {
            throw new OutOfMemoryError("meant to fail");
          });
    }
    timers.schedule(Duration.ofMillis(1), later::countDown);
    assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTaskThatBlocksDoesNotHoldUpTheOthers() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    timers.schedule(
        Duration.ZERO,
        () -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    timers.schedule(Duration.ofMillis(1), second::countDown);
    assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
    release.countDown();
  }

  @Test
  void aTaskThatThrowsHurtsNoOther() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    timers.schedule(
        Duration.ZERO,
        () -> {
          throw new IllegalStateException("meant to fail");
        });
    timers.schedule(Duration.ofMillis(1), second::countDown);
    assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatIsCalledOffDoesNotRun() throws Exception {
    AtomicBoolean ran = new AtomicBoolean();
    CountDownLatch later = new CountDownLatch(1);
    Runnable callOff = timers.schedule(Duration.ofMillis(30), () -> ran.set(true));
    callOff.run();
    callOff.run();
    timers.schedule(Duration.ofMillis(60), later::countDown);
    assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).isFalse();
  }

  @Test
  void anEndlessDelayIsNoFault() {
    timers.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> {}).run();
  }

  @Test
  void afterTheEndEveryTaskIsCalledOff() {
    timers.close();
    timers.schedule(Duration.ZERO, () -> {}).run();
  }
}

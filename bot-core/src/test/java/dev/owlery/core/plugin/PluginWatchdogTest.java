package dev.owlery.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Which of plugins' calls are found to compute without end. */
final class PluginWatchdogTest {

  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<String> paused = new CopyOnWriteArrayList<>();

  @Test
  void oneThatComputesIsCountedAndItsPluginPaused() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    try (PluginWatchdog watch = new PluginWatchdog(2, OFTEN, paused::add)) {
      watch.start();
      Thread spinning =
          Thread.ofVirtual()
              .start(() -> {
                try (PluginWatchdog.WatchedCall _ = watch.life("spin").enter("Spin.heard()")) {
                  long turns = 0;
                  while (!over.get()) {
                    turns++;
                  }
                  assertThat(turns).isPositive();
                }
              });
      await().atMost(PATIENCE).until(() -> paused.contains("spin"));
      assertThat(watch.busy()).isEqualTo(1);
      over.set(true);
      spinning.join();
      await().atMost(PATIENCE).until(() -> watch.busy() == 0);
      assertThat(paused).containsExactly("spin");
    }
  }

  @Test
  void oneThatWaitsIsNotHoweverLong() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    AtomicBoolean spun = new AtomicBoolean();
    try (PluginWatchdog watch = new PluginWatchdog(1, OFTEN, paused::add)) {
      Thread waiting =
          Thread.ofVirtual()
              .start(() -> {
                try (PluginWatchdog.WatchedCall _ =
                    watch.life("patient").enter("Patient.heard()")) {
                  over.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      watch.start();
      Thread spinning =
          Thread.ofVirtual()
              .start(() -> {
                try (PluginWatchdog.WatchedCall _ = watch.life("spin").enter("Spin.heard()")) {
                  while (!spun.get()) {
                    Thread.onSpinWait();
                  }
                }
              });
      await().atMost(PATIENCE).until(() -> paused.contains("spin"));
      spun.set(true);
      spinning.join();
      over.countDown();
      waiting.join();
      assertThat(paused).containsExactly("spin");
    }
  }

  @Test
  void whatIsLeftOfAnEndedLifeIsNotHeldAgainstTheNextOne() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    try (PluginWatchdog watch = new PluginWatchdog(1, OFTEN, paused::add)) {
      PluginWatchdog.Life before = watch.life("owl");
      before.end();
      Thread left = spinning(before, over);
      watch.start();
      await().atMost(PATIENCE).until(() -> watch.busy() == 1);
      Thread other = spinning(watch.life("other"), over);
      await().atMost(PATIENCE).until(() -> paused.contains("other"));
      assertThat(paused).containsExactly("other");
      over.set(true);
      left.join();
      other.join();
    }
  }

  @Test
  void whatHasADeadlineOfItsOwnIsSeenAndCountsAsNoFailure() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    try (PluginWatchdog watch = new PluginWatchdog(1, OFTEN, paused::add)) {
      Thread starting =
          Thread.ofVirtual()
              .start(() -> {
                try (PluginWatchdog.WatchedCall _ = watch.life("owl").enterUncounted("start()")) {
                  spin(over);
                }
              });
      watch.start();
      await().atMost(PATIENCE).until(() -> watch.busy() == 1);
      over.set(true);
      starting.join();
      assertThat(paused).isEmpty();
    }
  }

  private static Thread spinning(PluginWatchdog.Life life, AtomicBoolean over) {
    return Thread.ofVirtual()
        .start(() -> {
          try (PluginWatchdog.WatchedCall _ = life.enter("heard()")) {
            spin(over);
          }
        });
  }

  private static void spin(AtomicBoolean over) {
    while (!over.get()) {
      Thread.onSpinWait();
    }
  }
}

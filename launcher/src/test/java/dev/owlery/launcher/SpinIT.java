package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Handlers that compute without end. */
@Isolated("measures times")
final class SpinIT {

  private static final Path TASKSET = Path.of("/usr/bin/taskset");
  private static final int CALLS = 200;

  /** The machine may be busy with other tests; alone the 99th percentile is well below 500 ms. */
  private static final long MOST_MILLIS = 2_000;

  /** The log names the plugin and the method that soon. */
  private static final Duration NAMED = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void onOneCoreOtherRoomsAreAnsweredBesideTwoOfThem() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(TASKSET), "there is no taskset");
    answersBeside(2, List.of(TASKSET.toString(), "-c", "0"));
  }

  @Test
  @Timeout(120)
  void otherRoomsAreAnsweredBesideTwiceAsManyAsThereAreCores() throws Exception {
    answersBeside(2 * Runtime.getRuntime().availableProcessors(), List.of());
  }

  @Test
  @Timeout(120)
  void moreOfThemThanCarriersHoldOthersUpForSomeSecondsOnly() throws Exception {
    answersBeside(4, List.of(), "-Djdk.virtualThreadScheduler.parallelism=2");
  }

  private void answersBeside(int spinning, List<String> starter, String... options)
      throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("test.conf"),
            """
            bot { durability = crash, data-dir = data }
            accounts { here { protocol = console, mode = pipe } }
            plugins = [ echo, "%s" ]
            limits { commands-per-minute = 0, failures = 2 }
            """
                .formatted(SpinPlugin.class.getName()));
    try (OwleryProcess bot =
        OwleryProcess.start(
            folder, starter, List.of(options), "run", "--config", file.toString())) {
      await().atMost(PATIENCE).until(() -> bot.err().contains(" ready: "));
      for (int i = 0; i < spinning; i++) {
        bot.type("/room #spin-" + i);
        bot.type("spin");
      }
      CompletableFuture<Duration> naming = naming(bot);
      bot.type("/room #quiet");
      long first = millis(bot, "first");
      List<Long> times = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        times.add(millis(bot, "call-" + i));
      }
      times.sort(null);
      Duration named = naming.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      long p99 = times.get(CALLS * 99 / 100 - 1);
      System.out.printf(
          "[spin] %d spinning, %s: first answer %d ms, p50 %d ms, p99 %d ms, named after %d ms%n",
          spinning, starter, first, times.get(CALLS / 2), p99, named.toMillis());
      assertThat(p99).isLessThan(MOST_MILLIS);
      assertThat(named).isLessThan(NAMED);
      assertThat(bot.err()).contains("    at dev.owlery.launcher.SpinPlugin.heard(");
      await().atMost(PATIENCE).until(() -> bot.err().contains("plugin spin keeps failing"));
      bot.type("/quit");
      assertThat(bot.exitCode()).isIn(0, 1);
    }
  }

  /** How long it takes until the log names the plugin and its method. */
  private static CompletableFuture<Duration> naming(OwleryProcess bot) {
    long begun = System.nanoTime();
    return CompletableFuture.supplyAsync(() -> {
      await()
          .atMost(PATIENCE)
          .until(() -> bot.err().contains("plugin spin is busy without end in SpinPlugin.heard"));
      return Duration.ofNanos(System.nanoTime() - begun);
    });
  }

  private static long millis(OwleryProcess bot, String word) {
    long start = System.nanoTime();
    bot.type("!echo " + word);
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> bot.out().lines().anyMatch(line -> line.endsWith(word)));
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }
}

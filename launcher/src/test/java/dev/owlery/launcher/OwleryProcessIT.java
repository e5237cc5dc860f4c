package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bot as a process: its start, its streams, its signals, its exit codes. */
final class OwleryProcessIT {

  @TempDir private Path folder;

  private void awaitReady(OwleryProcess bot) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !bot.isAlive() || bot.err().contains(" ready: "));
    assertThat(bot.err()).contains(" ready: ");
  }

  private OwleryProcess run(String configuration) throws Exception {
    Path file = Files.writeString(folder.resolve("test.conf"), configuration);
    return OwleryProcess.start(folder, "run", "--config", file.toString());
  }

  @Test
  void withoutAConfigurationItAnswersAPipeAndEndsWithItsInput() throws Exception {
    try (OwleryProcess bot = OwleryProcess.start(folder, "run")) {
      bot.type("!echo hello");
      bot.endInput();

      assertThat(bot.exitCode()).isZero();
      assertThat(bot.out()).isEqualTo("hello\n");
      assertThat(bot.err()).contains(" ready: 1 account online");
      assertThat(folder.toFile().list()).containsExactlyInAnyOrder("out.txt", "err.txt");
    }
  }

  @Test
  void aTerminationSignalStopsItCleanly() throws Exception {
    try (OwleryProcess bot =
        run("bot { durability = crash }\naccounts { here { protocol = console } }")) {
      awaitReady(bot);
      bot.terminate();

      assertThat(bot.exitCode()).isZero();
      assertThat(bot.err()).contains("SIGTERM: stopping", "stopped");
    }
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    try (OwleryProcess bot =
        run(
            "bot { durability = off }\naccounts { here { protocol = console } }\nplugins = [ \""
                + StubbornPlugin.class.getName()
                + "\" ]")) {
      awaitReady(bot);
      Instant first = Instant.now();
      bot.terminate();
      await().atMost(Duration.ofSeconds(5)).until(() -> bot.err().contains("SIGTERM: stopping"));
      bot.terminate();

      assertThat(bot.exitCode()).isEqualTo(1);
      assertThat(Duration.between(first, Instant.now())).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void whatHangsDoesNotKeepItFromEndingWithinTenSeconds() throws Exception {
    try (OwleryProcess bot =
        run(
            "bot { durability = off }\naccounts { here { protocol = console } }\nplugins = [ \""
                + StubbornPlugin.class.getName()
                + "\" ]")) {
      awaitReady(bot);
      Instant first = Instant.now();
      bot.terminate();

      assertThat(bot.exitCode()).isBetween(0, 1);
      assertThat(Duration.between(first, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void twoBotsDoNotShareADataDirectory() throws Exception {
    String configuration = "bot { durability = crash }\naccounts { here { protocol = console } }";
    try (OwleryProcess first = run(configuration)) {
      awaitReady(first);
      Path other = Files.createDirectory(folder.resolve("other"));
      Path file =
          Files.writeString(
              other.resolve("bot.conf"),
              configuration.replace("crash", "crash, data-dir = \"../data\""));

      try (OwleryProcess second = OwleryProcess.start(other, "run", "--config", file.toString())) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("in use by another bot").doesNotContain("\tat ");
      }
    }
  }

  @Test
  void sendPrintsOnTheConsoleAndEnds() throws Exception {
    try (OwleryProcess bot = OwleryProcess.start(folder, "send", "here/you", "hi", "there")) {
      assertThat(bot.exitCode()).isZero();
      assertThat(bot.out()).isEqualTo("hi there\n");
    }
  }
}

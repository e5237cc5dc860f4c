package dev.owlery.plugins.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.content.Item.Severity;
import dev.owlery.testkit.BotScenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs in chat, and on topics. */
class LogsPluginTest {

  private static final Duration LOOK = Duration.ofMillis(250);

  @TempDir private Path folder;
  @TempDir private Path data;
  private Path log;

  @BeforeEach
  void begin() throws IOException {
    log = Files.writeString(folder.resolve("web.log"), "before\n");
  }

  private BotScenario bot(Optional<String> topic, int burst) {
    var file = new LogsSettings.Followed(log, topic, topic.map(_ -> "error"), Severity.WARNING);
    return BotScenario.with(LogsPlugin.class)
        .settings(new LogsSettings(Map.of("web", file), LOOK, burst, Duration.ofSeconds(10), 60))
        .grant("everyone", "view", "logs.tail")
        .topic("logs.*", "here/#ops")
        .sqlite(data)
        .start();
  }

  private void write(String... lines) {
    try {
      Files.write(
          log,
          (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whoever_asks_is_told_what_matches_until_it_is_enough() {
    try (BotScenario bot = bot(Optional.empty(), 3)) {
      var ann = bot.user("ann").in("#dev");
      ann.says("!tail start web status=5..");
      bot.expect("#dev").says("From now on I tell here what is written into web.");
      write("status=200", "status=500 a", "status=503 b");
      bot.turn(LOOK);
      bot.expect("#dev").says("status=500 a\nstatus=503 b");
      write("status=501", "status=502", "status=503", "status=504 " + "x".repeat(100));
      bot.turn(LOOK);
      bot.expect("#dev").says("status=501");
      bot.turn(Duration.ofSeconds(11));
      bot.expect("#dev").says("3 more lines");
      bot.restart();
      write("status=599 " + "x".repeat(100));
      bot.turn(LOOK);
      bot.expect("#dev").says("status=599 " + "x".repeat(49) + "\u2026");
      ann.says("!tail stop");
      bot.expect("#dev").says("I tell web here no more.");
      write("status=500");
      bot.turn(LOOK);
      bot.expect("#dev").nothing();
    }
  }

  @Test
  void only_named_files_and_sound_patterns_are_taken() {
    try (BotScenario bot = bot(Optional.empty(), 3)) {
      var ann = bot.user("ann").in("#dev");
      ann.says("!tail start ../../etc/passwd");
      bot.expect("#dev").saysWith("there is no log ../../etc/passwd; there are: web");
      ann.says("!tail start web (a{500}){500}");
      bot.expect("#dev").says("the pattern is too big");
      ann.says("!tail stop web");
      bot.expect("#dev").says("I tell no such log here");
    }
  }

  @Test
  void a_topic_gets_each_line_once_over_crashes_and_rotations() throws IOException {
    try (BotScenario bot = bot(Optional.of("logs.web"), 0)) {
      bot.turn(LOOK);
      write("error 1", "fine", "error 2");
      bot.turn(LOOK);
      bot.expect("#ops").says("WARNING: web: error 1", "WARNING: web: error 2");
      bot.crash();
      write("error 3");
      bot.turn(LOOK);
      bot.expect("#ops").says("WARNING: web: error 3");
      bot.crash();
      write("error 4");
      Files.move(log, folder.resolve("web.log.1"));
      Files.writeString(log, "error 5\n");
      bot.turn(LOOK);
      bot.turn(LOOK);
      bot.expect("#ops").says("WARNING: web: error 4", "WARNING: web: error 5").nothing();
      assertThat(folder.resolve("web.log.1")).exists();
    }
  }

  /** It opens a pipe without a writer, and would wait for one for ever. */
  @Test
  void whatIsNoFileIsRefusedByNameAndTheOthersAreFollowed() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Map<String, LogsSettings.Followed> files = new TreeMap<>();
    for (Map.Entry<String, Path> each :
        Map.of("a-pipe", pipe, "a-folder", data, "web", log).entrySet()) {
      files.put(
          each.getKey(),
          new LogsSettings.Followed(
              each.getValue(), Optional.of("logs.x"), Optional.empty(), Severity.INFO));
    }
    try (BotScenario bot =
        BotScenario.with(LogsPlugin.class)
            .settings(new LogsSettings(files, LOOK, 3, Duration.ofSeconds(10), 60))
            .grant("everyone", "view", "logs.tail")
            .topic("logs.*", "here/#ops")
            .start()) {
      write("a line");
      bot.turn(LOOK);
      bot.expect("#ops").says("web: a line");
      bot.user("ann").in("#dev").says("!tail start a-pipe");
      bot.expect("#dev")
          .saysWith("I cannot follow a-pipe: it is no ordinary file, but a folder, a pipe");
    }
  }
}

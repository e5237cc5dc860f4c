package dev.owlery.plugins.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A log that is written at 50,000 lines a second, renamed twice and once copied and emptied, with a
 * pattern that one line in a thousand matches: each is told once, in order.
 */
@Tag("proof")
class LogProofTest {

  private static final boolean FULL = "full".equals(System.getProperty("owlery.proof"));
  private static final int PER_SECOND = 50_000;
  private static final int SECONDS = FULL ? 20 : 4;
  private static final int LINES = PER_SECOND * SECONDS;

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();

  @Test
  @Timeout(120)
  void each_matching_line_is_told_once_and_in_order() throws Exception {
    Path log = Files.createFile(folder.resolve("app.log"));
    LogsSettings settings =
        new LogsSettings(Map.of(), Duration.ofMillis(50), 0, Duration.ofSeconds(1), 400);
    WatchedLog watch =
        new WatchedLog(
            LogTail.fromNow(log),
            LinePattern.of("level=(error|fatal)"),
            settings,
            Clock.systemUTC(),
            new WatchedLog.LineListener() {
              @Override
              public void tell(List<String> lines, long more, Optional<LogPosition> read) {
                told.addAll(lines);
              }

              @Override
              public void tooSlow() {
                throw new AssertionError("too slow");
              }
            },
            LoggerFactory.getLogger(LogProofTest.class));
    long start = System.nanoTime();
    Thread writer = Thread.ofPlatform().start(() -> write(log));
    List<Long> live = new ArrayList<>();
    for (int look = 0; writer.isAlive(); look++) {
      watch.look();
      if (look % 20 == 0) {
        live.add(live());
      }
      LockSupport.parkNanos(settings.every().toNanos());
    }
    long perSecond = LINES * 1_000_000_000L / (System.nanoTime() - start);
    watch.look();
    watch.look();
    watch.end();
    long grown = (Collections.max(live) - live.getFirst()) >> 20;
    System.out.printf(
        "[proof] logs: %d lines at %d a second, %d of %d told, live memory %+d MiB at most%n",
        LINES, perSecond, told.size(), LINES / 1_000, grown);
    assertThat(grown).isLessThan(16);
    List<String> expected =
        IntStream.range(0, LINES)
            .filter(i -> i % 1_000 == 999)
            .mapToObj(LogProofTest::line)
            .toList();
    assertThat(told).isEqualTo(expected);
  }

  /** What is in use when nothing is left that could go. */
  private static long live() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static String line(int number) {
    String level = number % 1_000 == 999 ? "level=error" : "level=info";
    return "2026-11-22T10:00:00Z " + level + " request=" + number + " path=/a/b/c status=200 ms=12";
  }

  private static void write(Path log) {
    try {
      long start = System.nanoTime();
      OutputStream out = open(log);
      for (int i = 0; i < LINES; i++) {
        out.write((line(i) + "\n").getBytes(StandardCharsets.UTF_8));
        if (i % 500 == 499) {
          out.flush();
          long due = start + (i + 1) * 1_000_000_000L / PER_SECOND;
          LockSupport.parkNanos(due - System.nanoTime());
        }
        if (i == LINES / 4 || i == LINES * 3 / 4) {
          Files.move(log, log.resolveSibling("app.log." + (i < LINES / 2 ? 3 : 1)));
          // As logrotate does: the writer goes on with the old file until it is told.
          out.write((line(++i) + "\n").getBytes(StandardCharsets.UTF_8));
          out.close();
          out = open(log);
        } else if (i == LINES / 2) {
          out.flush();
          Files.copy(log, log.resolveSibling("app.log.2"));
          try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(0);
          }
        }
      }
      out.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static OutputStream open(Path log) throws IOException {
    return new BufferedOutputStream(
        Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND), 32_768);
  }
}

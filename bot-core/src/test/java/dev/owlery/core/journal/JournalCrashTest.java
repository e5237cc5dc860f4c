package dev.owlery.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.action.Say;
import dev.owlery.core.journal.Journal.Recovery;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills processes that write a journal ({@code kill -9}), and looks at what they left. */
class JournalCrashTest {

  /** A few for every build; {@code -Dowlery.kills=50} for a proof. */
  private static final int KILLS = Integer.getInteger("owlery.kills", 3);

  @TempDir private Path directory;
  private final Random random = new Random(20261122);
  private final Set<Integer> recorded = new HashSet<>();
  private final Set<Integer> committed = new HashSet<>();
  private final Set<Integer> settling = new HashSet<>();

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void nothingThatWasAcknowledgedIsLostAndUnitsAreWhole() throws Exception {
    for (int kill = 1; kill <= KILLS; kill++) {
      Durability durability = kill % 2 == 0 ? Durability.CRASH : Durability.POWER;
      runAndKill(durability, kill * 1_000_000, random.nextInt(5, 5_000));
      check();
    }
    assertThat(committed).hasSizeGreaterThan(KILLS);
  }

  @Test
  void aDirectoryInUseByAnotherProcessIsRefusedAndFreeWhenThatIsKilled() throws Exception {
    Process other = start(Durability.CRASH, 0);
    try (BufferedReader lines = other.inputReader(StandardCharsets.US_ASCII)) {
      assertThat(lines.readLine()).isEqualTo("ready");
      assertThatThrownBy(this::open)
          .isInstanceOf(JournalException.class)
          .hasMessageEndingWith("is in use by another bot (process " + other.pid() + ")");
    } finally {
      kill(other);
    }
    open().close();
  }

  /** Lets a process write until it has acknowledged so much, kills it, and notes all it said. */
  private void runAndKill(Durability durability, int from, int acknowledged) throws Exception {
    Process writer = start(durability, from);
    List<String> lines = new ArrayList<>();
    try (BufferedReader output = writer.inputReader(StandardCharsets.US_ASCII)) {
      assertThat(output.readLine()).isEqualTo("ready");
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (lines.size() == acknowledged) {
          writer.toHandle().destroyForcibly();
        }
      }
    } finally {
      kill(writer);
    }
    assertThat(lines).hasSizeGreaterThanOrEqualTo(acknowledged);
    for (String line : lines) {
      if (line.length() > 2) {
        note(line.charAt(0), Integer.parseInt(line.substring(2)));
      }
    }
  }

  private void note(char what, int number) {
    switch (what) {
      case 'r' -> recorded.add(number);
      case 'c' -> committed.add(number);
      case 's' -> settling.add(number);
      default -> throw new AssertionError("unknown line " + what);
    }
  }

  private void check() {
    try (Journal journal = open()) {
      Recovery left = journal.recover();
      Set<Integer> unfinished =
          left.events().stream()
              .map(e -> Integer.parseInt(e.event().origin().key().substring(1)))
              .collect(Collectors.toSet());
      Map<Integer, Long> actions =
          left.actions().stream()
              .collect(
                  Collectors.groupingBy(
                      e -> number((Say) e.outgoing().action()), Collectors.counting()));
      Set<Integer> units =
          journal.values("units", "u").keySet().stream()
              .map(key -> Integer.parseInt(key.substring(1)))
              .collect(Collectors.toSet());
      assertThat(units).containsAll(committed);
      assertThat(Collections.disjoint(unfinished, units)).isTrue();
      for (int each : recorded) {
        assertThat(units.contains(each) || unfinished.contains(each)).as("event " + each).isTrue();
      }
      assertThat(units).containsAll(actions.keySet());
      for (int each : units) {
        if (!settling.contains(each) && each % 3 != 0) {
          assertThat(actions).as("unit " + each).containsEntry(each, 2L);
        }
      }
      assertThat(left.events()).isSortedAccordingTo((a, b) -> Long.compare(a.number(), b.number()));
      recorded.stream().limit(200).forEach(each -> assertKnown(journal, each));
    }
  }

  private static void assertKnown(Journal journal, int each) {
    var again = JournalContract.said(JournalContract.OWLS, "k" + each, "" + each);
    assertThat(JournalContract.done(journal.record(again, e -> {}))).isFalse();
  }

  private static int number(Say say) {
    String text = say.content().plain();
    return Integer.parseInt(text.substring(0, text.indexOf('/')));
  }

  private Journal open() {
    return SqliteJournal.open(directory, Durability.CRASH, JournalContract.CLOCK);
  }

  private Process start(Durability durability, int from) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            CrashingWriter.class.getName(),
            directory.toString(),
            durability.name(),
            Integer.toString(from))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }
}

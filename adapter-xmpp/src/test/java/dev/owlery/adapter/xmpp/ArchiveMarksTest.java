package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.plugin.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ArchiveMarksTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final FullJournal memory = new FullJournal();
  private final ArchiveMarks marks = new ArchiveMarks(memory, Clock.fixed(NOW, ZoneOffset.UTC));

  /** A write waits until the journal's own thread has done what it does next. */
  private static final class FullJournal implements Store {
    private final Map<String, String> values = new TreeMap<>();
    private final List<Boolean> ended = new ArrayList<>();
    private Optional<Runnable> next = Optional.empty();

    @Override
    public Optional<String> get(String key) {
      return Optional.ofNullable(values.get(key));
    }

    @Override
    public void put(String key, String value) {
      values.put(key, value);
      Optional<Runnable> callback = next;
      next = Optional.empty();
      callback.ifPresent(what -> ended.add(endsInTime(what)));
    }

    private static boolean endsInTime(Runnable what) {
      try {
        return Thread.ofPlatform().daemon().start(what).join(Duration.ofSeconds(20));
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }

    @Override
    public void remove(String key) {
      values.remove(key);
    }

    @Override
    public Map<String, String> entries(String prefix) {
      return Map.copyOf(values);
    }
  }

  @Test
  void theJournalsThreadMayMoveAMarkWhileAWriteWaitsForIt() {
    memory.next = Optional.of(() -> marks.recorded("ops@rooms", "2", NOW));
    marks.recorded("ops@rooms", "1", NOW);
    marks.write();
    assertThat(memory.ended).containsExactly(true);
    assertThat(memory.values.get("archive:ops@rooms")).endsWith(" 1");
    marks.write();
    assertThat(memory.values.get("archive:ops@rooms")).endsWith(" 2");
  }

  @Test
  void theNewestMarkIsWrittenLastHoweverManyWrite() {
    memory.next =
        Optional.of(() -> {
          marks.recorded("ops@rooms", "2", NOW);
          marks.write();
        });
    marks.recorded("ops@rooms", "1", NOW);
    marks.write();
    assertThat(memory.ended).containsExactly(true);
    assertThat(memory.values.get("archive:ops@rooms")).endsWith(" 2");
  }
}

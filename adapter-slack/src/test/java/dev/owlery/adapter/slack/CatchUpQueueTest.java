package dev.owlery.adapter.slack;

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

/** The journal's own thread tells what was recorded, also while others wait for the journal. */
final class CatchUpQueueTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final FullJournal memory = new FullJournal();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final ReadMarks marks = new ReadMarks(memory, clock);

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
  void aConversationMayStayBehindWhileTheMarksAreBeingWritten() {
    memory.next =
        Optional.of(() -> {
          marks.stayedBehind("C1", NOW.minusSeconds(60));
          marks.write();
        });
    marks.begin(NOW, Map.of());
    assertThat(memory.ended).containsExactly(true);
    assertThat(new ReadMarks(memory, clock).since("C1"))
        .isEqualTo(NOW.minusSeconds(60).minus(ReadMarks.OVERLAP));
  }

  @Test
  void theQueueIsFreeWhileItIsWrittenDownThatAllWasRead() {
    try (CatchUpQueue queue = new CatchUpQueue(null, marks, clock, 0)) {
      memory.next = Optional.of(queue::lost);
      queue.begin(List.of(), NOW);
      assertThat(memory.ended).containsExactly(true);
    }
  }
}

package dev.owlery.adapter.slack.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.WaitingStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The journal's own thread tells what was recorded, also while others wait for the journal. */
final class CatchUpQueueTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final WaitingStore memory = new WaitingStore();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final ReadMarks marks = new ReadMarks(memory, clock);

  @Test
  void aConversationMayStayBehindWhileTheMarksAreBeingWritten() {
    memory.whileNextWriteWaits(() -> {
      marks.stayedBehind("C1", NOW.minusSeconds(60));
      marks.write();
    });
    marks.begin(NOW, Map.of());
    assertThat(memory.ended()).containsExactly(true);
    assertThat(new ReadMarks(memory, clock).since("C1"))
        .isEqualTo(NOW.minusSeconds(60).minus(ReadMarks.OVERLAP));
  }

  @Test
  void theQueueIsFreeWhileItIsWrittenDownThatAllWasRead() {
    try (CatchUpQueue queue = new CatchUpQueue(null, marks, clock, 0)) {
      memory.whileNextWriteWaits(queue::lost);
      queue.begin(List.of(), NOW);
      assertThat(memory.ended()).containsExactly(true);
    }
  }
}

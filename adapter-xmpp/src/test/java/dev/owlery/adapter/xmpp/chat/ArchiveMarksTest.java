package dev.owlery.adapter.xmpp.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.WaitingStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ArchiveMarksTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final WaitingStore memory = new WaitingStore();
  private final ArchiveMarks marks = new ArchiveMarks(memory, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void theJournalsThreadMayMoveAMarkWhileAWriteWaitsForIt() {
    memory.whileNextWriteWaits(() -> marks.recorded("ops@rooms", "2", NOW));
    marks.recorded("ops@rooms", "1", NOW);
    marks.write();
    assertThat(memory.ended()).containsExactly(true);
    assertThat(memory.get("archive:ops@rooms").orElse("")).endsWith(" 1");
    marks.write();
    assertThat(memory.get("archive:ops@rooms").orElse("")).endsWith(" 2");
  }

  @Test
  void theNewestMarkIsWrittenLastHoweverManyWrite() {
    memory.whileNextWriteWaits(() -> {
      marks.recorded("ops@rooms", "2", NOW);
      marks.write();
    });
    marks.recorded("ops@rooms", "1", NOW);
    marks.write();
    assertThat(memory.ended()).containsExactly(true);
    assertThat(memory.get("archive:ops@rooms").orElse("")).endsWith(" 2");
  }
}

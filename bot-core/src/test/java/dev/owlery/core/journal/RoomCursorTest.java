package dev.owlery.core.journal;

import static dev.owlery.core.journal.JournalContract.CLOCK;
import static dev.owlery.core.journal.JournalContract.MICE;
import static dev.owlery.core.journal.JournalContract.NOON;
import static dev.owlery.core.journal.JournalContract.OWLS;
import static dev.owlery.core.journal.JournalContract.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stamps come from outside; how far a conversation was read is for our own clock to say. */
class RoomCursorTest {
  private static final Instant FAR = Instant.parse("2099-01-01T00:00:00Z");
  private static final Instant LONG_AGO = Instant.parse("1999-01-01T00:00:00Z");

  private static final Conversation ELSEWHERE = Conversation.room(new AccountId("oftc"), "#owls");

  @TempDir private Path temporary;

  private Journal open(Instant now) {
    Journal journal =
        SqliteJournal.open(
            temporary.resolve("data"), Durability.CRASH, Clock.fixed(now, ZoneOffset.UTC));
    journal.recover();
    return journal;
  }

  private static CompletionStage<Boolean> record(
      Journal journal, Conversation where, String key, Instant at) {
    return record(journal, where, Origin.caughtUp(key, at));
  }

  private static CompletionStage<Boolean> record(
      Journal journal, Conversation where, Origin origin) {
    return journal.record(
        new MessagePosted(
            origin,
            where,
            Member.unverified("mal"),
            Content.of("hoo"),
            Tone.NORMAL,
            Optional.empty(),
            Optional.empty()),
        entry -> {});
  }

  private static Instant cursor(Journal journal, Conversation where) {
    return journal.lastSeen(where).orElseThrow().at();
  }

  private static void stampsMoveTheCursorOnlyAsFarAsOurClockGoes(Journal journal) {
    done(record(journal, OWLS, "k1", NOON.minusSeconds(60)));
    assertThat(cursor(journal, OWLS)).isEqualTo(NOON.minusSeconds(60));
    done(record(journal, OWLS, "k2", LONG_AGO));
    assertThat(cursor(journal, OWLS)).isEqualTo(NOON.minusSeconds(60));
    done(record(journal, OWLS, "k3", FAR));
    assertThat(journal.lastSeen(OWLS)).contains(Origin.caughtUp("k3", NOON));
    done(record(journal, MICE, "k4", FAR));
    assertThat(cursor(journal, MICE)).isEqualTo(NOON);
  }

  @Test
  void aServerWhoseClockIsBehindOursSaysHowFarItWasRead() {
    Journal journal = new MemoryJournal(CLOCK);
    done(record(journal, OWLS, Origin.live("joined", NOON)));
    done(record(journal, OWLS, Origin.live("said", NOON.minusSeconds(60))));
    assertThat(cursor(journal, OWLS)).isEqualTo(NOON.minusSeconds(60));
  }

  @Test
  void inMemoryAStampMovesTheCursorOnlyAsFarAsOurClockGoes() {
    stampsMoveTheCursorOnlyAsFarAsOurClockGoes(new MemoryJournal(CLOCK));
  }

  @Test
  void inTheDatabaseAStampMovesTheCursorOnlyAsFarAsOurClockGoes() {
    try (Journal journal = open(NOON)) {
      stampsMoveTheCursorOnlyAsFarAsOurClockGoes(journal);
    }
    // Found in the inbox again, not in the table of rooms.
    try (Journal journal = open(NOON.plusSeconds(600))) {
      assertThat(cursor(journal, OWLS)).isEqualTo(NOON);
      assertThat(cursor(journal, MICE)).isEqualTo(NOON);
    }
  }

  @Test
  void aCursorThatWasNotedKeepsTheTimeOfOurClock() {
    try (Journal journal = open(NOON)) {
      List<CompletionStage<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        all.add(record(journal, OWLS, "k" + i, FAR));
      }
      all.forEach(JournalContract::done);
    }
    try (Journal journal = open(NOON.plusSeconds(600))) {
      assertThat(cursor(journal, OWLS)).isEqualTo(NOON);
    }
  }

  @Test
  void aDatabaseWithACursorFromTheFutureHealsWhenItIsOpened() {
    // What a version that believed every stamp has left behind.
    try (Journal journal = open(FAR)) {
      done(record(journal, OWLS, "k1", FAR));
      done(record(journal, MICE, "k2", NOON.minus(Duration.ofHours(2))));
      done(record(journal, ELSEWHERE, "k3", FAR));
    }
    try (Journal journal = open(NOON)) {
      assertThat(cursor(journal, OWLS)).isEqualTo(NOON.minus(Duration.ofHours(2)));
      assertThat(cursor(journal, ELSEWHERE)).isEqualTo(NOON.minus(Duration.ofDays(1)));
      assertThat(done(record(journal, OWLS, "k1", NOON))).isFalse();
      done(record(journal, OWLS, "k4", NOON));
      assertThat(cursor(journal, OWLS)).isEqualTo(NOON);
    }
    try (Journal journal = open(NOON.plusSeconds(60))) {
      assertThat(cursor(journal, OWLS)).isEqualTo(NOON);
    }
  }
}

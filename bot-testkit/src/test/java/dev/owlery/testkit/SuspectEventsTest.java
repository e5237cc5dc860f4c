package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.core.journal.Durability;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.Journal.InboxEntry;
import dev.owlery.core.journal.SqliteJournal;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events inside of whose handlers an earlier process ended. */
class SuspectEventsTest {

  private static final int ROOMS = 8;

  @TempDir private Path data;

  /** Notes when it is entered and left. */
  public static final class StepsPlugin implements Plugin {
    private static final List<String> STEPS = new CopyOnWriteArrayList<>();

    @Inject
    StepsPlugin() {}

    /** Takes a moment, in which others would be noticed. */
    @On
    public void heard(MessagePosted message) throws InterruptedException {
      String text = message.content().plain();
      STEPS.add("in " + text);
      assertThat(new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS)).isFalse();
      STEPS.add("out " + text);
    }
  }

  @Test
  void are_handled_first_each_alone_and_behind_what_came_before_them_in_their_room() {
    List<String> expected = new ArrayList<>();
    try (Journal journal = SqliteJournal.open(data, Durability.CRASH, Clock.systemUTC())) {
      journal.recover();
      List<InboxEntry> entries = new CopyOnWriteArrayList<>();
      for (String text : List.of("before", "suspect", "after")) {
        for (int room = 0; room < ROOMS; room++) {
          record(journal, room, text + room, entries);
        }
      }
      for (int room = 0; room < ROOMS; room += 2) {
        long suspect = entries.get(ROOMS + room).number();
        journal.attempts().mark(suspect, 1, "some plugin").toCompletableFuture().join();
      }
      for (String text : List.of("before", "suspect")) {
        for (int room = 0; room < ROOMS; room += 2) {
          expected.addAll(List.of("in " + text + room, "out " + text + room));
        }
      }
    }
    StepsPlugin.STEPS.clear();
    try (BotScenario bot = BotScenario.with(StepsPlugin.class).sqlite(data).start()) {
      bot.expect("#room-0").nothing();
      assertThat(StepsPlugin.STEPS).startsWith(expected.toArray(String[]::new));
      assertThat(StepsPlugin.STEPS).hasSize(2 * 3 * ROOMS);
      for (int room = 0; room < ROOMS; room++) {
        int number = room;
        assertThat(StepsPlugin.STEPS)
            .filteredOn(step -> step.startsWith("in") && step.endsWith("" + number))
            .containsExactly("in before" + room, "in suspect" + room, "in after" + room);
      }
    }
    try (Journal journal = SqliteJournal.open(data, Durability.CRASH, Clock.systemUTC())) {
      assertThat(journal.recover().attempts()).isEmpty();
    }
  }

  private static void record(Journal journal, int room, String text, List<InboxEntry> entries) {
    MessagePosted message =
        new MessagePosted(
            Origin.live(text, Clock.systemUTC().instant()),
            Conversation.room(new AccountId("here"), "#room-" + room),
            Member.unverified("ann"),
            Content.of(text),
            Tone.NORMAL,
            Optional.empty(),
            Optional.empty());
    journal.record(message, entries::add).toCompletableFuture().join();
  }
}

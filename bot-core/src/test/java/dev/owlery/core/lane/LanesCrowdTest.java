package dev.owlery.core.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.Origin;
import dev.owlery.core.account.Accounts;
import dev.owlery.core.filter.Filters;
import dev.owlery.core.journal.EventAttempts;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.Journal.InboxEntry;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.journal.Journal.Recovery;
import dev.owlery.core.journal.MemoryJournal;
import dev.owlery.core.lane.Lanes.LaneSettings;
import dev.owlery.core.outbox.Nobody;
import dev.owlery.core.outbox.Outbox;
import dev.owlery.core.outbox.OutboxSettings;
import dev.owlery.core.permission.PermissionSettings;
import dev.owlery.core.permission.RolePermissions;
import dev.owlery.core.schedule.SystemTimers;
import dev.owlery.core.work.Committer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Events whose answers would find no room in the outbox. */
class LanesCrowdTest {

  private static final AccountId NET = new AccountId("net");
  private static final Conversation OWLS = Conversation.room(NET, "#owls");
  private static final int WAITING = 16;

  @Test
  void eventsWaitWhileTheOutboxIsNearlyFullButNotUntilThereIsNoRoomForEvents() throws Exception {
    try (SystemTimers timers = new SystemTimers();
        Journal journal = new MemoryJournal(timers.clock());
        Outbox outbox = crowded(journal, timers);
        Lanes lanes = lanes(journal, outbox, timers)) {
      for (int number = 1; number <= WAITING - WAITING / 4; number++) {
        lanes.reserve();
        lanes.submit(entry(number));
      }
      Awaitility.await()
          .during(Duration.ofMillis(300))
          .atMost(Duration.ofSeconds(20))
          .until(() -> !lanes.idle());
      lanes.reserve();
      lanes.submit(entry(WAITING));
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> free(lanes, WAITING / 4));
      assertThat(lanes.stop(Duration.ofSeconds(20))).isTrue();
    }
  }

  @Test
  void whatIsHandledAloneAtTheStartDoesNotWaitForTheOutboxOfAnAccountThatIsNotOnlineYet()
      throws Exception {
    try (SystemTimers timers = new SystemTimers();
        Journal journal = new MemoryJournal(timers.clock());
        Outbox outbox = crowded(journal, timers);
        Lanes lanes = lanes(journal, outbox, timers)) {
      List<InboxEntry> left = List.of(entry(1), entry(2));
      lanes.recovered(new Recovery(left, List.of(), Map.of(2L, 1), List.of()), EventAttempts.NONE);
      for (InboxEntry entry : left) {
        assertThat(lanes.submitAlone(entry, Duration.ofSeconds(20))).isTrue();
      }
      assertThat(lanes.stop(Duration.ofSeconds(20))).isTrue();
    }
  }

  /** Whether there is room for so many events. */
  private static boolean free(Lanes lanes, int events) throws InterruptedException {
    for (int i = 0; i < events; i++) {
      lanes.reserve();
    }
    for (int i = 0; i < events; i++) {
      lanes.release();
    }
    return true;
  }

  private static Outbox crowded(Journal journal, SystemTimers timers) {
    Outbox outbox =
        new Outbox(
            journal, timers, new OutboxSettings(4, 5, Duration.ofHours(1), true), new Nobody());
    for (int number = 1; number <= 3; number++) {
      Say say = new Say(OWLS, Content.of("kept"));
      Outgoing outgoing = new Outgoing("t" + number, say, 1, Instant.now());
      outbox.enqueue(new OutboxEntry(number, outgoing, false), receipt -> {});
    }
    return outbox;
  }

  private static Lanes lanes(Journal journal, Outbox outbox, SystemTimers timers) {
    Accounts accounts = new Accounts();
    return new Lanes(
        new LaneSettings(Duration.ofSeconds(30), WAITING),
        timers,
        new Filters(
            timers.clock(), 0, new RolePermissions(PermissionSettings.withoutBlock(List.of()))),
        new Handlers(1),
        null,
        new Committer(journal, outbox, accounts, timers, said -> true),
        new Incidents(),
        accounts,
        null);
  }

  private static InboxEntry entry(int number) {
    return new InboxEntry(
        number,
        new MemberJoined(
            Origin.live("key" + number, Instant.EPOCH), OWLS, Member.unverified("ann")));
  }
}

package dev.owlery.core.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.AccountOnline;
import dev.owlery.api.event.Origin;
import dev.owlery.core.inbox.Inbox;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.Journal.InboxEntry;
import dev.owlery.core.journal.Journal.Recovery;
import dev.owlery.core.journal.MemoryJournal;
import dev.owlery.core.lane.Lanes.LaneSettings;
import dev.owlery.core.schedule.SystemTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LanesStopTest {

  @Test
  void anEventThatComesInBehindTheStopDoesNotHoldItUp() throws Exception {
    try (SystemTimers timers = new SystemTimers();
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      // Nothing begins after the stop, so that no station is met.
      Lanes lanes = lanes(timers);
      lanes.reserve();
      CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> stop(lanes), executor);
      Awaitility.await().until(lanes::stopped);
      lanes.submit(entry());
      assertThat(ended.get(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whatFailsBehindTheReplayIsTold() throws Exception {
    try (SystemTimers timers = new SystemTimers();
        Journal journal = new MemoryJournal(timers.clock())) {
      // Nothing begins after the stop, so that no station is met.
      Lanes lanes = lanes(timers);
      lanes.close();
      Recovery left = new Recovery(List.of(entry()), List.of(), Map.of(), List.of());
      CompletableFuture<Void> start =
          new Inbox(journal, lanes)
              .replay(
                  left,
                  () -> {
                    throw new IllegalStateException("the port is taken");
                  })
              .toCompletableFuture();
      assertThat(start)
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .withMessageContaining("the port is taken");
    }
  }

  private static Lanes lanes(SystemTimers timers) {
    return new Lanes(
        new LaneSettings(Duration.ofSeconds(30), 10),
        timers,
        null,
        new Handlers(0),
        null,
        null,
        null,
        null,
        null);
  }

  private static boolean stop(Lanes lanes) {
    try {
      return lanes.stop(Duration.ofSeconds(3));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InboxEntry entry() {
    return new InboxEntry(
        1,
        new AccountOnline(
            Origin.live("key", Instant.EPOCH), Conversation.ofAccount(new AccountId("net"))));
  }
}

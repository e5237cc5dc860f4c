package dev.owlery.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Content;
import dev.owlery.core.journal.Durability;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.Journal.JournalWork;
import dev.owlery.core.journal.Journal.NewAction;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.journal.SqliteJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outbox over restarts, with the journal on disk. */
class OutboxRestartTest {

  private static final AccountId LIBERA = new AccountId("libera");
  private static final Conversation OWLS = Conversation.room(LIBERA, "#owls");

  @TempDir private Path directory;
  private final HandTimers timers = new HandTimers();

  @Test
  void whatWasUnderwayIsLookedUpAndWhatWaitedIsSentInOrder() {
    ScriptedAdapter before = new ScriptedAdapter(LIBERA);
    before.holdEverything();
    try (Journal journal = open();
        Outbox outbox = outbox(journal, before)) {
      journal.recover();
      outbox.online(LIBERA);
      say(journal, outbox, "one");
      say(journal, outbox, "two");
      before.settle("one", Outcome.DELIVERED);
      outbox.offline(LIBERA);
      say(journal, outbox, "three");
    }
    ScriptedAdapter after = new ScriptedAdapter(LIBERA);
    after.onLookUp =
        each -> CompletableFuture.completedFuture(new Outcome.NotSent(Duration.ZERO, "not there"));
    try (Journal journal = open();
        Outbox outbox = outbox(journal, after)) {
      outbox.restore(journal.recover().actions());
      say(journal, outbox, "four");
      outbox.online(LIBERA);
      settled(outbox);
      assertThat(after.lookedUp).containsExactly("two");
      assertThat(after.performed).containsExactly("two", "three", "four");
    }
    try (Journal journal = open()) {
      assertThat(journal.recover().actions()).isEmpty();
    }
  }

  @Test
  void afterARestartItIsKnownWhenTheOldestInDoubtWasHandedOver() {
    ScriptedAdapter before = new ScriptedAdapter(LIBERA);
    before.holdEverything();
    Instant begin = timers.clock().instant();
    try (Journal journal = open();
        Outbox outbox = outbox(journal, before)) {
      journal.recover();
      say(journal, outbox, "one");
      timers.advance(Duration.ofMinutes(5));
      outbox.online(LIBERA);
      await().until(() -> before.performed.size() == 1);
      timers.advance(Duration.ofMinutes(5));
      say(journal, outbox, "two");
    }
    try (Journal journal = open();
        Outbox outbox = outbox(journal, new ScriptedAdapter(LIBERA))) {
      List<OutboxEntry> left = journal.recover().actions();
      outbox.restore(left);
      assertThat(outbox.doubtfulSince(LIBERA)).contains(begin.plus(Duration.ofMinutes(5)));
      assertThat(left)
          .extracting(entry -> entry.outgoing().madeAt())
          .containsExactly(begin, begin.plus(Duration.ofMinutes(10)));
    }
  }

  @Test
  void attemptsAreCountedOverRestarts() {
    for (int start = 1; start <= 3; start++) {
      ScriptedAdapter network = new ScriptedAdapter(LIBERA);
      network.onPerform =
          each -> CompletableFuture.completedFuture(new Outcome.NotSent(Duration.ZERO, "no route"));
      try (Journal journal = open();
          Outbox outbox = outbox(journal, network)) {
        outbox.restore(journal.recover().actions());
        if (start == 1) {
          say(journal, outbox, "one");
        }
        outbox.online(LIBERA);
        await().until(() -> network.performed.size() == 1);
        journal.dead(1); // all that was asked of the journal is done
      }
    }
    try (Journal journal = open()) {
      assertThat(journal.recover().actions()).isEmpty();
      assertThat(journal.dead(10))
          .extracting(Journal.DeadEntry::reason)
          .containsExactly("no route");
    }
  }

  @Test
  void aDeadLetterCanBeSentAfterAll() {
    ScriptedAdapter network = new ScriptedAdapter(LIBERA);
    network.onPerform =
        each -> CompletableFuture.completedFuture(new Outcome.NotSent(Duration.ZERO, "no route"));
    try (Journal journal = open();
        Outbox outbox = outbox(journal, network)) {
      journal.recover();
      outbox.online(LIBERA);
      say(journal, outbox, "one");
      timers.advance(Duration.ofMinutes(1));
      await()
          .until(() -> {
            timers.advance(Duration.ofMinutes(1));
            return outbox.counts().dead() == 1;
          });
      network.onPerform = each -> CompletableFuture.completedFuture(Outcome.DELIVERED);
      long number = journal.dead(1).getFirst().entry().number();
      CompletableFuture<Receipt> receipt = new CompletableFuture<>();
      journal
          .retry(number)
          .thenAccept(revived -> outbox.enqueue(revived.orElseThrow(), receipt::complete));
      assertThat(receipt.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(Receipt.DELIVERED);
      assertThat(journal.dead(1)).isEmpty();
    }
  }

  private Journal open() {
    return SqliteJournal.open(directory, Durability.CRASH, timers.clock());
  }

  private Outbox outbox(Journal journal, ScriptedAdapter network) {
    OutboxSettings settings = new OutboxSettings(100, 3, Duration.ofHours(1), true);
    Outbox outbox = new Outbox(journal, timers, settings, new Nobody());
    outbox.attach(LIBERA, network);
    return outbox;
  }

  private static void say(Journal journal, Outbox outbox, String text) {
    NewAction action = new NewAction(new Say(OWLS, Content.of(text)), outbox.open(LIBERA));
    journal
        .commit(new JournalWork(Optional.empty(), List.of(), List.of(action)), outbox::enqueue)
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  private static void settled(Outbox outbox) {
    outbox.quiet().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}

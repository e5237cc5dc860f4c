package dev.owlery.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Join;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.Journal.JournalWork;
import dev.owlery.core.journal.Journal.NewAction;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.journal.MemoryJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final AccountId LIBERA = new AccountId("libera");
  private static final Conversation OWLS = Conversation.room(LIBERA, "#owls");
  private static final Conversation MICE = Conversation.room(LIBERA, "#mice");
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Outcome NOT_SENT = new Outcome.NotSent(Duration.ZERO, "no route");
  private static final Outcome DOUBTFUL = new Outcome.Doubtful("connection reset");

  private final HandTimers timers = new HandTimers();
  private final Journal journal = new MemoryJournal(timers.clock());
  private final ScriptedAdapter network = new ScriptedAdapter(LIBERA);
  private final List<String> ends = Collections.synchronizedList(new ArrayList<>());
  private Outbox outbox = outbox(new OutboxSettings(1_000, 5, Duration.ofHours(24), true));

  @AfterEach
  void stop() {
    outbox.close();
    journal.close();
  }

  @Test
  void whatDepartsWhileTheAccountIsOnlineReachesItAtOnceAndIsSettled() {
    outbox.online(LIBERA);
    assertThat(outbox.open(LIBERA)).isTrue();
    List<Receipt> receipts = new ArrayList<>();
    MessageId id = new MessageId("m1");
    network.onPerform = each -> now(new Outcome.Settled(Receipt.delivered(id)));
    outbox.enqueue(commit(OWLS, "hoo", true), receipts::add);
    assertThat(network.performed).containsExactly("hoo");
    assertThat(receipts).containsExactly(Receipt.delivered(id));
    assertThat(outbox.counts()).isEqualTo(new OutboxCounts(0, 0, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void whatDepartsBeforeTheAccountIsOnlineWaitsForIt() {
    say(OWLS, "one");
    say(MICE, "two");
    say(OWLS, "three");
    assertThat(outbox.open(LIBERA)).isFalse();
    assertThat(outbox.waiting(LIBERA)).isEqualTo(3);
    outbox.online(LIBERA);
    assertThat(network.performed).containsSubsequence("one", "three").contains("two").hasSize(3);
    assertThat(outbox.open(LIBERA)).isTrue();
  }

  @Test
  void anAccountWithoutAnAdapterIsNeverOpen() {
    AccountId other = new AccountId("oftc");
    assertThat(outbox.open(other)).isFalse();
    outbox.online(other);
    assertThat(outbox.open(other)).isFalse();
  }

  @Test
  void roomsCanBeJoinedBeforeTheAccountIsOnline() {
    depart(new Join(OWLS, Optional.empty()), false);
    say(OWLS, "here I am");
    assertThat(network.performed).containsExactly("Join");
    outbox.online(LIBERA);
    assertThat(network.performed).containsExactly("Join", "here I am");
  }

  @Test
  void actionsDoNotWaitForTheEarlierOnesToBeSettled() {
    network.holdEverything();
    outbox.online(LIBERA);
    say(OWLS, "one");
    say(OWLS, "two");
    assertThat(network.performed).containsExactly("one", "two");
    assertThat(outbox.counts().underway()).isEqualTo(2);
    assertThat(outbox.open(LIBERA)).isTrue();
  }

  @Test
  void whatWasNotSentIsTriedAgainAndTheLaterOnesWaitBehindIt() {
    network.holdEverything();
    outbox.online(LIBERA);
    say(OWLS, "one");
    network.settle("one", NOT_SENT);
    say(OWLS, "two");
    say(MICE, "elsewhere");
    assertThat(network.performed).containsExactly("one", "elsewhere");
    assertThat(outbox.open(LIBERA)).isFalse();
    timers.advance(Duration.ofMillis(500));
    assertThat(network.performed).containsExactly("one", "elsewhere", "one");
    network.settle("one", Outcome.DELIVERED);
    assertThat(network.performed).containsExactly("one", "elsewhere", "one", "two");
    assertThat(outbox.counts().retried()).isEqualTo(1);
  }

  @Test
  void severalThatComeBackInAnyOrderLeaveAgainInTheirOwn() {
    network.holdEverything();
    outbox.online(LIBERA);
    say(OWLS, "one");
    say(OWLS, "two");
    say(OWLS, "three");
    network.settle("three", NOT_SENT);
    network.settle("one", NOT_SENT);
    timers.advance(LONG);
    assertThat(network.performed).hasSize(3); // "two" is still under way
    network.settle("two", NOT_SENT);
    timers.advance(Duration.ofSeconds(1));
    assertThat(network.performed.subList(3, 4)).containsExactly("one"); // goes ahead alone
    network.settle("one", Outcome.DELIVERED);
    assertThat(network.performed.subList(3, 6)).containsExactly("one", "two", "three");
  }

  @Test
  void thePauseIsAsLongAsTheNetworkWishes() {
    List<Integer> attempts = new ArrayList<>();
    network.onPerform =
        each -> {
          attempts.add(each.attempt());
          Duration after = Duration.ofSeconds(30);
          return now(
              each.attempt() == 1 ? new Outcome.NotSent(after, "slow down") : Outcome.DELIVERED);
        };
    outbox.online(LIBERA);
    say(OWLS, "one");
    timers.advance(Duration.ofMillis(29_999));
    assertThat(attempts).containsExactly(1);
    timers.advance(Duration.ofMillis(1));
    assertThat(attempts).containsExactly(1, 2);
  }

  @Test
  void thePausesGrow() {
    outbox = outbox(new OutboxSettings(1_000, 50, Duration.ofHours(24), true));
    network.onPerform = each -> now(NOT_SENT);
    outbox.online(LIBERA);
    say(OWLS, "one");
    timers.advance(Duration.ofMinutes(10));
    // 0.5 + 1 + 2 + 4 + 8 + 16 + 32 + 60 + 60 ... seconds, each perhaps only half as long
    assertThat(network.performed).hasSizeBetween(14, 30);
  }

  @Test
  void aNewConnectionEndsThePauses() {
    network.onPerform = each -> now(new Outcome.NotSent(Duration.ofHours(1), "gone"));
    outbox.online(LIBERA);
    say(OWLS, "one");
    outbox.offline(LIBERA);
    network.onPerform = each -> now(Outcome.DELIVERED);
    outbox.online(LIBERA);
    assertThat(network.performed).containsExactly("one", "one");
    timers.advance(Duration.ofHours(2));
    assertThat(network.performed).hasSize(2);
  }

  @Test
  void whatMayHaveBeenSentIsLookedUpBeforeAnythingElseLeavesItsConversation() {
    network.holdEverything();
    outbox.online(LIBERA);
    say(OWLS, "one");
    say(OWLS, "two");
    outbox.offline(LIBERA);
    network.settle("one", DOUBTFUL);
    network.settle("two", DOUBTFUL);
    say(OWLS, "three");
    CompletableFuture<Outcome> first = new CompletableFuture<>();
    network.onLookUp = each -> ScriptedAdapter.text(each).equals("one") ? first : now(NOT_SENT);
    assertThat(network.lookedUp).isEmpty();
    outbox.online(LIBERA);
    assertThat(network.lookedUp).containsExactly("one", "two");
    assertThat(network.performed).containsExactly("one", "two");
    first.complete(Outcome.DELIVERED);
    assertThat(network.lookedUp).containsExactly("one", "two");
    assertThat(network.performed).containsExactly("one", "two", "two", "three");
    assertThat(outbox.counts().resent()).isZero();
  }

  @Test
  void allThatMayHaveBeenSentIsLookedUpBeforeWhatOnlyWaitedLeaves() {
    List<OutboxEntry> left = new ArrayList<>();
    for (int number = 1; number <= 600; number++) {
      left.add(commit(OWLS, Integer.toString(number), number % 2 == 1));
    }
    outbox.restore(left);
    CompletableFuture<Outcome> last = new CompletableFuture<>();
    network.onLookUp = each -> ScriptedAdapter.text(each).equals("599") ? last : now(NOT_SENT);
    outbox.online(LIBERA);
    assertThat(network.lookedUp).hasSize(300);
    assertThat(network.performed).isEmpty();
    last.complete(Outcome.DELIVERED);
    assertThat(network.performed).hasSize(599);
    assertThat(network.performed.stream().map(Integer::valueOf)).isSorted();
  }

  @Test
  void itIsKnownSinceWhenSomethingIsInDoubt() {
    network.holdEverything();
    outbox.online(LIBERA);
    assertThat(outbox.doubtfulSince(LIBERA)).isEmpty();
    Instant begin = timers.clock().instant();
    timers.advance(Duration.ofMinutes(1));
    say(OWLS, "one");
    timers.advance(Duration.ofMinutes(1));
    say(OWLS, "two");
    outbox.offline(LIBERA);
    network.settle("one", NOT_SENT);
    network.settle("two", DOUBTFUL);
    assertThat(outbox.doubtfulSince(LIBERA)).contains(begin.plus(Duration.ofMinutes(2)));
  }

  @Test
  void aLookUpThatTheConnectionInterruptsIsRepeated() {
    network.onPerform = each -> now(DOUBTFUL);
    outbox.online(LIBERA);
    say(OWLS, "one");
    CompletableFuture<Outcome> broken = new CompletableFuture<>();
    network.onLookUp = each -> broken;
    outbox.offline(LIBERA);
    outbox.online(LIBERA);
    assertThat(network.lookedUp).containsExactly("one");
    outbox.offline(LIBERA);
    network.onLookUp = each -> now(Outcome.DELIVERED);
    outbox.online(LIBERA);
    broken.complete(DOUBTFUL);
    assertThat(network.lookedUp).containsExactly("one", "one");
    assertThat(outbox.counts()).isEqualTo(new OutboxCounts(0, 0, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void whereTheNetworkCannotTellItIsSentAgainAndCounted() {
    network.onPerform = each -> now(each.attempt() == 1 ? DOUBTFUL : Outcome.DELIVERED);
    outbox.online(LIBERA);
    say(OWLS, "one");
    timers.advance(LONG);
    assertThat(network.performed).containsExactly("one", "one");
    assertThat(outbox.counts()).isEqualTo(new OutboxCounts(0, 0, 1, 0, 1, 0, 0, 0));
  }

  @Test
  void whatTheNetworkHasNoWayToConfirmIsSettledCountedAndNotSentAgain() {
    Outcome unconfirmed = new Outcome.Unconfirmed("nobody says so");
    network.onPerform =
        each -> now(ScriptedAdapter.text(each).equals("one") ? unconfirmed : DOUBTFUL);
    network.onLookUp = each -> now(unconfirmed);
    outbox.online(LIBERA);
    List<Receipt> receipts = new ArrayList<>();
    outbox.enqueue(commit(OWLS, "one", true), receipts::add);
    outbox.enqueue(commit(OWLS, "two", true), receipts::add);
    timers.advance(LONG);
    assertThat(network.performed).containsExactly("one", "two");
    assertThat(receipts).containsExactly(Receipt.DELIVERED, Receipt.DELIVERED);
    assertThat(outbox.counts()).isEqualTo(new OutboxCounts(0, 0, 2, 0, 0, 0, 0, 2));
  }

  @Test
  void orItIsGivenUpIfThatIsThePolicy() {
    outbox = outbox(new OutboxSettings(1_000, 5, Duration.ofHours(24), false));
    network.onPerform = each -> now(DOUBTFUL);
    outbox.online(LIBERA);
    List<Receipt> receipts = new ArrayList<>();
    outbox.enqueue(commit(OWLS, "one", true), receipts::add);
    timers.advance(LONG);
    assertThat(network.performed).containsExactly("one");
    assertThat(outbox.counts().lost()).isEqualTo(1);
    assertThat(receipts).hasOnlyElementsOfType(Receipt.Dead.class).hasSize(1);
  }

  @Test
  void whatFailsTooOftenBecomesADeadLetterAndTheNextOnesGoOn() {
    network.onPerform =
        each -> now(ScriptedAdapter.text(each).equals("bad") ? NOT_SENT : Outcome.DELIVERED);
    outbox.online(LIBERA);
    say(OWLS, "bad");
    say(OWLS, "good");
    timers.advance(LONG);
    assertThat(network.performed).containsExactly("bad", "bad", "bad", "bad", "bad", "good");
    assertThat(ends).containsExactly("dead bad: no route");
    assertThat(journal.dead(10)).extracting(Journal.DeadEntry::reason).containsExactly("no route");
    assertThat(outbox.open(LIBERA)).isTrue();
  }

  @Test
  void whatWaitsTooLongBecomesADeadLetter() {
    say(OWLS, "old");
    timers.advance(Duration.ofHours(20));
    say(OWLS, "young");
    timers.advance(Duration.ofHours(5));
    assertThat(ends).containsExactly("dead old: not sent within PT24H");
    outbox.online(LIBERA);
    assertThat(network.performed).containsExactly("young");
  }

  @Test
  void whatTheNetworkRefusesIsSettledAndTold() {
    network.onPerform = each -> now(Outcome.refused("banned"));
    outbox.online(LIBERA);
    say(OWLS, "one");
    timers.advance(LONG);
    assertThat(network.performed).containsExactly("one");
    assertThat(ends).containsExactly("refused one: Refused[reason=banned]");
    assertThat(journal.dead(10)).isEmpty();
  }

  @Test
  void whoWouldMakeMoreWaitsWhileThereAreTooManyAlready() throws Exception {
    outbox = outbox(new OutboxSettings(8, 5, Duration.ofHours(24), true));
    outbox.awaitCapacity(LIBERA, Priority.NORMAL, () -> false);
    for (int i = 0; i < 6; i++) {
      say(OWLS, "m" + i);
    }
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    Thread waits =
        Thread.ofVirtual()
            .start(() -> {
              outbox.awaitCapacity(LIBERA, Priority.NORMAL, () -> false);
              order.add("waited");
            });
    network.onPerform =
        each -> {
          order.add(ScriptedAdapter.text(each));
          return now(Outcome.DELIVERED);
        };
    outbox.awaitCapacity(LIBERA, Priority.NORMAL, () -> true);
    outbox.online(LIBERA);
    assertThat(waits.join(Duration.ofSeconds(20))).isTrue();
    assertThat(order).startsWith("m0").contains("waited");
  }

  @Test
  void beyondTheLimitActionsAreDeadOnArrival() {
    outbox = outbox(new OutboxSettings(3, 5, Duration.ofHours(24), true));
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      outbox.enqueue(commit(OWLS, "m" + i, false), receipts::add);
    }
    assertThat(receipts).hasSize(2).allMatch(Receipt.Dead.class::isInstance);
    assertThat(ends).hasSize(2).allMatch(end -> end.contains("outbox full"));
    outbox.online(LIBERA);
    assertThat(network.performed).containsExactly("m0", "m1", "m2");
    say(OWLS, "m5");
    assertThat(network.performed).endsWith("m5");
  }

  @Test
  void anAdapterThatThrowsIsTriedAgain() {
    network.onPerform =
        each -> {
          if (each.attempt() == 1) {
            throw new IllegalStateException("meant to fail");
          }
          return each.attempt() == 2
              ? CompletableFuture.failedFuture(new IllegalStateException("meant to fail"))
              : now(Outcome.DELIVERED);
        };
    outbox.online(LIBERA);
    say(OWLS, "one");
    timers.advance(LONG);
    assertThat(network.performed).hasSize(3);
    assertThat(outbox.counts().settled()).isEqualTo(1);
  }

  @Test
  void anAdapterThatCannotLookUpIsAskedAgainAndThenDoubted() {
    network.onPerform = each -> now(each.attempt() == 1 ? DOUBTFUL : Outcome.DELIVERED);
    network.onLookUp =
        each -> {
          throw new IllegalStateException("meant to fail");
        };
    outbox.online(LIBERA);
    say(OWLS, "one");
    timers.advance(LONG);
    assertThat(network.lookedUp).hasSize(3);
    assertThat(outbox.counts().resent()).isEqualTo(1);
  }

  @Test
  void whatAnEarlierProcessHandedOverIsLookedUpAndTheRestIsSent() {
    OutboxEntry handed = commit(OWLS, "one", true);
    OutboxEntry waiting = commit(OWLS, "two", false);
    network.onLookUp = each -> now(Outcome.DELIVERED);
    outbox.restore(List.of(handed, waiting));
    outbox.online(LIBERA);
    assertThat(network.lookedUp).containsExactly("one");
    assertThat(network.performed).containsExactly("two");
  }

  @Test
  void aListenerThatThrowsHurtsNobody() {
    outbox.online(LIBERA);
    outbox.enqueue(
        commit(OWLS, "one", true),
        receipt -> {
          throw new IllegalStateException("meant to fail");
        });
    say(OWLS, "two");
    assertThat(network.performed).containsExactly("one", "two");
    assertThat(outbox.counts().settled()).isEqualTo(2);
  }

  @Test
  void itIsQuietWhenEverythingIsSettled() throws Exception {
    network.holdEverything();
    outbox.online(LIBERA);
    say(OWLS, "one");
    CompletableFuture<Void> quiet = outbox.quiet().toCompletableFuture();
    assertThat(quiet).isNotDone();
    network.settle("one", Outcome.DELIVERED);
    quiet.get(10, TimeUnit.SECONDS);
    outbox.quiet().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void afterTheEndNothingLeaves() {
    say(OWLS, "one");
    outbox.close();
    outbox.online(LIBERA);
    say(OWLS, "two");
    timers.advance(LONG);
    assertThat(network.performed).isEmpty();
  }

  @Test
  void theOrderHoldsWhateverTheNetworkDoesAndWhicheverThreadItAnswersOn() throws Exception {
    outbox = outbox(new OutboxSettings(10_000, 1_000, Duration.ofHours(24), true));
    List<String> arrived = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService answers = Executors.newFixedThreadPool(2);
        ExecutorService senders = Executors.newFixedThreadPool(1)) {
      network.onPerform =
          each -> CompletableFuture.supplyAsync(() -> unreliable(each, arrived), answers);
      outbox.online(LIBERA);
      List<Conversation> rooms = List.of(OWLS, MICE);
      senders
          .submit(() ->
              IntStream.range(0, 1_000)
                  .forEach(i -> say(rooms.get(i % 2), String.format("%04d", i))))
          .get(30, TimeUnit.SECONDS);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (arrived.size() < 1_000 && System.nanoTime() < deadline) {
        timers.advance(Duration.ofMillis(100));
        Thread.onSpinWait();
      }
    }
    assertThat(arrived).hasSize(1_000).doesNotHaveDuplicates();
  }

  private static Outcome unreliable(Outgoing each, List<String> arrived) {
    if ((each.attempt() + ScriptedAdapter.text(each).hashCode()) % 3 == 0) {
      return NOT_SENT;
    }
    arrived.add(ScriptedAdapter.text(each));
    return Outcome.DELIVERED;
  }

  private Outbox outbox(OutboxSettings settings) {
    OutboxListener listener =
        new OutboxListener() {
          @Override
          public void dead(OutboxEntry entry, String reason) {
            ends.add("dead " + ScriptedAdapter.text(entry.outgoing()) + ": " + reason);
          }

          @Override
          public void refused(OutboxEntry entry, Receipt receipt) {
            ends.add("refused " + ScriptedAdapter.text(entry.outgoing()) + ": " + receipt);
          }
        };
    Outbox made = new Outbox(journal, timers, settings, listener);
    made.attach(LIBERA, network);
    return made;
  }

  private void say(Conversation where, String text) {
    depart(new Say(where, Content.of(text)), outbox.open(LIBERA));
  }

  private void depart(Action action, boolean handed) {
    JournalWork work =
        new JournalWork(Optional.empty(), List.of(), List.of(new NewAction(action, handed)));
    journal.commit(work, outbox::enqueue).toCompletableFuture().join();
  }

  private OutboxEntry commit(Conversation where, String text, boolean handed) {
    List<OutboxEntry> departed = new ArrayList<>();
    NewAction action = new NewAction(new Say(where, Content.of(text)), handed);
    journal
        .commit(new JournalWork(Optional.empty(), List.of(), List.of(action)), departed::addAll)
        .toCompletableFuture()
        .join();
    return departed.getFirst();
  }

  private static CompletionStage<Outcome> now(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}

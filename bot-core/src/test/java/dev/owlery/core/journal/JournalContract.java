package dev.owlery.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Say;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.core.journal.Journal.DeadEntry;
import dev.owlery.core.journal.Journal.InboxEntry;
import dev.owlery.core.journal.Journal.JournalWork;
import dev.owlery.core.journal.Journal.NewAction;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.journal.Journal.StoreWrite;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every journal promises while its process lives. */
abstract class JournalContract {

  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
  static final AccountId LIBERA = new AccountId("libera");
  static final Conversation OWLS = Conversation.room(LIBERA, "#owls");
  static final Conversation MICE = Conversation.room(LIBERA, "#mice");

  Journal journal;

  abstract Journal open() throws Exception;

  @BeforeEach
  void start() throws Exception {
    journal = open();
    journal.recover();
  }

  @AfterEach
  void stop() {
    journal.close();
  }

  @Test
  void aNewEventIsRecordedOnceAndItsRepetitionIsNot() {
    List<ChatEvent> fresh = Collections.synchronizedList(new ArrayList<>());
    ChatEvent event = said(OWLS, "k1", "hoo");
    assertThat(done(journal.record(event, e -> fresh.add(e.event())))).isTrue();
    assertThat(done(journal.record(event, e -> fresh.add(e.event())))).isFalse();
    assertThat(fresh).containsExactly(event);
  }

  @Test
  void theSameKeyOnAnotherAccountIsAnotherEvent() {
    Conversation other = Conversation.room(new AccountId("oftc"), "#owls");
    assertThat(done(journal.record(said(OWLS, "k1", "hoo"), e -> {}))).isTrue();
    assertThat(done(journal.record(said(other, "k1", "hoo"), e -> {}))).isTrue();
  }

  @Test
  void eventsBecomeFreshInTheOrderInWhichTheyWereRecorded() {
    List<InboxEntry> fresh = Collections.synchronizedList(new ArrayList<>());
    List<CompletionStage<Boolean>> stages = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      stages.add(journal.record(said(OWLS, "k" + i, "hoo " + i), fresh::add));
    }
    stages.forEach(JournalContract::done);
    assertThat(fresh)
        .hasSize(3_000)
        .isSortedAccordingTo((a, b) -> Long.compare(a.number(), b.number()));
    assertThat(fresh.getLast().event().origin().key()).isEqualTo("k2999");
  }

  @Test
  void everyThreadsEventsStayInItsOrder() throws Exception {
    List<String> fresh = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        String name = "t" + t;
        all.add(threads.submit(() -> recordMany(name, 500, fresh)));
      }
      for (Future<?> each : all) {
        each.get(30, TimeUnit.SECONDS);
      }
    }
    assertThat(fresh).hasSize(2_000);
    for (int t = 0; t < 4; t++) {
      String name = "t" + t + "-";
      List<String> own = fresh.stream().filter(key -> key.startsWith(name)).toList();
      List<String> expected =
          java.util.stream.IntStream.range(0, 500).mapToObj(i -> name + i).toList();
      assertThat(own).isEqualTo(expected);
    }
  }

  private void recordMany(String name, int count, List<String> fresh) {
    List<CompletionStage<Boolean>> stages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      stages.add(
          journal.record(
              said(OWLS, name + "-" + i, "hoo"), e -> fresh.add(e.event().origin().key())));
    }
    stages.forEach(JournalContract::done);
  }

  @Test
  void whatRunsWhenAnEventIsFreshMayCommitWhatFollowsFromIt() {
    List<OutboxEntry> departed = Collections.synchronizedList(new ArrayList<>());
    List<CompletionStage<Void>> commits = Collections.synchronizedList(new ArrayList<>());
    done(
        journal.record(
            said(OWLS, "k1", "hoo"),
            e ->
                commits.add(
                    journal.commit(work(e.number(), say(OWLS, "you too")), departed::addAll))));
    done(commits.getFirst());
    assertThat(departed).hasSize(1);
  }

  @Test
  void actionsDepartInCommitOrderWithTokensOfTheirOwn() {
    List<OutboxEntry> departed = Collections.synchronizedList(new ArrayList<>());
    List<CompletionStage<Void>> stages = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      stages.add(
          journal.commit(
              new JournalWork(
                  Optional.empty(),
                  List.of(),
                  List.of(
                      new NewAction(say(OWLS, "a" + i), true),
                      new NewAction(say(MICE, "b" + i), false))),
              departed::addAll));
    }
    stages.forEach(JournalContract::done);
    assertThat(departed).hasSize(2_000);
    assertThat(departed.stream().map(OutboxEntry::number).toList())
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(departed.stream().map(e -> e.outgoing().token()).distinct()).hasSize(2_000);
    OutboxEntry first = departed.getFirst();
    assertThat(first.inFlight()).isTrue();
    assertThat(first.outgoing().attempt()).isEqualTo(1);
    assertThat(first.outgoing().madeAt()).isEqualTo(NOON);
    assertThat(first.outgoing().token()).matches("[A-Za-z0-9-]{1,40}");
    assertThat(departed.get(1).inFlight()).isFalse();
  }

  @Test
  void aUnitWithoutActionsDepartsEmptyHanded() {
    List<List<OutboxEntry>> departed = Collections.synchronizedList(new ArrayList<>());
    done(journal.commit(new JournalWork(Optional.empty(), List.of(), List.of()), departed::add));
    assertThat(departed).containsExactly(List.of());
  }

  @Test
  void aStoredValueIsSeenAsSoonAsItsCommitWasAskedFor() {
    for (int i = 0; i < 200; i++) {
      journal.commit(writes(new StoreWrite("karma", "owl", Optional.of("v" + i))), e -> {});
      assertThat(journal.value("karma", "owl")).contains("v" + i);
    }
    journal.commit(writes(new StoreWrite("karma", "owl", Optional.empty())), e -> {});
    assertThat(journal.value("karma", "owl")).isEmpty();
    assertThat(journal.value("seen", "owl")).isEmpty();
  }

  @Test
  void storedValuesAreFoundByHowTheirKeysBegin() {
    done(
        journal.commit(
            writes(
                new StoreWrite("karma", "mouse/a", Optional.of("1")),
                new StoreWrite("karma", "owl/b", Optional.of("2")),
                new StoreWrite("karma", "owl/a", Optional.of("3")),
                new StoreWrite("karma", "owl_", Optional.of("4")),
                new StoreWrite("karma", "owlery", Optional.of("5")),
                new StoreWrite("other", "owl/c", Optional.of("6"))),
            e -> {}));
    assertThat(journal.values("karma", "owl/"))
        .containsExactly(entry("owl/a", "3"), entry("owl/b", "2"));
    journal.commit(
        writes(
            new StoreWrite("karma", "owl/b", Optional.empty()),
            new StoreWrite("karma", "owl/c", Optional.of("7"))),
        e -> {});
    assertThat(journal.values("karma", "owl/"))
        .containsExactly(entry("owl/a", "3"), entry("owl/c", "7"));
    assertThat(journal.values("karma", "")).hasSize(5);
    assertThat(journal.values("nobody", "")).isEmpty();
  }

  @Test
  void theNewestEventOfARoomIsTheLastRecordedThreadsIncluded() {
    assertThat(journal.lastSeen(OWLS)).isEmpty();
    done(journal.record(said(OWLS, "k1", "hoo"), e -> {}));
    done(journal.record(said(OWLS.inThread("t"), "k2", "hoo"), e -> {}));
    done(journal.record(said(MICE, "k3", "peep"), e -> {}));
    assertThat(journal.lastSeen(OWLS).map(Origin::key)).contains("k2");
    assertThat(journal.lastSeen(OWLS.inThread("u")).map(Origin::key)).contains("k2");
    assertThat(journal.lastSeen(MICE)).contains(Origin.live("k3", NOON));
  }

  @Test
  void anActionThatIsBuriedIsADeadLetterUntilItIsForgotten() {
    OutboxEntry first = commit(say(OWLS, "one"));
    OutboxEntry second = commit(say(OWLS, "two"));
    journal.deadLetter(first.number(), "no such room");
    journal.deadLetter(second.number(), "nobody there");
    assertThat(journal.dead(10))
        .extracting(DeadEntry::reason)
        .containsExactly("no such room", "nobody there");
    assertThat(journal.dead(1))
        .extracting(d -> d.entry().outgoing().action())
        .containsExactly(say(OWLS, "one"));
    assertThat(done(journal.forget(first.number()))).isTrue();
    assertThat(done(journal.forget(first.number()))).isFalse();
    assertThat(journal.dead(10))
        .extracting(d -> d.entry().number())
        .containsExactly(second.number());
  }

  @Test
  void aDeadLetterComesBackToLifeAtTheEnd() {
    OutboxEntry first = commit(say(OWLS, "one"));
    journal.deadLetter(first.number(), "no such room");
    OutboxEntry second = commit(say(OWLS, "two"));
    OutboxEntry revived = done(journal.retry(first.number())).orElseThrow();
    assertThat(revived.number()).isGreaterThan(second.number());
    assertThat(revived.outgoing().action()).isEqualTo(say(OWLS, "one"));
    assertThat(revived.outgoing().attempt()).isEqualTo(1);
    assertThat(revived.inFlight()).isTrue();
    assertThat(journal.dead(10)).isEmpty();
    assertThat(done(journal.retry(first.number()))).isEmpty();
  }

  @Test
  void whatWasSettledCannotBeBuriedAnyMore() {
    OutboxEntry first = commit(say(OWLS, "one"));
    journal.settle(first.number());
    journal.deadLetter(first.number(), "too late");
    assertThat(journal.dead(10)).isEmpty();
  }

  @Test
  void afterTheEndNothingIsRecorded() {
    journal.close();
    assertThat(journal.record(said(OWLS, "k1", "hoo"), e -> {}).toCompletableFuture())
        .isCompletedExceptionally();
    assertThat(journal.commit(writes(), e -> {}).toCompletableFuture()).isCompletedExceptionally();
    journal.close();
  }

  OutboxEntry commit(Action action) {
    List<OutboxEntry> departed = Collections.synchronizedList(new ArrayList<>());
    done(
        journal.commit(
            new JournalWork(Optional.empty(), List.of(), List.of(new NewAction(action, true))),
            departed::addAll));
    return departed.getFirst();
  }

  static JournalWork work(long done, Action... actions) {
    List<NewAction> all =
        java.util.Arrays.stream(actions).map(a -> new NewAction(a, true)).toList();
    return new JournalWork(Optional.of(done), List.of(), all);
  }

  static JournalWork writes(StoreWrite... writes) {
    return new JournalWork(Optional.empty(), List.of(writes), List.of());
  }

  static Say say(Conversation where, String text) {
    return new Say(where, Content.of(text));
  }

  static MessagePosted said(Conversation where, String key, String text) {
    return new MessagePosted(
        Origin.live(key, NOON),
        where,
        Member.unverified("alice"),
        Content.of(text),
        Tone.NORMAL,
        Optional.empty(),
        Optional.empty());
  }

  static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}

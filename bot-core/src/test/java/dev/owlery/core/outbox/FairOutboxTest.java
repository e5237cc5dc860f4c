package dev.owlery.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.Journal.JournalWork;
import dev.owlery.core.journal.Journal.NewAction;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.journal.MemoryJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is where the network lets less leave than there is to say. */
class FairOutboxTest {

  private static final AccountId LIBERA = new AccountId("libera");

  private final HandTimers timers = new HandTimers();
  private final Journal journal = new MemoryJournal(timers.clock());
  private final ScriptedAdapter network = new ScriptedAdapter(LIBERA);
  private final List<String> dead = Collections.synchronizedList(new ArrayList<>());
  private final List<Receipt> receipts = Collections.synchronizedList(new ArrayList<>());
  private Outbox outbox = outbox(10_000);

  @AfterEach
  void stop() {
    outbox.close();
    journal.close();
  }

  @Test
  void theAdapterIsGivenNoMoreThanItAsksFor() {
    start(2);
    times(10, i -> say("a", "a" + i, Priority.NORMAL));
    assertThat(network.performed).containsExactly("a0", "a1");
    assertThat(outbox.open(LIBERA)).isFalse();
    network.demands(1);
    assertThat(network.performed).containsExactly("a0", "a1", "a2");
    network.demands(100);
    assertThat(network.performed).hasSize(10).isSorted();
  }

  @Test
  void conversationsTakeTurnsHoweverMuchOneHasToSay() {
    start(0);
    times(1_000, i -> say("flooded", "f" + i, Priority.NORMAL));
    say("quiet", "q0", Priority.NORMAL);
    say("quiet", "q1", Priority.NORMAL);
    oneByOne(4);
    assertThat(network.performed).containsExactly("f0", "q0", "f1", "q1");
  }

  @Test
  void sixtyStrangersDelayAPersonByOneLine() {
    start(0);
    times(60, i -> say("s" + i, "stranger" + i, Priority.NORMAL));
    times(60, i -> hint("h" + i, "hint" + i));
    oneByOne(20);
    say("alice", "answer", Priority.PERSON);
    oneByOne(2);
    assertThat(network.performed.subList(20, 22)).contains("answer");
  }

  @Test
  void whatWasAskedForGoesBeforeHintsAndHintsAreNotStarved() {
    start(0);
    times(5, i -> hint("h" + i, "hint" + i));
    times(40, i -> say("s" + i, "answer" + i, Priority.NORMAL));
    oneByOne(32);
    assertThat(network.performed).filteredOn(said -> said.startsWith("hint")).hasSize(2);
  }

  @Test
  void personsLeaveOthersAQuarter() {
    start(0);
    times(100, i -> say("p", "person" + i, Priority.PERSON));
    times(100, i -> say("s", "stranger" + i, Priority.NORMAL));
    oneByOne(40);
    assertThat(network.performed).filteredOn(said -> said.startsWith("stranger")).hasSize(10);
  }

  @Test
  void oneConversationKeepsItsOrderWhateverThePriorities() {
    start(0);
    hint("#owls", "0 hint");
    say("#owls", "1 stranger", Priority.NORMAL);
    say("#owls", "2 person", Priority.PERSON);
    times(10, i -> say("s" + i, "other", Priority.NORMAL));
    oneByOne(3);
    assertThat(network.performed).containsExactly("0 hint", "1 stranger", "2 person");
  }

  @Test
  void hintsThatHaveWaitedTooLongAreDroppedAndTheRestGoesOn() {
    start(0);
    hint("a", "hint");
    say("a", "answer", Priority.NORMAL);
    timers.advance(Duration.ofSeconds(31));
    network.demands(5);
    assertThat(network.performed).containsExactly("answer");
    assertThat(receipts).anyMatch(receipt -> receipt instanceof Receipt.Refused);
    assertThat(outbox.isQuiet()).isTrue();
    assertThat(dead).isEmpty();
  }

  @Test
  void twelveThousandNicksCostNoPersonAMessage() {
    start(0);
    times(6_000, i -> hint("h" + i, "hint" + i));
    times(12_000, i -> say("s" + i, "answer" + i, Priority.NORMAL));
    times(500, i -> say("p" + i, "person" + i, Priority.PERSON));
    assertThat(dead).isNotEmpty().noneMatch(each -> each.startsWith("person"));
    network.demands(1_000_000);
    assertThat(network.performed).filteredOn(said -> said.startsWith("person")).hasSize(500);
  }

  @Test
  void hintsNeverFillMoreThanHalfAnOutbox() {
    start(0);
    times(12_000, i -> hint("h" + i, "hint" + i));
    assertThat(outbox.waiting(LIBERA)).isEqualTo(5_000);
    assertThat(dead).isEmpty();
  }

  @Test
  void aFloodedConversationLeavesRoomForTheOthers() {
    start(0);
    times(12_000, i -> say("flooded", "f" + i, Priority.NORMAL));
    assertThat(outbox.waiting(LIBERA)).isEqualTo(7_500);
    times(100, i -> say("q" + i, "quiet", Priority.NORMAL));
    assertThat(dead).noneMatch(each -> each.equals("quiet"));
  }

  @Test
  void whoComesBackOnlineTakesTurnsToo() {
    network.demands(0);
    times(3, i -> say("a", "a" + i, Priority.NORMAL));
    times(3, i -> say("b", "b" + i, Priority.NORMAL));
    outbox.online(LIBERA);
    oneByOne(3);
    outbox.offline(LIBERA);
    network.demands(5);
    assertThat(network.performed).hasSize(3);
    outbox.online(LIBERA);
    assertThat(network.performed).hasSize(6).contains("a0", "b0", "a2", "b2");
  }

  private void start(int demand) {
    network.demands(demand);
    outbox.online(LIBERA);
  }

  private void oneByOne(int times) {
    times(times, i -> network.demands(1));
  }

  private static void times(int count, IntConsumer what) {
    IntStream.range(0, count).forEach(what);
  }

  private Outbox outbox(int limit) {
    OutboxListener listener =
        new OutboxListener() {
          @Override
          public void dead(OutboxEntry entry, String reason) {
            dead.add(ScriptedAdapter.text(entry.outgoing()));
          }

          @Override
          public void refused(OutboxEntry entry, Receipt receipt) {}
        };
    Outbox made =
        new Outbox(
            journal, timers, new OutboxSettings(limit, 5, Duration.ofHours(24), true), listener);
    made.attach(LIBERA, network);
    return made;
  }

  private void hint(String nick, String text) {
    Conversation where = Conversation.direct(LIBERA, nick);
    Say say = new Say(where, Content.of(text), Tone.AUTOMATIC, Optional.empty());
    depart(say, Priority.AUTOMATIC);
  }

  private void say(String nick, String text, Priority priority) {
    Say say = new Say(Conversation.direct(LIBERA, nick), Content.of(text));
    depart(say, priority);
  }

  private void depart(Say say, Priority priority) {
    NewAction action = new NewAction(say, outbox.open(LIBERA));
    journal
        .commit(
            new JournalWork(Optional.empty(), List.of(), List.of(action)),
            entries -> entries.forEach(each -> outbox.enqueue(each, priority, receipts::add)))
        .toCompletableFuture()
        .join();
  }
}

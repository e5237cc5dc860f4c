package dev.owlery.adapter.xmpp;

import static dev.owlery.adapter.xmpp.TestAccount.assertDelivered;
import static dev.owlery.adapter.xmpp.TestAccount.direct;
import static dev.owlery.adapter.xmpp.TestAccount.outcome;
import static dev.owlery.adapter.xmpp.TestAccount.outgoing;
import static dev.owlery.adapter.xmpp.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.testkit.RecordingContext;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconnectTest {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private Prosody server;
  private String here;

  @BeforeEach
  void startServer() {
    server = Prosody.start();
    server.register("owl", TestAccount.PASSWORD);
    server.register("ann", TestAccount.PASSWORD);
    here = "owls@" + server.rooms();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private TestAccount.With account() {
    return new TestAccount.With(server)
        .rooms(here)
        .ping(PATIENCE, PATIENCE, Duration.ofSeconds(60));
  }

  private static long offlines(TestAccount owl) {
    return owl.context.states().stream().filter(s -> s.phase() == Phase.CONNECTING).count();
  }

  @Test
  void aServerThatIsStartedAgainHasUsBackInTheRoom() {
    try (TestAccount owl = account().online()) {
      server.kill();
      owl.await("noticed", any -> owl.state().phase() == Phase.CONNECTING);
      server.restart();
      owl.awaitOnline();
      try (RawXmppClient ann = RawXmppClient.connect(server, "ann", TestAccount.PASSWORD)) {
        ann.enter(here, "ann");
        ann.sayIn(here, "back?");
        owl.expect("back?");
        assertDelivered(owl.say(room(here), "back"));
        ann.expectMessage(here + "/owl", "back");
      }
    }
  }

  @Test
  void anErrorThatIsThrownWhileReadingEndsTheConnectionAndNotTheAccount() {
    try (TestAccount owl = account().online();
        RawXmppClient ann = RawXmppClient.connect(server, "ann", TestAccount.PASSWORD)) {
      ann.enter(here, "ann");
      owl.await("ann is seen", any -> owl.events(MemberJoined.class).size() == 2);
      for (Error fault :
          List.of(new NoClassDefFoundError("Gone"), new OutOfMemoryError("by a test"))) {
        owl.context.failPublishing(fault);
        long before = offlines(owl);
        ann.sayIn(here, "fatal");
        owl.await("noticed", any -> offlines(owl) > before);
        owl.awaitOnline();
      }
      ann.sayIn(here, "still there?");
      owl.expect("still there?");
    }
  }

  @Test
  void anErrorWhileARoomIsEnteredDoesNotKeepTheAccountOutOfIt() {
    RecordingContext context = new RecordingContext(TestAccount.ID, Clock.systemUTC());
    context.failPublishing(new StackOverflowError());
    try (TestAccount owl = account().context(context).online();
        RawXmppClient ann = RawXmppClient.connect(server, "ann", TestAccount.PASSWORD)) {
      owl.await("in the room", any -> !owl.events(MemberJoined.class).isEmpty());
      ann.enter(here, "ann");
      ann.sayIn(here, "there?");
      owl.expect("there?");
    }
  }

  @Test
  void aServiceThatNeverAnswersKeepsNobodyOffline() {
    try (RawXmppClient mute =
            RawXmppClient.component(
                server.host(), server.componentPort(), "bridge.localhost", "secret");
        TestAccount owl = account().start()) {
      owl.awaitOnline();
      mute.expect("iq", asked -> asked.type().equals("get"));
      assertThat(owl.context.states())
          .filteredOn(state -> state.phase() == Phase.CONNECTING)
          .as("attempts")
          .hasSize(1);
      assertThat(owl.state().detail()).contains("no answer from bridge.localhost");
    }
  }

  @Test
  void whatWasOnItsWayWhenTheServerDiesComesToAnEnd() {
    try (TestAccount owl = account().online()) {
      List<CompletionStage<Outcome>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        all.addAll(owl.say(room(here), "one of many " + i));
        if (i == 25) {
          server.kill();
        }
      }
      all.forEach(each ->
          assertThat(outcome(each))
              .isInstanceOfAny(
                  Outcome.Settled.class, Outcome.Doubtful.class, Outcome.NotSent.class));
      assertThat(outcome(all.getLast()))
          .isInstanceOfAny(Outcome.Doubtful.class, Outcome.NotSent.class);
    }
  }

  @Test
  void aSilentServerIsNoticedAndTheStreamResumed() throws IOException {
    try (RawXmppClient ann = RawXmppClient.connect(server, "ann", TestAccount.PASSWORD);
        Relay relay = Relay.to(server.port());
        TestAccount owl =
            new TestAccount.With("127.0.0.1", relay.port())
                .rooms(here)
                .ping(PATIENCE, PATIENCE, Duration.ofSeconds(60))
                .online()) {
      ann.enter(here, "ann");
      owl.await("ann is seen", any -> owl.events(MemberJoined.class).size() == 2);
      relay.freeze();
      Outgoing doubtful = outgoing(new Say(direct("ann@localhost"), Content.of("through")));
      Outgoing inRoom = outgoing(new Say(room(here), Content.of("to all")));
      CompletionStage<Outcome> first = owl.adapter.perform(doubtful);
      CompletionStage<Outcome> second = owl.adapter.perform(inRoom);
      assertThat(outcome(first)).isInstanceOf(Outcome.Doubtful.class);
      assertThat(outcome(second)).isInstanceOf(Outcome.Doubtful.class);
      ann.say("owl@localhost", "meanwhile");
      ann.sayIn(here, "meanwhile too");
      owl.await("noticed", any -> owl.state().phase() == Phase.CONNECTING);
      relay.thaw();
      owl.awaitOnline();
      owl.expect("meanwhile");
      owl.expect("meanwhile too");
      assertThat(outcome(owl.adapter.lookUp(doubtful))).isInstanceOf(Outcome.Settled.class);
      assertThat(outcome(owl.adapter.lookUp(inRoom))).isInstanceOf(Outcome.Settled.class);
      ann.settle();
      assertThat(ann.textsFrom("owl@localhost")).containsExactly("through");
      assertThat(ann.textsFrom(here + "/owl")).containsExactly("to all");
      // Resumed: we never left the room.
      assertThat(owl.events(MemberJoined.class)).hasSize(2);
      assertThat(offlines(owl)).isGreaterThan(1);
    }
  }

  @Test
  void whatHasArrivedIsFoundAlsoAfterASecondBreakBeforeTheResumedStreamHasAnswered()
      throws IOException {
    try (RawXmppClient ann = RawXmppClient.connect(server, "ann", TestAccount.PASSWORD);
        Relay relay = Relay.to(server.port());
        TestAccount owl =
            new TestAccount.With("127.0.0.1", relay.port())
                .ping(PATIENCE, PATIENCE, Duration.ofSeconds(60))
                .online()) {
      Outgoing never = outgoing(new Say(direct("ann@localhost"), Content.of("never")));
      // Now the archive is read, and what comes later is not in what was read.
      assertThat(outcome(owl.adapter.lookUp(never))).isInstanceOf(Outcome.NotSent.class);
      relay.freeze();
      Outgoing doubtful = outgoing(new Say(direct("ann@localhost"), Content.of("through")));
      assertThat(outcome(owl.adapter.perform(doubtful))).isInstanceOf(Outcome.Doubtful.class);
      owl.await("noticed", any -> owl.state().phase() == Phase.CONNECTING);
      CompletableFuture<Void> again = relay.before("urn:xmpp:ping", relay::cut);
      relay.thaw();
      owl.awaitOnline();
      assertThat(again).isDone();
      assertThat(outcome(owl.adapter.lookUp(doubtful))).isInstanceOf(Outcome.Settled.class);
      ann.settle();
      assertThat(ann.textsFrom("owl@localhost")).containsExactly("through");
    }
  }

  @Test
  void aLoginThatTakesLongIsNotCutBecauseOfThePingBeforeIt() throws IOException {
    try (Relay relay = Relay.to(server.port());
        TestAccount owl =
            new TestAccount.With("127.0.0.1", relay.port())
                .ping(PATIENCE, PATIENCE, Duration.ofSeconds(60))
                .online()) {
      relay.freeze();
      owl.await("noticed", any -> owl.state().phase() == Phase.CONNECTING);
      owl.await("it connects again", any -> owl.state().detail().startsWith("connecting to "));
      long attempts = offlines(owl);
      LockSupport.parkNanos(PATIENCE.multipliedBy(4).toNanos());
      assertThat(offlines(owl)).isEqualTo(attempts);
      relay.thaw();
      owl.awaitOnline();
    }
  }
}

package dev.owlery.adapter.xmpp;

import static dev.owlery.adapter.xmpp.TestAccount.direct;
import static dev.owlery.adapter.xmpp.TestAccount.outcome;
import static dev.owlery.adapter.xmpp.TestAccount.outgoing;
import static dev.owlery.adapter.xmpp.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.testkit.xmpp.Ejabberd;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A server that is too busy to answer a ping still has what we have sent last, unread. ejabberd
 * goes on reading that for the broken connection after it has told the resumed stream how far it
 * is.
 */
class ResumptionTest {
  private static final int MESSAGES = 80;
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** A message, and what has become of it. */
  private record Said(Outgoing message, CompletionStage<Outcome> outcome) {}

  private static Said say(TestAccount owl, Conversation where, int number) {
    Outgoing message = outgoing(new Say(where, Content.of("n" + number)));
    return new Said(message, owl.adapter.perform(message));
  }

  /** As the outbox does it. */
  private static void sayAgainWhatHasNotArrived(TestAccount owl, Said said) {
    if (outcome(said.outcome()) instanceof Outcome.Doubtful
        && outcome(owl.adapter.lookUp(said.message())) instanceof Outcome.NotSent) {
      assertThat(outcome(owl.adapter.perform(said.message()))).isInstanceOf(Outcome.Settled.class);
    }
  }

  private static void nothingComesTwiceOnAResumedStream(XmppServer server) throws IOException {
    nothingComesTwice(
        server,
        (relay, goOn) -> {
          CompletableFuture<Void> tooEarly = relay.before("<resume", () -> goOn.complete(null));
          tooEarly
              .completeOnTimeout(null, 1, TimeUnit.SECONDS)
              .thenRun(() -> goOn.complete(null))
              .join();
        },
        // We never left the room.
        2);
  }

  /** When the server reads what the broken connection has sent. */
  private interface Reading {
    void let(Relay relay, CompletableFuture<Void> goOn);
  }

  private static void nothingComesTwice(XmppServer server, Reading reading, int entries)
      throws IOException {
    server.register("owl", TestAccount.PASSWORD);
    String here = "owls@" + server.rooms();
    try (RawXmppClient ann = RawXmppClient.join(server, "ann");
        Relay relay = Relay.to(server.port());
        TestAccount owl =
            new TestAccount.With("127.0.0.1", relay.port())
                .rooms(here)
                .ping(PATIENCE, PATIENCE, Duration.ofSeconds(60))
                .online()) {
      ann.enter(here, "ann");
      owl.await("ann is seen", any -> owl.events(MemberJoined.class).size() == 2);
      CompletableFuture<Void> goOn = relay.holdBack();
      List<Said> all = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        all.add(say(owl, direct("ann@localhost"), i));
        all.add(say(owl, room(here), i));
      }
      owl.await("noticed", any -> owl.state().phase() == Phase.CONNECTING);
      reading.let(relay, goOn);
      owl.awaitOnline();
      all.forEach(each -> sayAgainWhatHasNotArrived(owl, each));
      ann.settle();
      List<String> expected = IntStream.range(0, MESSAGES).mapToObj(i -> "n" + i).toList();
      assertThat(ann.textsFrom("owl@localhost")).isEqualTo(expected);
      assertThat(ann.textsFrom(here + "/owl")).isEqualTo(expected);
      assertThat(owl.events(MemberJoined.class)).hasSize(entries);
    }
  }

  @Test
  void nothingComesTwiceWhereProsodyHadNotReadAllWhenTheConnectionWasCut() throws IOException {
    try (Prosody server = Prosody.start()) {
      nothingComesTwiceOnAResumedStream(server);
    }
  }

  @Test
  void nothingComesTwiceWhereEjabberdHadNotReadAllWhenTheConnectionWasCut() throws IOException {
    try (Ejabberd server = Ejabberd.start()) {
      nothingComesTwiceOnAResumedStream(server);
    }
  }

  @Test
  void aServerThatReadsForTooLongIsNotWaitedForAndNothingComesTwiceEither() throws IOException {
    try (Ejabberd server = Ejabberd.start()) {
      nothingComesTwice(
          server,
          (relay, goOn) -> {
            var _ = relay.before("<bind", () -> goOn.complete(null));
          },
          3);
    }
  }
}

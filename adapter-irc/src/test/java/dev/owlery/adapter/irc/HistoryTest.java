package dev.owlery.adapter.irc;

import static dev.owlery.adapter.irc.TestAccount.assertDelivered;
import static dev.owlery.adapter.irc.TestAccount.outcome;
import static dev.owlery.adapter.irc.TestAccount.outgoing;
import static dev.owlery.adapter.irc.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcWitness;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Rooms that keep a history: InspIRCd's mode H. Several at once, each on its own server. */
@Execution(ExecutionMode.CONCURRENT)
class HistoryTest {
  private InspIrcd server;
  private IrcWitness ann;

  @BeforeEach
  void aRoomWithHistory() {
    server = InspIrcd.start();
    ann = IrcWitness.connect(server, "ann");
    ann.join("#owls");
    ann.raw("MODE #owls +H 1000:1h");
    ann.expect("MODE #owls \\+H");
  }

  @AfterEach
  void stop() {
    ann.close();
    server.close();
  }

  private TestAccount.With account() {
    return new TestAccount.With(server);
  }

  @Test
  void whatWasMissedIsCaughtUpOnce() {
    TestAccount first = account().online();
    ann.say("#owls", "one");
    first.expect("one");
    first.close();
    ann.expect(":owl!\\S+ QUIT");
    ann.say("#owls", "two");
    ann.say("#owls", "two");
    ann.raw("NOTICE #owls :three");

    try (TestAccount second = account().context(first.context).online()) {
      assertThat(second.messages().stream().map(MessagePosted::text))
          .containsExactly("one", "two", "two", "three");
      assertThat(second.messages().stream().map(each -> each.origin().delivery()))
          .containsExactly(Delivery.LIVE, Delivery.CATCH_UP, Delivery.CATCH_UP, Delivery.CATCH_UP);
      ann.say("#owls", "four");
      assertThat(second.expect("four").origin().delivery()).isEqualTo(Delivery.LIVE);
      assertThat(second.messages()).hasSize(5);
    }
  }

  @Test
  void theBotsComingIsToldBehindTheHistory() {
    TestAccount first = account().online();
    first.close();
    ann.expect(":owl!\\S+ QUIT");
    ann.say("#owls", "missed");
    try (TestAccount second = account().context(first.context).online()) {
      List<String> kinds =
          second.context.events().stream().map(event -> event.getClass().getSimpleName()).toList();
      assertThat(kinds).containsExactly("MemberJoined", "MessagePosted", "MemberJoined");
    }
  }

  @Test
  void whoComesForTheFirstTimeDoesNotAnswerToThePast() {
    ann.say("#owls", "before my time");
    ann.settle();
    try (TestAccount owl = account().online()) {
      ann.say("#owls", "now");
      owl.expect("now");
      assertThat(owl.messages()).hasSize(1);
    }
  }

  @Test
  void aLineThatWasSentIsFoundAgainAfterACrash() {
    TestAccount first = account().online();
    ann.say("#owls", "!echo pong");
    first.expect("!echo pong");
    Outgoing sent = outgoing(say("pong"));
    Outgoing same = outgoing(say("pong"));
    assertDelivered(List.of(first.adapter.perform(sent)));
    first.close();
    ann.expect(":owl!\\S+ QUIT");

    try (TestAccount second = account().context(first.context).online()) {
      assertThat(second.adapter.capabilities()).contains(Capability.LOOK_UP);
      assertThat(outcome(second.adapter.lookUp(same))).isInstanceOf(Outcome.NotSent.class);
      assertThat(outcome(second.adapter.lookUp(sent))).isInstanceOf(Outcome.Settled.class);
      assertThat(second.messages()).hasSize(1);
    }
  }

  @Test
  void whereNothingIsKeptALineStaysDoubtful() {
    ann.raw("MODE #owls -H");
    ann.expect("MODE #owls \\S*-H");
    TestAccount first = account().online();
    Outgoing sent = outgoing(say("pong"));
    assertDelivered(List.of(first.adapter.perform(sent)));
    first.close();
    try (TestAccount second = account().context(first.context).online()) {
      assertThat(outcome(second.adapter.lookUp(sent))).isInstanceOf(Outcome.Doubtful.class);
    }
  }

  @Test
  void aLineOnItsWayWhenTheServerDiesIsDoubtfulOrNotSent() {
    try (TestAccount owl = account().online()) {
      server.kill();
      Outcome outcome = outcome(owl.adapter.perform(outgoing(say("lost?"))));
      assertThat(outcome).isInstanceOfAny(Outcome.Doubtful.class, Outcome.NotSent.class);
    }
  }

  private static Say say(String text) {
    return new Say(room("#owls"), Content.of(text));
  }
}

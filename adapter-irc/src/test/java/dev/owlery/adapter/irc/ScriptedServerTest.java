package dev.owlery.adapter.irc;

import static dev.owlery.adapter.irc.TestAccount.outcome;
import static dev.owlery.adapter.irc.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Join;
import dev.owlery.api.action.Leave;
import dev.owlery.api.action.OpenDirect;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.action.SetPresence;
import dev.owlery.api.action.SetSubject;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.chat.Presence;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.api.settings.Secret;
import dev.owlery.testkit.irc.ScriptedIrcServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults and forgeries that a real server does not show on request. */
class ScriptedServerTest {
  private ScriptedIrcServer server = ScriptedIrcServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private TestAccount.With account() {
    return new TestAccount.With("127.0.0.1", server.port());
  }

  @Test
  void aServerThatFallsSilentIsLeftAndFoundAgain() {
    Duration every = Duration.ofMillis(300);
    try (TestAccount owl = account().ping(every, every).online()) {
      server.silent(true);
      CompletionStage<Outcome> said = owl.say(room("#owls"), "anybody?").getFirst();
      owl.await("noticed", any -> owl.state().phase() == Phase.CONNECTING);
      assertThat(outcome(said)).isInstanceOf(Outcome.Doubtful.class);
      assertThat(owl.context.states())
          .anyMatch(state -> state.detail().contains("did not answer a PING within 0.3 s"));
      server.silent(false);
      owl.awaitOnline();
      assertThat(server.welcomed()).isEqualTo(2);
    }
  }

  @Test
  void anErrorThatIsThrownWhileReadingEndsTheConnectionAndNotTheAccount() {
    try (TestAccount owl = account().online()) {
      int connections = 1;
      for (Error fault :
          List.of(new NoClassDefFoundError("Gone"), new OutOfMemoryError("by a test"))) {
        owl.context.failPublishing(fault);
        server.send(":ann!ann@home PRIVMSG #owls :fatal");
        int next = ++connections;
        owl.await("connected again", any -> server.welcomed() == next);
        owl.awaitOnline();
        assertThat(owl.context.states())
            .anyMatch(state -> state.detail().contains(fault.getClass().getSimpleName()));
      }
      server.send(":ann!ann@home PRIVMSG #owls :still there?");
      owl.expect("still there?");
    }
  }

  @Test
  void aServerThatRefusesThePasswordIsNotAskedAgain() {
    server.refuse(":irc.test 464 owl :Password incorrect");
    try (TestAccount owl = account().password("canary").start()) {
      owl.await("failed", any -> owl.state().phase() == Phase.FAILED);
      assertThat(owl.state().detail()).contains("password").doesNotContain("canary");
      assertThat(server.received()).containsOnlyOnce("PASS canary");
    }
  }

  @Test
  void nothingThatIsSaidBecomesACommand() {
    try (TestAccount owl = account().online()) {
      int before = server.received().size();
      List<String> breakers = List.of("\r", "\n", "\r\n", "\0", "\u0001", "\u2028", "\u0085");
      for (String breaker : breakers) {
        for (String evil : List.of("x" + breaker + "QUIT :evil", breaker + "QUIT :evil")) {
          hostileActions(evil).forEach(action -> perform(owl, action));
        }
      }
      owl.say(room("#owls"), "the end");
      server.expect("the end");
      List<String> received = server.received();
      List<String> lines = received.subList(before, received.size());
      assertThat(lines)
          .allMatch(line -> line.matches("(?s)(PING|PRIVMSG|NOTICE|JOIN|PART|TOPIC|AWAY)( .*)?"))
          .noneMatch(line -> line.matches("(?s)(PRIVMSG|NOTICE) \\S+ :?\u0001(?!ACTION ).*"))
          .noneMatch(line -> line.indexOf('\0') >= 0);
      assertThat(server.welcomed()).isEqualTo(1);
    }
  }

  private static void perform(TestAccount owl, Supplier<Action> made) {
    Action action;
    try {
      action = made.get();
    } catch (IllegalArgumentException refusedByTheType) {
      return;
    }
    // Divided as the core does it, and raw as a faulty core might.
    owl.perform(action).forEach(stage -> assertThat(stage).isNotNull());
    owl.adapter.perform(new Outgoing("t1", action, 1, Instant.now()));
  }

  private static Stream<Supplier<Action>> hostileActions(String evil) {
    Conversation owls = room("#owls");
    return Stream.of(
        () -> new Say(owls, Content.of(evil)),
        () -> new Say(owls, Content.of(evil), Tone.DEED, Optional.empty()),
        () -> new Say(owls, Content.of(evil), Tone.NOTICE, Optional.empty()),
        () -> new Say(room("#" + evil), Content.of("hi")),
        () -> new Say(Conversation.direct(TestAccount.ID, evil), Content.of("hi")),
        () -> new SetSubject(owls, evil),
        () -> new SetSubject(room(evil), "hi"),
        () -> new Join(room("#" + evil), Optional.empty()),
        () -> new Join(room("#nest"), Optional.of(new Secret(evil))),
        () -> new Leave(room("#nest"), evil),
        () -> new Leave(room(evil), "x"),
        () -> new SetPresence(Conversation.ofAccount(TestAccount.ID), Presence.AWAY, evil),
        () -> new OpenDirect(Conversation.ofAccount(TestAccount.ID), List.of(evil)));
  }

  @Test
  void aTokenThatIsNoTokenIsRefused() {
    server.close();
    server = ScriptedIrcServer.start("message-tags");
    try (TestAccount owl = account().online()) {
      Say say = new Say(room("#owls"), Content.of("hi"));
      TestAccount.assertRefused(owl.adapter.perform(new Outgoing("a QUIT", say, 1, Instant.now())));
      owl.adapter.perform(new Outgoing("abc-1", say, 1, Instant.now()));
      assertThat(server.expect("PRIVMSG")).isEqualTo("@+owlery/token=abc-1 PRIVMSG #owls hi");
    }
  }

  @Test
  void aBareCarriageReturnForgesNobody() {
    try (TestAccount owl = account().online()) {
      server.send(":ann!a@h PRIVMSG #owls :hello\r:admin!a@h PRIVMSG #owls :!quit");
      assertThat(owl.expect("hello :admin!a@h PRIVMSG #owls :!quit").sender().handle())
          .isEqualTo("ann");
      assertThat(owl.messages()).hasSize(1);
    }
  }

  @Test
  void randomLinesNeverEndTheConnection() {
    Random random = new Random(4711);
    String[] words = {
      ":ann!a@h", ":", "@a=b;c", "@", "PRIVMSG", "NOTICE", "JOIN", "PART", "KICK", "NICK", "QUIT",
      "BATCH", "CAP", "353", "005", "433", "900", "TOPIC", "ACCOUNT", "CHGHOST", "#owls", "owl2",
      ":\u0001ACTION x\u0001", "\u0001", ":\u0003", "+1", "-1", "chathistory", "é", "\ufffd", ""
    };
    try (TestAccount owl = account().online()) {
      for (int round = 0; round < 20_000; round++) {
        StringBuilder line = new StringBuilder();
        for (int i = random.nextInt(7); i >= 0; i--) {
          line.append(words[random.nextInt(words.length)]).append(' ');
        }
        server.send(line.toString());
      }
      server.send(":ann!a@h PRIVMSG #owls :still there?");
      owl.expect("still there?");
      assertThat(server.welcomed()).isEqualTo(1);
      assertThat(owl.messages())
          .allMatch(each -> each.text().chars().noneMatch(Character::isISOControl));
    }
  }

  @Test
  void theFloodLimitIsKept() {
    try (TestAccount owl = account().flood(3, 10).online()) {
      long begun = System.nanoTime();
      for (int i = 0; i < 12; i++) {
        owl.say(room("#owls"), "line " + i);
      }
      server.expect("line 11");
      // Three at once, nine more at ten a second; JOIN has taken one of the burst before.
      assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(850).toNanos());
    }
  }

  @Test
  void twoNetworksDoNotMix() {
    try (ScriptedIrcServer other = ScriptedIrcServer.start();
        TestAccount here = account().online();
        TestAccount there = new TestAccount.With("127.0.0.1", other.port()).online()) {
      server.send(":ann!a@h PRIVMSG #owls :here");
      other.send(":ann!a@h PRIVMSG #owls :there");
      here.expect("here");
      there.expect("there");
      assertThat(here.messages()).hasSize(1);
      assertThat(there.messages()).hasSize(1);
    }
  }

  @Test
  void withoutAccountTagsTheMembershipTellsTheAccount() {
    server.close();
    server = ScriptedIrcServer.start("extended-join", "account-notify");
    try (TestAccount owl = account().online()) {
      server.send(":ann!a@h JOIN #owls Ann :real name");
      server.send(":ann!a@h PRIVMSG #owls :in");
      server.send(":ann!a@h ACCOUNT *");
      server.send(":ann!a@h PRIVMSG #owls :out");
      assertThat(owl.expect("in").sender().identity().orElseThrow().subject())
          .isEqualTo("account:ann");
      assertThat(owl.expect("out").sender().identity()).isEmpty();
      server.send(":stranger!a@h PRIVMSG owl :hi");
      assertThat(owl.expect("hi").sender().identity()).isEmpty();
    }
  }

  @Test
  void anEchoWithoutALabelBringsTheMessageId() {
    server.close();
    server = ScriptedIrcServer.start("echo-message", "message-tags");
    try (TestAccount owl = account().online()) {
      TestAccount.assertDelivered(owl.say(room("#owls"), "hello"));
      server.silent(true);
      CompletionStage<Outcome> again = owl.say(room("#owls"), "again").getFirst();
      server.expect("PRIVMSG #owls again");
      server.send("@msgid=x1 :owl!o@h PRIVMSG #owls :again");
      assertThat(outcome(again))
          .isEqualTo(new Outcome.Settled(Receipt.delivered(new MessageId("x1"))));
      assertThat(owl.messages()).isEmpty();
    }
  }

  @Test
  void aServerWithChathistoryIsAskedForWhatWasMissed() {
    server.close();
    server = ScriptedIrcServer.start("batch", "server-time", "message-tags", "draft/chathistory");
    TestAccount first = account().online();
    server.send("@msgid=a;time=2026-01-02T03:04:05.678Z :ann!a@h PRIVMSG #owls :one");
    first.expect("one");
    first.close();
    assertThat(server.received()).noneMatch(line -> line.startsWith("CHATHISTORY"));

    try (TestAccount second = account().context(first.context).start()) {
      assertThat(server.expect("^CHATHISTORY")).startsWith("CHATHISTORY AFTER #owls timestamp=");
      server.send(":irc.test BATCH +h chathistory #owls");
      server.send("@batch=h;msgid=a;time=2026-01-02T03:04:05.678Z :ann!a@h PRIVMSG #owls :one");
      server.send("@batch=h;msgid=b;time=2026-01-02T03:04:06.678Z :ann!a@h PRIVMSG #owls :two");
      server.send(":irc.test BATCH -h");
      assertThat(second.expect("two").origin().delivery()).isEqualTo(Delivery.CATCH_UP);
      assertThat(second.messages()).hasSize(2);
    }
  }

  @Test
  void aBouncersPlaybackIsThePast() {
    server.close();
    server = ScriptedIrcServer.start("server-time", "batch");
    TestAccount first = account().online();
    server.send("@time=2026-01-02T03:04:05.678Z :ann!a@h PRIVMSG owl :one");
    first.expect("one");
    first.close();
    try (TestAccount second = account().context(first.context).online()) {
      server.send("@time=2026-01-02T03:04:05.678Z :ann!a@h PRIVMSG owl :one");
      server.send(":bnc BATCH +p znc.in/playback owl");
      server.send("@batch=p;time=2026-01-02T03:04:05.678Z :ann!a@h PRIVMSG owl :one");
      server.send("@batch=p;time=2026-01-02T03:05:05.678Z :ann!a@h PRIVMSG owl :two");
      server.send(":bnc BATCH -p");
      assertThat(second.expect("two").origin().delivery()).isEqualTo(Delivery.CATCH_UP);
      assertThat(second.messages()).hasSize(2);
    }
  }

  @Test
  void aCapabilityListOfSeveralLinesIsReadWhole() {
    assertThat(new Capabilities(Optional.empty()).wantedOf(List.of("batch", "sasl=PLAIN", "x")))
        .containsExactly("batch");
  }
}

package dev.owlery.adapter.xmpp.chat;

import static dev.owlery.adapter.xmpp.TestAccount.assertDelivered;
import static dev.owlery.adapter.xmpp.TestAccount.outcome;
import static dev.owlery.adapter.xmpp.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.SayPlugin;
import dev.owlery.adapter.xmpp.ScriptedRoom;
import dev.owlery.adapter.xmpp.TestAccount;
import dev.owlery.adapter.xmpp.XmppAdapterProvider;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.testkit.LiveBot;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rooms that do not keep the ids of messages: each message is said once, or twice at most. */
class RoomReflectionsTest {
  private static final String ROOM = ScriptedRoom.ADDRESS;
  private static Prosody server;

  @TempDir private Path data;

  @BeforeAll
  static void startServer() {
    server = Prosody.start();
    server.register("owl", TestAccount.PASSWORD);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static TestAccount.With account() {
    return new TestAccount.With(server).rooms(ROOM);
  }

  /** What is not shown within 0.8 s is given up. */
  private static TestAccount.With impatient() {
    return account().ping(Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofSeconds(60));
  }

  private static String own(String attributes, String text) {
    return ScriptedRoom.shown(attributes, ScriptedRoom.body(text));
  }

  @Test
  void aReflectionWithoutAnIdConfirms() {
    try (ScriptedRoom ops = new ScriptedRoom(server).reflection(text -> own("", text));
        TestAccount owl = account().online()) {
      assertDelivered(owl.say(room(ROOM), "one"));
      assertDelivered(owl.say(room(ROOM), "one"));
      assertThat(ops.said()).containsExactly("one", "one");
    }
  }

  @Test
  void aReflectionWithAnotherIdAndARewrittenTextConfirms() {
    try (ScriptedRoom ops =
            new ScriptedRoom(server)
                .reflection(text -> own("id='gw-1'", "  " + text.replace("*", "").strip() + " "));
        TestAccount owl = account().online()) {
      assertDelivered(owl.say(room(ROOM), "one *two*  three"));
      assertThat(ops.said()).hasSize(1);
    }
  }

  @Test
  void theBeginningOfATextConfirmsWhereAGatewayCutsIt() {
    try (ScriptedRoom ops =
            new ScriptedRoom(server).reflection(text -> own("", text.split("\n", 2)[0]));
        TestAccount owl = account().online()) {
      assertDelivered(owl.say(room(ROOM), "first line\nsecond line"));
      assertThat(ops.said()).hasSize(1);
    }
  }

  @Test
  void theOldestOfTheSameTextIsConfirmedFirst() {
    try (ScriptedRoom ops = new ScriptedRoom(server);
        TestAccount owl = account().online()) {
      CompletionStage<Outcome> first = owl.say(room(ROOM), "one").getFirst();
      CompletionStage<Outcome> second = owl.say(room(ROOM), "one").getFirst();
      RawXmppClient.await("both", () -> ops.said().size() == 2);
      ops.say("owl", "", ScriptedRoom.body("one"));
      assertDelivered(List.of(first));
      assertThat(second.toCompletableFuture()).isNotDone();
      ops.say("owl", "", ScriptedRoom.body("one"));
      assertDelivered(List.of(second));
    }
  }

  @Test
  void whatAnotherSaysConfirmsNothing() {
    try (ScriptedRoom ops = new ScriptedRoom(server);
        TestAccount owl = account().online()) {
      CompletionStage<Outcome> said = owl.say(room(ROOM), "one").getFirst();
      ops.say("ann", "id='x'", ScriptedRoom.body("one"));
      owl.expect("one");
      assertThat(said.toCompletableFuture()).isNotDone();
    }
  }

  @Test
  void whatARoomNeverShowsIsCountedAsMaybeDelivered() {
    try (ScriptedRoom ops = new ScriptedRoom(server);
        TestAccount owl = impatient().online()) {
      Outcome outcome = outcome(owl.say(room(ROOM), "one").getFirst());
      assertThat(outcome).isInstanceOf(Outcome.Unconfirmed.class);
      assertThat(ops.said()).containsExactly("one");
    }
  }

  /** The bot's own message, as a room without ids keeps it. */
  private static String earlier(String text) {
    String delay = "<delay xmlns='urn:xmpp:delay' stamp='" + Instant.now() + "'/>";
    return ScriptedRoom.shown("", ScriptedRoom.body(text) + delay);
  }

  /** Has the bot say something, and waits until the room has it. */
  private static void askFor(ScriptedRoom ops, String text) {
    ops.say("ann", "id='" + text + "'", ScriptedRoom.body("say " + text));
    RawXmppClient.await(text, () -> ops.said().contains(text));
  }

  private LiveBot bot(TestAccount.With account) {
    return LiveBot.start(
        TestAccount.ID,
        new XmppAdapterProvider(),
        account.settings(),
        LiveBot.BotParts.of(SayPlugin.class).remembering(data));
  }

  @Test
  void aMessageThatNobodyConfirmsIsRepeatedOnceAtMostHoweverOftenTheBotIsStarted() {
    try (ScriptedRoom ops = new ScriptedRoom(server)) {
      try (LiveBot _ = bot(account())) {
        askFor(ops, "one");
      }
      for (int start = 0; start < 4; start++) {
        try (LiveBot _ = bot(account())) {
          askFor(ops, "mark " + start);
        }
      }
      assertThat(ops.said().stream().filter("one"::equals).count()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void theHistoryThatARoomShowsAtOurComingConfirmsWithoutIds() {
    try (ScriptedRoom ops = new ScriptedRoom(server)) {
      try (LiveBot _ = bot(account())) {
        askFor(ops, "one");
      }
      ops.history(earlier("one"));
      try (LiveBot _ = bot(account())) {
        askFor(ops, "two");
      }
      assertThat(ops.said()).containsExactly("one", "two");
    }
  }

  @Test
  void aKickDoesNotMakeTheBotSayAgainWhatTheRoomHasShown() {
    try (ScriptedRoom ops = new ScriptedRoom(server).reflection(text -> own("id='x'", text));
        LiveBot _ = bot(account())) {
      for (int i = 0; i < 3; i++) {
        askFor(ops, "text " + i);
      }
      ops.kick();
      String last = "back";
      RawXmppClient.await(
          "back",
          () -> {
            ops.say("ann", "id='b" + System.nanoTime() + "'", ScriptedRoom.body("say back"));
            return ops.said().contains(last);
          });
      assertThat(ops.said().stream().filter(each -> each.startsWith("text")))
          .containsExactly("text 0", "text 1", "text 2");
    }
  }

  @Test
  void afterAKickWhatTheHistoryShowsIsNotSaidAgain() {
    try (ScriptedRoom ops = new ScriptedRoom(server);
        TestAccount owl = account().online()) {
      var say =
          TestAccount.outgoing(
              new dev.owlery.api.action.Say(room(ROOM), dev.owlery.api.content.Content.of("one")));
      CompletionStage<Outcome> said = owl.adapter.perform(say);
      RawXmppClient.await("one", () -> ops.said().contains("one"));
      ops.history(earlier("one"));
      ops.kick();
      assertThat(outcome(said)).isInstanceOf(Outcome.Doubtful.class);
      // The look-up waits for the room's history, though the bot is not back yet.
      assertThat(outcome(owl.adapter.lookUp(say)))
          .isInstanceOfSatisfying(
              Outcome.Settled.class,
              settled -> assertThat(settled.receipt()).isInstanceOf(Receipt.Delivered.class));
      assertThat(owl.events(MemberJoined.class)).isNotEmpty();
    }
  }

  @Test
  void aRewrittenTextIsKnownAgainByWhatIsLeftOfIt() {
    assertThat(RoomReflections.fold(" *one*\u00a0_two_\n`three` "))
        .isEqualTo(RoomReflections.fold("one two three"));
    assertThat(RoomReflections.fold("one")).isNotEqualTo(RoomReflections.fold("two"));
  }
}

package dev.owlery.adapter.xmpp;

import static dev.owlery.adapter.xmpp.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A delay counts while a room's history is due, whoever signs it, and afterwards never. */
class RoomHistoryTest {
  private static final String ROOM = ScriptedRoom.ADDRESS;
  private static final String LONG_AGO = "2026-01-01T10:00:00Z";
  private static final String FAR = "2099-01-01T00:00:00Z";
  private static Prosody server;

  @BeforeAll
  static void startServer() {
    server = Prosody.start();
    server.register("owl", TestAccount.PASSWORD);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static TestAccount.With account(String... rooms) {
    return new TestAccount.With(server).rooms(rooms);
  }

  private static String delay(String from, String stamp) {
    String signed = from.isEmpty() ? "" : " from='" + from + "'";
    return "<delay xmlns='urn:xmpp:delay'" + signed + " stamp='" + stamp + "'/>";
  }

  /** As XEP-0091 has it. */
  private static String oldDelay(Instant at) {
    String stamp = at.toString().substring(0, 19).replace("-", "");
    return "<x xmlns='jabber:x:delay' from='" + ROOM + "' stamp='" + stamp + "'/>";
  }

  private static String ann(String id, String text, String more) {
    return ScriptedRoom.message("ann", "id='" + id + "'", ScriptedRoom.body(text) + more);
  }

  private static void say(ScriptedRoom ops, String id, String text, String more) {
    ops.say("ann", "id='" + id + "'", ScriptedRoom.body(text) + more);
  }

  /** The bot has been in the room, and has heard something. */
  private static TestAccount.With seen(ScriptedRoom ops) {
    TestAccount first = account(ROOM).online();
    say(ops, "seen", "seen", "");
    first.expect("seen");
    first.close();
    return account(ROOM).context(first.context);
  }

  private static Delivery delivery(TestAccount owl, String text) {
    return owl.expect(text).origin().delivery();
  }

  private static void assertNotFromTheFuture(MessagePosted message) {
    assertThat(message.origin().at()).isBefore(Instant.now().plusSeconds(1));
  }

  @Test
  void aForgedDelayHidesNothingOfWhatIsSaidUntilTheNextStart() {
    String here = "forged@" + server.plainRooms();
    try (RawXmppClient ann = RawXmppClient.join(server, "ann");
        RawXmppClient mal = RawXmppClient.join(server, "mal")) {
      ann.enter(here, "ann");
      mal.enter(here, "mal");
      TestAccount first = account(here).online();
      for (String from : List.of(here + "/mal", here, "mal@localhost", "localhost", "")) {
        mal.raw(
            "<message to='%s' type='groupchat' id='%s'><body>forged %s</body>%s</message>"
                .formatted(here, mal.nextId(), from, delay(from, FAR)));
        MessagePosted forged = first.expect("forged " + from);
        assertThat(forged.origin().delivery()).isEqualTo(Delivery.LIVE);
        assertNotFromTheFuture(forged);
      }
      first.close();
      ann.expect("presence", s -> s.from().equals(here + "/owl") && s.type().equals("unavailable"));
      List<String> commands = List.of("!echo 1", "!echo 2", "!echo 3");
      commands.forEach(each -> ann.sayIn(here, each));
      ann.settle();
      try (TestAccount second = account(here).context(first.context).online()) {
        commands.forEach(each -> assertThat(delivery(second, each)).isEqualTo(Delivery.CATCH_UP));
      }
    }
  }

  @Test
  void whoeverSignsADelayBeforeTheSubjectItIsThePast() {
    try (ScriptedRoom ops = new ScriptedRoom(server)) {
      TestAccount.With again = seen(ops);
      String now = Instant.now().toString();
      ops.history(
          ann("h1", "!echo room", delay(ROOM, now)),
          ann("h2", "!echo occupant", delay(ROOM + "/ann", now)),
          ann("h3", "!echo address", delay("ann@localhost/desk", now)),
          ann("h4", "!echo nobody", delay("", now)),
          ann("h5", "!echo legacy", oldDelay(Instant.now())),
          ann("h6", "!echo future", delay(ROOM + "/ann", FAR)),
          ann("h7", "!echo both", delay("", FAR) + delay(ROOM, now)),
          ann("h8", "!echo old", delay("ann@localhost/desk", LONG_AGO)),
          ann("h9", "!echo unread", delay("", "yesterday")));
      try (TestAccount owl = again.online()) {
        say(ops, "live", "!echo live", "");
        assertThat(delivery(owl, "!echo live")).isEqualTo(Delivery.LIVE);
        assertThat(owl.texts())
            .containsExactly(
                "seen",
                "!echo room",
                "!echo occupant",
                "!echo address",
                "!echo nobody",
                "!echo legacy",
                "!echo future",
                "!echo both",
                "!echo live");
        assertThat(owl.messages().subList(1, 8))
            .allSatisfy(each -> {
              assertThat(each.origin().delivery()).isEqualTo(Delivery.CATCH_UP);
              assertNotFromTheFuture(each);
            });
      }
    }
  }

  @Test
  void whoComesForTheFirstTimeIsNotToldTheHistoryThatItHasNotAskedFor() {
    try (ScriptedRoom ops = new ScriptedRoom(server)) {
      ops.history(ann("h1", "!echo old", delay(ROOM, Instant.now().minusSeconds(90).toString())));
      try (TestAccount owl = account(ROOM).online()) {
        say(ops, "l1", "hello", "");
        owl.expect("hello");
        assertThat(owl.texts()).containsExactly("hello");
      }
    }
  }

  @Test
  void aSubjectInTheHistoryDoesNotEndIt() {
    try (ScriptedRoom ops = new ScriptedRoom(server)) {
      TestAccount.With again = seen(ops);
      String now = Instant.now().toString();
      ops.history(
              ScriptedRoom.message("ann", "", "<subject>owls</subject>" + delay(ROOM, now)),
              ann("h1", "!echo behind", delay("", now)))
          .subject("<subject>owls</subject>" + delay(ROOM, LONG_AGO));
      try (TestAccount owl = again.online()) {
        assertThat(delivery(owl, "!echo behind")).isEqualTo(Delivery.CATCH_UP);
        say(ops, "l1", "!echo live", delay("", LONG_AGO));
        assertThat(delivery(owl, "!echo live")).isEqualTo(Delivery.LIVE);
      }
    }
  }

  @Test
  void whatIsSaidAmidTheHistoryComesBehindIt() {
    try (ScriptedRoom ops = new ScriptedRoom(server)) {
      TestAccount.With again = seen(ops);
      String now = Instant.now().toString();
      ops.history(ann("l1", "live", ""), ann("h1", "missed", delay(ROOM, now)));
      try (TestAccount owl = again.online()) {
        owl.expect("live");
        assertThat(owl.texts()).containsExactly("seen", "missed", "live");
      }
    }
  }

  @Test
  void aRoomWithoutASubjectIsEnteredAllTheSame() {
    try (ScriptedRoom ops = new ScriptedRoom(server)) {
      TestAccount.With again = seen(ops.subject(""));
      ops.history(ann("h1", "missed", delay(ROOM, Instant.now().toString())));
      try (TestAccount owl = again.online()) {
        say(ops, "l1", "live", "");
        assertThat(delivery(owl, "live")).isEqualTo(Delivery.LIVE);
        assertThat(owl.texts()).containsExactly("seen", "missed", "live");
        assertThat(owl.events(MemberJoined.class)).hasSize(2);
        assertThat(owl.state().rooms().get(room(ROOM)).joined()).isTrue();
      }
    }
  }
}

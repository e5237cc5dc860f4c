package dev.owlery.adapter.xmpp;

import static dev.owlery.adapter.xmpp.TestAccount.assertDelivered;
import static dev.owlery.adapter.xmpp.TestAccount.direct;
import static dev.owlery.adapter.xmpp.TestAccount.outgoing;
import static dev.owlery.adapter.xmpp.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.api.event.MemberRenamed;
import dev.owlery.api.event.MessageDeleted;
import dev.owlery.api.event.MessageEdited;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A message is changed and taken back by who has said it, and by nobody else. */
class AuthorshipTest {
  private static final AtomicInteger ROOMS = new AtomicInteger();
  private static Prosody server;
  private RawXmppClient ann;
  private RawXmppClient eve;

  @BeforeAll
  static void startServer() {
    server = Prosody.start();
    for (String name : List.of("owl", "ann", "eve")) {
      server.register(name, TestAccount.PASSWORD);
    }
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void connect() {
    ann = RawXmppClient.connect(server, "ann", TestAccount.PASSWORD);
    eve = RawXmppClient.connect(server, "eve", TestAccount.PASSWORD);
  }

  @AfterEach
  void disconnect() {
    ann.close();
    eve.close();
  }

  private static String newRoom(String service) {
    return "room" + ROOMS.incrementAndGet() + "@" + service;
  }

  private static String to(String address) {
    return "to='%s' type='%s'"
        .formatted(address, address.startsWith("room") ? "groupchat" : "chat");
  }

  private static void say(RawXmppClient who, String where, String id, String text) {
    who.raw("<message %s id='%s'><body>%s</body></message>".formatted(to(where), id, text));
  }

  private static void correct(RawXmppClient who, String where, String target, String text) {
    who.raw(
        "<message %s id='%s'><body>%s</body><replace xmlns='urn:xmpp:message-correct:0' id='%s'/></message>"
            .formatted(to(where), who.nextId(), text, target));
  }

  private static void retract(RawXmppClient who, String where, String target) {
    who.raw(
        "<message %s id='%s'><retract xmlns='urn:xmpp:message-retract:1' id='%s'/></message>"
            .formatted(to(where), who.nextId(), target));
  }

  private static List<String> edits(TestAccount owl) {
    return owl.events(MessageEdited.class).stream()
        .map(edit -> edit.sender().handle() + ": " + edit.content().plain())
        .toList();
  }

  private static List<String> deletions(TestAccount owl) {
    return owl.events(MessageDeleted.class).stream().map(each -> each.sender().handle()).toList();
  }

  /** Everything before this has been read. */
  private static void settle(TestAccount owl, RawXmppClient who, String where, String mark) {
    say(who, where, mark, mark);
    owl.expect(mark);
  }

  @Test
  void inARoomNobodyChangesWhatAnotherHasSaid() {
    String here = newRoom(server.rooms());
    ann.enter(here, "ann");
    eve.enter(here, "eve");
    try (TestAccount owl = new TestAccount.With(server).rooms(here).online()) {
      say(ann, here, "a1", "mine");
      MessageId mine = owl.expect("mine").id().orElseThrow();
      Outgoing say = outgoing(new Say(room(here), Content.of("the owl's")));
      assertDelivered(List.of(owl.adapter.perform(say)));
      String owls =
          ann.expectMessage(here + "/owl", "the owl's")
              .child("stanza-id", "urn:xmpp:sid:0")
              .orElseThrow()
              .getAttribute("id");
      for (String target : List.of("a1", mine.value(), owls, say.token(), "no such message")) {
        correct(eve, here, target, "forged");
        retract(eve, here, target);
      }
      ann.raw("<presence to='%s/ann' type='unavailable'/>".formatted(here));
      owl.expect(MemberLeft.class);
      eve.raw("<presence to='%s/ann'/>".formatted(here));
      owl.expect(MemberRenamed.class);
      correct(eve, here, "a1", "forged under the same nick");
      retract(eve, here, mine.value());
      settle(owl, eve, here, "settled");
      assertThat(edits(owl)).isEmpty();
      assertThat(deletions(owl)).isEmpty();

      ann.enter(here, "ann again");
      correct(ann, here, "a1", "mine indeed");
      owl.await("the correction", any -> edits(owl).equals(List.of("ann again: mine indeed")));
      assertThat(owl.expect(MessageEdited.class).target()).isEqualTo(mine);
      retract(ann, here, mine.value());
      assertThat(owl.expect(MessageDeleted.class).target()).isEqualTo(mine);
    }
  }

  @Test
  void whatWasSaidWhileTheBotWasAwayIsChangedByItsAuthorToo() {
    String here = newRoom(server.rooms());
    ann.enter(here, "ann");
    eve.enter(here, "eve");
    TestAccount first = new TestAccount.With(server).rooms(here).online();
    settle(first, ann, here, "before");
    first.close();
    ann.expect("presence", s -> s.from().equals(here + "/owl") && s.type().equals("unavailable"));
    say(ann, here, "a1", "mine");
    String roomsId =
        eve.expectMessage(here + "/ann", "mine")
            .child("stanza-id", "urn:xmpp:sid:0")
            .orElseThrow()
            .getAttribute("id");
    correct(eve, here, roomsId, "forged");
    retract(eve, here, roomsId);
    correct(ann, here, "a1", "mine indeed");
    ann.expectMessage(here + "/ann", "mine indeed");
    try (TestAccount second =
        new TestAccount.With(server).rooms(here).context(first.context).online()) {
      MessageEdited edited = second.expect(MessageEdited.class);
      assertThat(edited.target()).isEqualTo(second.expect("mine").id().orElseThrow());
      settle(second, eve, here, "settled");
      assertThat(edits(second)).containsExactly("ann: mine indeed");
      assertThat(deletions(second)).isEmpty();
    }
  }

  @Test
  void aRoomThatDoesNotTellWhoIsBehindANickIsBelievedWhileSheStays() {
    String here = newRoom(server.plainRooms());
    ann.enter(here, "ann");
    eve.enter(here, "eve");
    try (TestAccount owl = new TestAccount.With(server).rooms(here).online()) {
      say(ann, here, "a1", "mine");
      owl.expect("mine");
      ann.raw(
          "<message %s id='a2'><body>claimed</body><occupant-id xmlns='urn:xmpp:occupant-id:0' id='somebody'/></message>"
              .formatted(to(here)));
      owl.expect("claimed");
      eve.raw(
          "<message %s id='e1'><body>forged</body><occupant-id xmlns='urn:xmpp:occupant-id:0' id='somebody'/><replace xmlns='urn:xmpp:message-correct:0' id='a2'/></message>"
              .formatted(to(here)));
      correct(ann, here, "a1", "mine, corrected");
      owl.await("the correction", any -> !edits(owl).isEmpty());
      ann.raw("<presence to='%s/hen'/>".formatted(here));
      owl.expect(MemberRenamed.class);
      correct(ann, here, "a1", "under another nick");
      owl.await("the second", any -> edits(owl).size() == 2);
      ann.raw("<presence to='%s/hen' type='unavailable'/>".formatted(here));
      owl.expect(MemberLeft.class);
      eve.raw("<presence to='%s/ann'/>".formatted(here));
      owl.await("another ann", any -> owl.events(MemberRenamed.class).size() == 2);
      correct(eve, here, "a1", "forged");
      retract(eve, here, "a1");
      settle(owl, eve, here, "settled");
      assertThat(edits(owl)).containsExactly("ann: mine, corrected", "hen: under another nick");
      assertThat(deletions(owl)).isEmpty();
      assertThat(owl.events(MemberJoined.class)).isNotEmpty();
    }
  }

  @Test
  void aloneWithTheBotEveryoneChangesTheirOwnMessagesOnly() {
    try (TestAccount owl = new TestAccount.With(server).rooms().online()) {
      say(ann, "owl@localhost", "a1", "mine");
      owl.expect("mine");
      Outgoing say = outgoing(new Say(direct("ann@localhost"), Content.of("the owl's")));
      assertDelivered(List.of(owl.adapter.perform(say)));
      correct(ann, "owl@localhost", say.token(), "forged");
      retract(ann, "owl@localhost", say.token());
      correct(ann, "owl@localhost", "a1", "mine indeed");
      owl.await("the correction", any -> !edits(owl).isEmpty());
      // The same id is another message in another chat.
      retract(eve, "owl@localhost", "a1");
      MessageDeleted hers = owl.expect(MessageDeleted.class);
      assertThat(hers.where()).isEqualTo(direct("eve@localhost"));
      assertThat(edits(owl)).containsExactly("ann@localhost: mine indeed");
      assertThat(deletions(owl)).containsExactly("eve@localhost");
    }
  }

  @Test
  void inAPrivateMessageOfARoomTheNickAloneProvesNothing() {
    String here = newRoom(server.rooms());
    ann.enter(here, "ann");
    eve.enter(here, "eve");
    try (TestAccount owl = new TestAccount.With(server).rooms(here).online()) {
      ann.raw(
          "<message to='%s/owl' type='chat' id='p1'><body>psst</body></message>".formatted(here));
      owl.expect("psst");
      ann.raw("<presence to='%s/ann' type='unavailable'/>".formatted(here));
      owl.expect(MemberLeft.class);
      eve.raw("<presence to='%s/ann'/>".formatted(here));
      owl.expect(MemberRenamed.class);
      eve.raw(
          "<message to='%s/owl' type='chat' id='p2'><body>forged</body><replace xmlns='urn:xmpp:message-correct:0' id='p1'/></message>"
              .formatted(here));
      settle(owl, eve, here, "settled");
      assertThat(edits(owl)).isEmpty();
    }
  }
}

package dev.owlery.adapter.xmpp;

import static dev.owlery.adapter.xmpp.TestAccount.assertDelivered;
import static dev.owlery.adapter.xmpp.TestAccount.direct;
import static dev.owlery.adapter.xmpp.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.link.XmppSettings.Invitations;
import dev.owlery.api.action.Edit;
import dev.owlery.api.action.Join;
import dev.owlery.api.action.Leave;
import dev.owlery.api.action.React;
import dev.owlery.api.action.Say;
import dev.owlery.api.action.SetSubject;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.api.event.MemberRenamed;
import dev.owlery.api.event.MessageEdited;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.ReactionAdded;
import dev.owlery.api.event.SubjectChanged;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final AtomicInteger ROOMS = new AtomicInteger();
  private static Prosody server;
  private RawXmppClient ann;
  private String here;

  @BeforeAll
  static void startServer() {
    server = Prosody.start();
    server.register("owl", TestAccount.PASSWORD);
    server.register("ann", TestAccount.PASSWORD);
    server.register("bea", TestAccount.PASSWORD);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void connect() {
    ann = RawXmppClient.connect(server, "ann", TestAccount.PASSWORD);
    here = "room" + ROOMS.incrementAndGet() + "@" + server.rooms();
  }

  @AfterEach
  void disconnect() {
    ann.close();
  }

  private TestAccount.With account(String... rooms) {
    return new TestAccount.With(server).rooms(rooms);
  }

  private void say(String children) {
    ann.raw(
        "<message to='%s' type='groupchat' id='%s'>%s</message>"
            .formatted(here, ann.nextId(), children));
  }

  private void configure(String field, String value) {
    ann.ask(
        here,
        "set",
        "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
            + "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
            + "<field var='%s'><value>%s</value></field></x></query>".formatted(field, value));
  }

  @Test
  void whoComesAndGoesIsToldAndWhoWasThereIsNot() {
    ann.enter(here, "ann");
    try (TestAccount owl = account(here).online();
        RawXmppClient bea = RawXmppClient.connect(server, "bea", TestAccount.PASSWORD)) {
      bea.enter(here, "bea");
      owl.await("bea", any -> owl.events(MemberJoined.class).size() == 2);
      assertThat(owl.events(MemberJoined.class).stream().map(each -> each.member().handle()))
          .containsExactly("owl", "bea");
      bea.raw("<presence to='%s/queen'/>".formatted(here));
      MemberRenamed renamed = owl.expect(MemberRenamed.class);
      assertThat(renamed.before().handle()).isEqualTo("bea");
      assertThat(renamed.after().handle()).isEqualTo("queen");
      bea.raw("<presence to='%s/queen' type='unavailable'/>".formatted(here));
      assertThat(owl.expect(MemberLeft.class).member().handle()).isEqualTo("queen");
      assertThat(owl.adapter.members(room(here)))
          .extracting(Member::handle)
          .containsExactlyInAnyOrder("ann", "owl");
    }
  }

  @Test
  void onlyAnAddressThatTheRoomShowsIsAnIdentity() {
    String open = "open" + ROOMS.incrementAndGet() + "@" + server.openRooms();
    ann.enter(here, "admin");
    ann.enter(open, "ann");
    try (TestAccount owl = account(here, open).online()) {
      ann.sayIn(here, "anonymous");
      ann.sayIn(open, "known");
      assertThat(owl.expect("anonymous").sender().identity()).isEmpty();
      assertThat(owl.expect("known").sender().identity())
          .contains(new Identity(TestAccount.ID, "ann@localhost"));
    }
  }

  @Test
  void aPrivateMessageInARoomIsADirectChatWithANickAndNoIdentity() {
    String open = "open" + ROOMS.incrementAndGet() + "@" + server.openRooms();
    ann.enter(open, "ann");
    try (TestAccount owl = account(open).online()) {
      ann.raw(
          "<message to='%s/owl' type='chat'><body>psst</body><x xmlns='http://jabber.org/protocol/muc#user'/></message>"
              .formatted(open));
      MessagePosted psst = owl.expect("psst");
      assertThat(psst.where()).isEqualTo(direct(open + "/ann"));
      assertThat(psst.sender().identity()).isEmpty();
      assertDelivered(owl.say(psst.where(), "yes?"));
      ann.expectMessage(open + "/owl", "yes\\?");
      assertThat(owl.adapter.locate(open + "/ann")).isEqualTo(psst.where());
    }
  }

  @Test
  void aTakenNickGetsAnUnderscore() {
    ann.enter(here, "owl");
    try (TestAccount owl = account(here).online()) {
      ann.sayIn(here, "two owls");
      assertThat(owl.expect("two owls").sender().handle()).isEqualTo("owl");
      assertDelivered(owl.say(room(here), "hoo"));
      ann.expectMessage(here + "/owl_", "hoo");
    }
  }

  @Test
  void aPasswordOpensTheRoomAndWithoutItTheStateSaysSo() {
    ann.enter(here, "ann");
    configure("muc#roomconfig_passwordprotectedroom", "1");
    configure("muc#roomconfig_roomsecret", "sesame");
    try (TestAccount owl = account(here).online()) {
      owl.await(
          "a reason",
          any -> owl.state().rooms().get(room(here)).detail().contains("not-authorized"));
      assertThat(owl.state().rooms().get(room(here)).joined()).isFalse();
    }
    try (TestAccount owl = account(here + " sesame").online()) {
      owl.await("in", any -> owl.state().rooms().get(room(here)).joined());
    }
  }

  @Test
  void aSubjectIsToldAndSet() {
    ann.enter(here, "ann");
    try (TestAccount owl = account(here).online()) {
      say("<subject>owls only</subject>");
      assertThat(owl.expect(SubjectChanged.class).subject()).isEqualTo("owls only");
      configure("muc#roomconfig_changesubject", "1");
      assertDelivered(owl.perform(new SetSubject(room(here), "all birds")));
      ann.expect("all birds");
    }
  }

  @Test
  void inARoomOthersMessagesAreNamedByTheRoomAndOursByUs() {
    ann.enter(here, "ann");
    try (TestAccount owl = account(here).online()) {
      ann.raw(
          "<message to='%s' type='groupchat' id='a1'><body>teh</body></message>".formatted(here));
      MessageId id = owl.expect("teh").id().orElseThrow();
      assertThat(id.value()).isNotEqualTo("a1");
      ann.raw(
          "<message to='%s' type='groupchat' id='a2'><body>the</body><replace id='a1' xmlns='urn:xmpp:message-correct:0'/></message>"
              .formatted(here));
      assertThat(owl.expect(MessageEdited.class).target()).isEqualTo(id);

      var say = TestAccount.outgoing(new Say(room(here), Content.of("mine")));
      assertDelivered(java.util.List.of(owl.adapter.perform(say)));
      XmppStanza mine = ann.expectMessage(here + "/owl", "mine");
      String roomsId = mine.child("stanza-id", "urn:xmpp:sid:0").orElseThrow().getAttribute("id");
      say(
          "<reactions id='%s' xmlns='urn:xmpp:reactions:0'><reaction>🦉</reaction></reactions>"
              .formatted(roomsId));
      assertThat(owl.expect(ReactionAdded.class).target()).isEqualTo(new MessageId(say.token()));
      assertDelivered(
          owl.perform(new Edit(room(here), new MessageId(say.token()), Content.of("yours"))));
      assertThat(ann.expectMessage(here + "/owl", "yours").raw()).contains(say.token());
      assertDelivered(owl.perform(new React(room(here), id, "👍", true)));
      assertThat(ann.expect("urn:xmpp:reactions:0'|👍").raw()).isNotEmpty();
    }
  }

  @Test
  void aKickIsToldAndTheBotComesBack() {
    ann.enter(here, "ann");
    try (TestAccount owl = account(here).online()) {
      ann.ask(
          here,
          "set",
          "<query xmlns='http://jabber.org/protocol/muc#admin'><item nick='owl' role='none'><reason>shoo</reason></item></query>");
      MemberLeft left = owl.expect(MemberLeft.class);
      assertThat(left.how()).isEqualTo(MemberLeft.How.KICKED);
      assertThat(left.reason()).contains("shoo");
      owl.await("back", any -> owl.events(MemberJoined.class).size() == 2);
      assertDelivered(owl.say(room(here), "here again"));
    }
  }

  @Test
  void aRoomThatHasForgottenUsIsEnteredAgain() {
    ann.enter(here, "ann");
    try (TestAccount owl =
        account(here)
            .ping(Duration.ofSeconds(10), Duration.ofMillis(400), Duration.ofMillis(300))
            .online()) {
      server.forget(ann, here, "owl");
      owl.await("back", any -> owl.events(MemberJoined.class).size() == 2);
      assertDelivered(owl.say(room(here), "remembered"));
      ann.expectMessage(here + "/owl", "remembered");
    }
  }

  @Test
  void roomsAreJoinedAndLeftOnDemand() {
    ann.enter(here, "ann");
    try (TestAccount owl = account().online()) {
      assertThat(owl.adapter.locate(here)).isEqualTo(room(here));
      assertDelivered(owl.perform(new Join(room(here), Optional.empty())));
      assertThat(owl.adapter.rooms()).contains(room(here));
      assertDelivered(owl.perform(new Leave(room(here), "bye")));
      ann.expect("presence", s -> s.from().equals(here + "/owl") && s.type().equals("unavailable"));
      owl.await("out", any -> owl.adapter.rooms().isEmpty());
    }
  }

  @Test
  void anInvitationIsFollowedOnlyIfThePolicySaysSo() {
    String open = "open" + ROOMS.incrementAndGet() + "@" + server.openRooms();
    ann.enter(open, "ann");
    String invitation =
        "<message to='owl@localhost'><x xmlns='jabber:x:conference' jid='%s'/></message>"
            .formatted(open);
    try (TestAccount owl = account().online()) {
      ann.raw(invitation);
      ann.say("owl@localhost", "coming?");
      owl.expect("coming?");
      assertThat(owl.adapter.rooms()).isEmpty();
    }
    try (TestAccount owl = account().invitations(Invitations.ACCEPT).online()) {
      ann.raw(invitation);
      owl.await("in", any -> !owl.adapter.rooms().isEmpty());
      ann.sayIn(open, "who am I?");
      assertThat(owl.expect("who am I?").sender().identity()).isEmpty();
    }
  }

  @Test
  void whatIsSaidInARoomWhereWeAreNotIsRefused() {
    try (TestAccount owl = account().online()) {
      Conversation nowhere = room("nowhere@" + server.rooms());
      TestAccount.assertRefused(owl.say(nowhere, "hello?").getFirst());
    }
  }
}

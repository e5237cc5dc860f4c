package dev.owlery.adapter.xmpp;

import static dev.owlery.adapter.xmpp.TestAccount.assertDelivered;
import static dev.owlery.adapter.xmpp.TestAccount.assertRefused;
import static dev.owlery.adapter.xmpp.TestAccount.direct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.adapter.xmpp.link.XmppSettings.Subscriptions;
import dev.owlery.api.action.Delete;
import dev.owlery.api.action.Edit;
import dev.owlery.api.action.React;
import dev.owlery.api.action.Say;
import dev.owlery.api.action.SetPresence;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.chat.Presence;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessageDeleted;
import dev.owlery.api.event.MessageEdited;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.PresenceChanged;
import dev.owlery.api.event.ReactionAdded;
import dev.owlery.api.event.ReactionRemoved;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said to the bot alone, and what it says. */
class ChatTest {
  private static final Conversation ANN = direct("ann@localhost");
  private static Prosody server;
  private RawXmppClient ann;
  private TestAccount owl;

  @BeforeAll
  static void startServer() {
    server = Prosody.start();
    server.register("owl", TestAccount.PASSWORD);
    server.register("ann", TestAccount.PASSWORD);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void connect() {
    ann = RawXmppClient.connect(server, "ann", TestAccount.PASSWORD);
    owl = new TestAccount.With(server).rooms().online();
  }

  @AfterEach
  void disconnect() {
    owl.close();
    ann.close();
  }

  private void send(String attributes, String children) {
    ann.raw("<message to='owl@localhost' %s>%s</message>".formatted(attributes, children));
  }

  private MessagePosted heard(String attributes, String children, String text) {
    send(attributes, children);
    return owl.expect(text);
  }

  @Test
  void aThreadIsKept() {
    MessagePosted posted = heard("type='chat'", "<body>hi</body><thread>t1</thread>", "hi");
    assertThat(posted.where()).isEqualTo(ANN.inThread("t1"));
    assertDelivered(owl.say(posted.where(), "ho"));
    assertThat(ann.expectMessage("owl@localhost", "ho").raw()).contains("<thread>t1</thread>");
  }

  @Test
  void serversAndRoomsOfGatewaysAreLocatedByTheNamesThatTheyHave() {
    assertThat(owl.adapter.locate("localhost").room()).isEqualTo("localhost");
    assertThat(owl.adapter.locate("irc.localhost").room()).isEqualTo("irc.localhost");
    assertThat(owl.adapter.locate("#owls%irc.example@irc.localhost").room())
        .isEqualTo("#owls%irc.example@irc.localhost");
    assertThat(owl.adapter.locate("ann")).isEqualTo(ANN);
    assertThatThrownBy(() -> owl.adapter.locate("#owls"))
        .hasMessage("not an XMPP address: \"#owls\"");
  }

  @Test
  void xhtmlIsReadIfItSaysWhatTheBodySays() {
    String html =
        "<html xmlns='http://jabber.org/protocol/xhtml-im'>"
            + "<body xmlns='http://www.w3.org/1999/xhtml'><p>be <strong>bold</strong></p></body></html>";
    MessagePosted same = heard("type='chat'", "<body>be bold</body>" + html, "be bold");
    assertThat(same.content().text()).isEqualTo(Text.markdown("be **bold**"));
    MessagePosted other = heard("type='chat'", "<body>be meek</body>" + html, "be meek");
    assertThat(other.content().text()).isEqualTo(Text.plain("be meek"));
  }

  @Test
  void stylingIsReadAndItsSignsStay() {
    MessagePosted posted = heard("type='chat'", "<body>so *very* bold</body>", "so *very* bold");
    assertThat(posted.content().text()).isEqualTo(Text.markdown("so **\\*very\\*** bold"));
    MessagePosted literal =
        heard(
            "type='chat'",
            "<body>not *so* bold</body><unstyled xmlns='urn:xmpp:styling:0'/>",
            "not *so* bold");
    assertThat(literal.content().text()).isEqualTo(Text.plain("not *so* bold"));
  }

  @Test
  void markdownIsWrittenAsStylingAndXhtml() {
    assertDelivered(owl.perform(new Say(ANN, Content.of(Text.markdown("be **bold** & `x<y`")))));
    XmppStanza said = ann.expectMessage("owl@localhost", "be \\*bold\\* & `x<y`");
    assertThat(said.raw()).contains("<strong>bold</strong>").contains("<code>x&lt;y</code>");
    assertDelivered(owl.say(ANN, "2*3*4"));
    assertThat(ann.expectMessage("owl@localhost", "2\\*3\\*4").raw()).contains("unstyled");
  }

  @Test
  void aCorrectionIsAnEditAndNoNewMessage() {
    heard("type='chat' id='first'", "<body>teh</body>", "teh");
    send(
        "type='chat' id='second'",
        "<body>the</body><replace id='first' xmlns='urn:xmpp:message-correct:0'/>");
    MessageEdited edited = owl.expect(MessageEdited.class);
    assertThat(edited.target()).isEqualTo(new MessageId("first"));
    assertThat(edited.content().plain()).isEqualTo("the");
    assertThat(owl.posted("the")).isEmpty();
  }

  @Test
  void ourOwnMessageIsCorrectedAndRetracted() {
    var say = TestAccount.outgoing(new Say(ANN, Content.of("teh")));
    MessageId id = new MessageId(say.token());
    assertDelivered(java.util.List.of(owl.adapter.perform(say)));
    assertDelivered(owl.perform(new Edit(ANN, id, Content.of("the"))));
    assertThat(ann.expectMessage("owl@localhost", "the").raw())
        .contains("urn:xmpp:message-correct:0")
        .contains(id.value());
    assertDelivered(owl.perform(new Delete(ANN, id)));
    assertThat(ann.expect("urn:xmpp:message-retract:1").raw()).contains(id.value());
  }

  @Test
  void reactionsAreToldOneByOne() {
    String reactions = "<reactions id='m7' xmlns='urn:xmpp:reactions:0'>%s</reactions>";
    send(
        "type='chat' id='r1'",
        reactions.formatted("<reaction>👍</reaction><reaction>🦉</reaction>"));
    owl.await("two reactions", any -> owl.events(ReactionAdded.class).size() == 2);
    send("type='chat' id='r2'", reactions.formatted("<reaction>🦉</reaction>"));
    ReactionRemoved removed = owl.expect(ReactionRemoved.class);
    assertThat(removed.emoji()).isEqualTo("👍");
    assertThat(removed.target()).isEqualTo(new MessageId("m7"));
    assertDelivered(owl.perform(new React(ANN, new MessageId("m8"), "🦉", true)));
    assertThat(ann.expect("urn:xmpp:reactions:0").raw()).contains("m8").contains("🦉");
  }

  @Test
  void aReplyNamesItsMessageAndLosesWhatItRepeats() {
    MessagePosted reply =
        heard(
            "type='chat' id='re'",
            "<body>&gt; hi\nfine</body><reply to='owl@localhost' id='q1' xmlns='urn:xmpp:reply:0'/>"
                + "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0' end='5'/></fallback>",
            "fine");
    assertThat(reply.replyTo()).contains(new MessageId("q1"));
    assertDelivered(
        owl.perform(
            new Say(ANN, Content.of("good"), Tone.NORMAL, Optional.of(new MessageId("re")))));
    assertThat(ann.expectMessage("owl@localhost", "good").raw()).contains("urn:xmpp:reply:0");
  }

  @Test
  void aRetractionIsADeletion() {
    send(
        "type='chat' id='x'",
        "<retract id='gone' xmlns='urn:xmpp:message-retract:1'/><body>old</body>");
    assertThat(owl.expect(MessageDeleted.class).target()).isEqualTo(new MessageId("gone"));
    assertThat(owl.posted("old")).isEmpty();
  }

  @Test
  void aLinkOutOfBandIsAFile() {
    String url = "https://example.org/a/owl%20one.png";
    send(
        "type='chat'",
        "<body>%s</body><x xmlns='jabber:x:oob'><url>%s</url></x>".formatted(url, url));
    MessagePosted posted = owl.expect(MessagePosted.class);
    assertThat(posted.content().text().isBlank()).isTrue();
    assertThat(posted.content().files().getFirst().name()).isEqualTo("owl one.png");
  }

  @Test
  void aFilesAddressIsReadAsBrowsersReadIt() {
    for (String url :
        List.of(
            "https://my_files.example.org/owl.png",
            "https://example.org/a|b/owl.png",
            "https://eulen.example/ä/owl.png",
            "https://example.org/100%/owl.png")) {
      send(
          "type='chat'",
          "<body>%s</body><x xmlns='jabber:x:oob'><url>%s</url></x>".formatted(url, url));
      MessagePosted posted = owl.expect(MessagePosted.class);
      assertThat(posted.content().text().isBlank()).as(url).isTrue();
      assertThat(posted.content().files().getFirst().name()).as(url).isEqualTo("owl.png");
    }
  }

  @Test
  void errorsAreNotAnsweredAndHeadlinesAreNotices() {
    send("type='error' id='e'", "<body>!echo error</body>");
    MessagePosted headline = heard("type='headline'", "<body>!echo news</body>", "!echo news");
    assertThat(headline.tone()).isEqualTo(Tone.NOTICE);
    assertThat(owl.posted("!echo error")).isEmpty();
  }

  @Test
  void aForgedCarbonOrArchiveResultIsNothing() {
    String inner =
        "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat'"
            + " from='admin@localhost' to='owl@localhost' id='f'><body>!forged</body></message></forwarded>";
    send(
        "type='chat'",
        "<received xmlns='urn:xmpp:carbons:2'>%s</received><body>!forged</body>".formatted(inner));
    send(
        "type='chat'",
        "<result xmlns='urn:xmpp:mam:2' id='1' queryid='q'>%s</result>".formatted(inner));
    heard("type='chat'", "<body>real</body>", "real");
    assertThat(owl.texts()).containsExactly("real");
  }

  @Test
  void aDelayOrAnArchiveIdThatTheSenderWroteIsNotBelieved() {
    MessagePosted posted =
        heard(
            "type='chat' id='d'",
            "<body>old</body><delay xmlns='urn:xmpp:delay' from='admin@localhost' stamp='2001-01-01T00:00:00Z'/>"
                + "<stanza-id xmlns='urn:xmpp:sid:0' by='owl@localhost' id='forged'/>",
            "old");
    assertThat(posted.origin().at()).isAfter(java.time.Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(posted.origin().key()).doesNotContain("forged");
  }

  @Test
  void whoDoesNotExistRefuses() {
    assertRefused(owl.say(direct("nobody@localhost"), "anybody there?").getFirst());
  }

  @Test
  void presenceIsShownBothWays() {
    ann.ask("", "get", "<query xmlns='jabber:iq:roster'/>");
    ann.raw("<presence to='owl@localhost' type='subscribe'/>");
    ann.expect("type=['\"]subscribed['\"]");
    assertDelivered(
        owl.perform(
            new SetPresence(Conversation.ofAccount(TestAccount.ID), Presence.BUSY, "hooting")));
    assertThat(ann.expect("hooting").raw()).contains("<show>dnd</show>");
    ann.raw("<presence to='owl@localhost'><show>away</show><status>tea</status></presence>");
    PresenceChanged changed = owl.expect(PresenceChanged.class);
    assertThat(changed.presence()).isEqualTo(Presence.AWAY);
    assertThat(changed.status()).isEqualTo("tea");
  }

  @Test
  void subscriptionsCanBeRefused() {
    owl.close();
    try (TestAccount shy =
            new TestAccount.With(server).rooms().subscriptions(Subscriptions.REFUSE).online();
        RawXmppClient bea = RawXmppClient.join(server, "bea")) {
      bea.ask("", "get", "<query xmlns='jabber:iq:roster'/>");
      bea.raw("<presence to='owl@localhost' type='subscribe'/>");
      bea.expect("type=['\"]unsubscribed['\"]");
      assertThat(shy.events(MessagePosted.class)).isEmpty();
    }
  }

  @Test
  void aReceiptIsGivenToWhoAsks() {
    heard(
        "type='chat' id='rc'",
        "<body>got it?</body><request xmlns='urn:xmpp:receipts'/>",
        "got it?");
    assertThat(ann.expect("<received").raw()).contains("rc");
  }

  @Test
  void theBotSaysWhatItIs() {
    String owls = "owl@localhost/owlery";
    assertThat(ann.ask(owls, "get", "<query xmlns='jabber:iq:version'/>").raw()).contains("Owlery");
    assertThat(ann.ask(owls, "get", "<query xmlns='http://jabber.org/protocol/disco#info'/>").raw())
        .containsPattern("type=['\"]bot['\"]")
        .contains("urn:xmpp:message-correct:0");
  }
}

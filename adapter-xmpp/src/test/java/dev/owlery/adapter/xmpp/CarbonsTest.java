package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.Conversation;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import org.junit.jupiter.api.Test;

/**
 * Copies of what another client of the bot's account says and hears (XEP-0280). The bot does not
 * ask for them; some servers send them all the same.
 */
class CarbonsTest {

  private static String copy(String kind) {
    return "<%s xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>".formatted(kind)
        + "<message xmlns='jabber:client' type='chat' from='admin@localhost' to='owl@localhost'"
        + " id='f'><body>!forged</body></message></forwarded></%s>".formatted(kind);
  }

  @Test
  void neitherARealNorAForgedCopyIsHeard() {
    try (Prosody server = Prosody.start(Prosody.Option.CARBONS_FOR_ALL)) {
      server.register("owl", TestAccount.PASSWORD);
      try (TestAccount owl = new TestAccount.With(server).rooms().online();
          RawXmppClient ann = RawXmppClient.join(server, "ann");
          RawXmppClient phone =
              RawXmppClient.connect(server, "owl", TestAccount.PASSWORD, "phone");
          RawXmppClient tablet =
              RawXmppClient.connect(server, "owl", TestAccount.PASSWORD, "tablet")) {
        ann.say("owl@localhost/phone", "!for the phone");
        phone.expectMessage("ann@localhost", "!for the phone");
        phone.say("ann@localhost", "!from the phone");
        ann.expectMessage("owl@localhost/phone", "!from the phone");
        // Both copies were really made: another client of the account has got them.
        tablet.expect("<received [^>]*urn:xmpp:carbons:2");
        tablet.expect("<sent [^>]*urn:xmpp:carbons:2");
        for (String kind : new String[] {"received", "sent"}) {
          ann.raw("<message to='owl@localhost' type='chat'>%s</message>".formatted(copy(kind)));
          phone.raw(
              "<message to='owl@localhost/owlery' type='chat'>%s<body>!forged</body></message>"
                  .formatted(copy(kind)));
        }
        phone.say("owl@localhost/owlery", "!from another of us");
        phone.settle();
        ann.say("owl@localhost/owlery", "real");
        owl.expect("real");
        assertThat(owl.texts()).containsExactly("real");
        assertThat(owl.messages())
            .allSatisfy(each ->
                assertThat(each.where())
                    .isEqualTo(Conversation.direct(TestAccount.ID, "ann@localhost")));
      }
    }
  }
}

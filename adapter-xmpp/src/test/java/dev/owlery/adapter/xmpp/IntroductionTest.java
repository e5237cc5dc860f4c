package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.xmpp.Ejabberd;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppServer;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the bot says of itself to the server and to others. */
class IntroductionTest {
  private static final String DISCO = "http://jabber.org/protocol/disco#info";
  private static final String CAPS = "http://jabber.org/protocol/caps";

  private static void serverHears(XmppServer server, String wanted) throws Exception {
    server.register("owl", TestAccount.PASSWORD);
    try (Relay relay = Relay.to(server.port());
        TestAccount owl = new TestAccount.With("127.0.0.1", relay.port()).rooms().online()) {
      assertThat(relay.sent()).contains(wanted);
      assertThat(owl.state().detail()).contains("csi");
    }
  }

  @Test
  void bothServersAreToldThatTheBotIsActive() throws Exception {
    String active = "<active xmlns='urn:xmpp:csi:0'";
    try (Prosody server = Prosody.start()) {
      serverHears(server, active);
    }
    try (Ejabberd server = Ejabberd.start()) {
      serverHears(server, active);
    }
  }

  @Test
  void aServerThatDoesNotAskIsToldNothing() throws Exception {
    try (Prosody server = Prosody.start(Prosody.Option.BARE)) {
      server.register("owl", TestAccount.PASSWORD);
      try (Relay relay = Relay.to(server.port());
          TestAccount owl = new TestAccount.With("127.0.0.1", relay.port()).rooms().online()) {
        assertThat(relay.sent()).doesNotContain("urn:xmpp:csi:0");
        assertThat(owl.state().detail())
            .containsPattern("missing .*carbons, csi, pep, muc, pubsub, upload, proxy65");
      }
    }
  }

  @Test
  void whoSeesTheBotKnowsFromItsPresenceWhatItCan() throws Exception {
    try (Prosody server = Prosody.start();
        RawXmppClient ann = RawXmppClient.join(server, "ann")) {
      server.register("owl", TestAccount.PASSWORD);
      ann.ask("", "get", "<query xmlns='jabber:iq:roster'/>");
      try (TestAccount owl = new TestAccount.With(server).rooms().online()) {
        ann.raw("<presence to='owl@localhost' type='subscribe'/>");
        XmppStanza presence =
            ann.expect("the bot's presence", each -> each.child("c", CAPS).isPresent());
        Element caps = presence.child("c", CAPS).orElseThrow();
        assertThat(presence.from()).isEqualTo("owl@localhost/owlery");
        String node = caps.getAttribute("node") + "#" + caps.getAttribute("ver");
        Element info =
            ann.ask(
                    "owl@localhost/owlery",
                    "get",
                    "<query xmlns='%s' node='%s'/>".formatted(DISCO, RawXmppClient.escape(node)))
                .child("query", DISCO)
                .orElseThrow();
        assertThat(caps.getAttribute("hash")).isEqualTo("sha-1");
        assertThat(verification(info)).isEqualTo(caps.getAttribute("ver"));
        assertThat(owl.messages()).isEmpty();
      }
    }
  }

  /** As XEP-0115 section 5.1 has it. */
  private static String verification(Element info) throws Exception {
    List<String> parts = new ArrayList<>();
    NodeList identities = info.getElementsByTagNameNS(DISCO, "identity");
    for (int i = 0; i < identities.getLength(); i++) {
      Element each = (Element) identities.item(i);
      parts.add(
          each.getAttribute("category")
              + "/"
              + each.getAttribute("type")
              + "/"
              + each.getAttribute("xml:lang")
              + "/"
              + each.getAttribute("name"));
    }
    Collections.sort(parts);
    List<String> features = new ArrayList<>();
    NodeList all = info.getElementsByTagNameNS(DISCO, "feature");
    for (int i = 0; i < all.getLength(); i++) {
      features.add(((Element) all.item(i)).getAttribute("var"));
    }
    Collections.sort(features);
    parts.addAll(features);
    String text = String.join("<", parts) + "<";
    byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hash);
  }

  @Test
  void itsNameAndVersionAreToldToWhoAsks() {
    try (Prosody server = Prosody.start();
        RawXmppClient ann = RawXmppClient.join(server, "ann")) {
      server.register("owl", TestAccount.PASSWORD);
      try (TestAccount _ = new TestAccount.With(server).rooms().online()) {
        String answer =
            ann.ask("owl@localhost/owlery", "get", "<query xmlns='jabber:iq:version'/>").raw();
        assertThat(answer).containsPattern("<name>Owlery</name>");
        assertThat(answer).containsPattern("<version>[^<]+</version>").doesNotContain("Smack");
      }
    }
  }
}

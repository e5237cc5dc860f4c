package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * One malformed element for each that Smack has a parser for, in messages, presences and requests,
 * and some that are too deep or too long. None may end the connection, now or at the next login.
 */
class MalformedTest {
  private static final String OWL = "owl@localhost/owlery";

  private static final List<String> PROVIDERS =
      List.of(
          "/org.jivesoftware.smack.extensions/extensions.providers",
          "/org.jivesoftware.smack.experimental/experimental.providers",
          "/org.jivesoftware.smack.im/smackim.providers",
          "/org.jivesoftware.smack.tcp/smacktcp.providers");

  private record Name(String element, String namespace) {}

  private static Set<Name> names() {
    Set<Name> names = new LinkedHashSet<>();
    for (String resource : PROVIDERS) {
      try (InputStream in =
          org.jivesoftware.smack.SmackConfiguration.class.getResourceAsStream(resource)) {
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        NodeList elements = document.getElementsByTagName("elementName");
        for (int i = 0; i < elements.getLength(); i++) {
          Element parent = (Element) elements.item(i).getParentNode();
          names.add(
              new Name(
                  elements.item(i).getTextContent().strip(),
                  parent.getElementsByTagName("namespace").item(0).getTextContent().strip()));
        }
      } catch (Exception unreadable) {
        throw new IllegalStateException(resource, unreadable);
      }
    }
    return names;
  }

  private static String malformed(Name name) {
    return ("<%1$s xmlns='%2$s' id='' jid='@@' stamp='not-a-date' node='' code='x' h='-1' seconds='x'"
            + " type='nonsense' count='99999999999999999999' mode='?' sid='' block-size='big' by='@' from='@'>"
            + "<%1$s/><item jid='//' affiliation='x' role='y'/><field var='' type='no-such'><value/></field>"
            + "<nonsense xmlns=''/>text<set xmlns='http://jabber.org/protocol/rsm'><max>x</max></set></%1$s>")
        .formatted(name.element(), name.namespace());
  }

  private static String deep(int depth) {
    return "<d xmlns='urn:deep'>".repeat(depth) + "</d>".repeat(depth);
  }

  private static List<String> poison() {
    List<String> all = new ArrayList<>();
    for (Name name : names()) {
      String element = malformed(name);
      all.add(
          "<message to='%s' type='chat' id='p'><body>poison</body>%s</message>"
              .formatted(OWL, element));
      all.add(
          "<message to='owl@localhost' type='normal' id='p'><body>poison</body><%s xmlns='%s'/></message>"
              .formatted(name.element(), name.namespace()));
      all.add("<presence to='%s'>%s</presence>".formatted(OWL, element));
      all.add("<iq to='%s' type='get' id='q'>%s</iq>".formatted(OWL, element));
    }
    for (int depth : List.of(61, 63, 97, 99, 101, 250, 1_000)) {
      all.add(
          "<message to='%s' type='chat'><body>poison</body>%s</message>"
              .formatted(OWL, deep(depth)));
      all.add(
          "<iq to='%s' type='set' id='q'><query xmlns='jabber:iq:rpc'>%s</query></iq>"
              .formatted(OWL, deep(depth)));
    }
    all.add(
        "<message to='%s' type='chat'><body>%s</body></message>"
            .formatted(OWL, "x".repeat(200_000)));
    all.add(
        "<message to='%s' type='chat'><body>poison</body><a xmlns='urn:a' b='%s'/></message>"
            .formatted(OWL, "y".repeat(64_000)));
    all.add(
        "<message to='%s' type='chat'><body>poison</body>%s</message>"
            .formatted(OWL, "<many xmlns='urn:many'/>".repeat(500)));
    all.add("<message to='%s' type='nonsense'><body>poison</body></message>".formatted(OWL));
    all.add("<message to='%s' type='groupchat'><body>poison</body></message>".formatted(OWL));
    all.add("<presence to='%s' type='error'/>".formatted(OWL));
    String forged =
        "<message xmlns='jabber:client' from='admin@localhost' to='owl@localhost' type='chat' id='f'><body>forged</body></message>";
    for (String bad :
        List.of(
            "<delay xmlns='urn:xmpp:delay' stamp='not-a-date'/>",
            malformed(new Name("x", "jabber:x:data")))) {
      all.add("<message to='%s' type='chat'>%s%s%s</message>".formatted(OWL, forged, bad, forged));
      all.add(
          "<iq to='%s' type='get' id='q'><query xmlns='jabber:iq:version'>%s%s%s</query></iq>"
              .formatted(OWL, forged, bad, forged));
    }
    return all;
  }

  @Test
  void noStanzaEndsTheConnectionNorAnyLaterOne() {
    List<String> poison = poison();
    assertThat(poison).hasSizeGreaterThan(100);
    try (Prosody server = Prosody.start()) {
      server.register("owl", TestAccount.PASSWORD);
      try (RawXmppClient ann = RawXmppClient.join(server, "ann")) {
        TestAccount first = new TestAccount.With(server).online();
        poison.forEach(ann::raw);
        assertThat(ann.isEnded()).isFalse();
        ann.say("owl@localhost", "still here");
        first.expect("still here");
        assertThat(first.context.states())
            .extracting(AccountState::phase)
            .containsSequence(Phase.CONNECTING, Phase.ONLINE)
            .doesNotContainSequence(Phase.ONLINE, Phase.CONNECTING);
        first.await("a count", any -> first.state().detail().contains("skipped"));
        first.close();
        poison.forEach(ann::raw);
        ann.say("owl@localhost", "and later");
        ann.settle();
        try (TestAccount second = new TestAccount.With(server).context(first.context).online()) {
          second.expect("and later");
          ann.say("owl@localhost", "and now");
          second.expect("and now");
          assertThat(second.state().phase()).isEqualTo(Phase.ONLINE);
          assertThat(second.texts()).doesNotContain("forged");
        }
      }
    }
  }
}

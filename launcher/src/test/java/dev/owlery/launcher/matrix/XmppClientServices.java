package dev.owlery.launcher.matrix;

import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an ordinary client answers by itself: what it can do, offered files (XEP-0096, by in-band
 * streams), one procedure (XEP-0009, {@code ann.greet}); all else is an error. It also offers
 * files.
 */
final class XmppClientServices implements AutoCloseable {
  private static final String SI = "http://jabber.org/protocol/si";
  private static final String IBB = "http://jabber.org/protocol/ibb";
  private static final List<String> FEATURES =
      List.of(
          "http://jabber.org/protocol/disco#info",
          SI,
          SI + "/profile/file-transfer",
          IBB,
          "jabber:iq:rpc");
  private static final int BLOCK = 2_048;

  private final RawXmppClient client;
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final Map<String, ByteArrayOutputStream> open = new ConcurrentHashMap<>();
  private final Map<String, byte[]> received = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  XmppClientServices(RawXmppClient client) {
    this.client = client;
    this.thread = Thread.ofVirtual().name("client-services").start(this::serve);
  }

  /** The files that have come whole, by name. */
  Map<String, byte[]> received() {
    return received;
  }

  private void serve() {
    int next = 0;
    while (!closed && !client.isEnded()) {
      List<XmppStanza> all = client.stanzas();
      for (; next < all.size(); next++) {
        XmppStanza stanza = all.get(next);
        boolean asks = stanza.type().equals("get") || stanza.type().equals("set");
        if (stanza.name().equals("iq") && asks && !stanza.raw().contains("urn:xmpp:ping")) {
          answer(stanza);
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private void answer(XmppStanza asked) {
    String raw = asked.raw();
    if (raw.contains("disco#info")) {
      StringBuilder features = new StringBuilder("<identity category='client' type='pc'/>");
      FEATURES.forEach(each -> features.append("<feature var='").append(each).append("'/>"));
      result(
          asked,
          "<query xmlns='http://jabber.org/protocol/disco#info'>%s</query>".formatted(features));
    } else if (raw.contains("<si ")) {
      names.put(attribute(raw, "si", "id"), attribute(raw, "file", "name"));
      result(
          asked,
          "<si xmlns='%s'><feature xmlns='http://jabber.org/protocol/feature-neg'>".formatted(SI)
              + "<x xmlns='jabber:x:data' type='submit'><field var='stream-method'>"
              + "<value>%s</value></field></x></feature></si>".formatted(IBB));
    } else if (raw.contains("<open ")) {
      open.put(attribute(raw, "open", "sid"), new ByteArrayOutputStream());
      result(asked, "");
    } else if (raw.contains("<data ")) {
      byte[] piece = Base64.getMimeDecoder().decode(asked.element().getTextContent().strip());
      open.get(attribute(raw, "data", "sid")).writeBytes(piece);
      result(asked, "");
    } else if (raw.contains("<close ")) {
      String sid = attribute(raw, "close", "sid");
      received.put(names.getOrDefault(sid, sid), open.get(sid).toByteArray());
      result(asked, "");
    } else if (raw.contains("ann.greet")) {
      result(
          asked,
          "<query xmlns='jabber:iq:rpc'><methodResponse><params><param><value>"
              + "<string>greetings from ann</string></value></param></params></methodResponse>"
              + "</query>");
    } else {
      client.raw(
          "<iq type='error' id='%s' to='%s'><error type='cancel'>".formatted(id(asked), to(asked))
              + "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    }
  }

  private void result(XmppStanza asked, String payload) {
    client.raw(
        "<iq type='result' id='%s' to='%s'>%s</iq>".formatted(id(asked), to(asked), payload));
  }

  private static String id(XmppStanza asked) {
    return RawXmppClient.escape(asked.attribute("id"));
  }

  private static String to(XmppStanza asked) {
    return RawXmppClient.escape(asked.from());
  }

  private static String attribute(String raw, String element, String name) {
    Matcher found =
        Pattern.compile("<" + element + "\\s[^>]*?\\b" + name + "=['\"]([^'\"]*)['\"]")
            .matcher(raw);
    return found.find() ? found.group(1) : "";
  }

  /** Offers a file and, if it is taken, sends it in-band; the answers are waited for elsewhere. */
  void offer(String to, String name, byte[] content) {
    Thread.ofVirtual().start(() -> send(to, name, content));
  }

  private void send(String to, String name, byte[] content) {
    String sid = "gift-" + client.nextId();
    XmppStanza taken =
        client.ask(
            to,
            "set",
            ("<si xmlns='%s' id='%s' profile='%s/profile/file-transfer'>"
                    + "<file xmlns='%s/profile/file-transfer' name='%s' size='%d'/>"
                    + "<feature xmlns='http://jabber.org/protocol/feature-neg'>"
                    + "<x xmlns='jabber:x:data' type='form'><field var='stream-method'"
                    + " type='list-single'><option><value>%s</value></option></field></x>"
                    + "</feature></si>")
                .formatted(SI, sid, SI, SI, name, content.length, IBB));
    if (!taken.type().equals("result")) {
      refusal = taken.raw();
      return;
    }
    XmppStanza opened =
        client.ask(
            to, "set", "<open xmlns='%s' block-size='%d' sid='%s'/>".formatted(IBB, BLOCK, sid));
    if (opened.type().equals("result")) {
      XmppStanza _ =
          client.ask(
              to,
              "set",
              "<data xmlns='%s' seq='0' sid='%s'>%s</data>"
                  .formatted(IBB, sid, Base64.getEncoder().encodeToString(content)));
      XmppStanza _ = client.ask(to, "set", "<close xmlns='%s' sid='%s'/>".formatted(IBB, sid));
    }
  }

  private volatile String refusal = "";

  /** What the bot answered to an offer that it did not take; empty otherwise. */
  String refusal() {
    return refusal;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}

package dev.owlery.testkit.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a client says and hears, on the thread of its caller, until it is logged in. */
final class XmppLogin {
  private final StanzaReader in;
  private final OutputStream out;
  private final String domain;

  XmppLogin(InputStream in, OutputStream out, String domain) {
    this.in = new StanzaReader(in);
    this.out = out;
    this.domain = domain;
  }

  /** Opens a stream and reads the server's features. */
  void startStream() {
    in.restart();
    send(
        "<?xml version='1.0'?><stream:stream to='"
            + domain
            + "' version='1.0' xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams'>");
    receive();
  }

  /** XEP-0077. */
  void registerAccount(String user, String password) {
    send(
        "<iq type='set' id='reg'><query xmlns='jabber:iq:register'><username>%s</username>"
                .formatted(RawXmppClient.escape(user))
            + "<password>%s</password></query></iq>".formatted(RawXmppClient.escape(password)));
    String answer = receive();
    if (!"result".equals(XmppStanza.parse(answer).type())) {
      throw new AssertionError("the server does not register " + user + ": " + answer);
    }
  }

  /** RFC 6120 sections 6 and 7; returns the full address. */
  String logIn(String user, String password, String resource) {
    byte[] secret = ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
    send(
        "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%s</auth>"
            .formatted(Base64.getEncoder().encodeToString(secret)));
    String verdict = receive();
    if (!verdict.startsWith("<success")) {
      throw new AssertionError("the server does not let " + user + " in: " + verdict);
    }
    startStream();
    String wish =
        resource.isEmpty() ? "" : "<resource>" + RawXmppClient.escape(resource) + "</resource>";
    send(
        "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>%s</bind></iq>"
            .formatted(wish));
    XmppStanza bound = XmppStanza.parse(receive());
    String address = bound.element().getTextContent();
    if (!"result".equals(bound.type()) || address.isEmpty()) {
      throw new AssertionError("the server binds no resource: " + bound);
    }
    return address;
  }

  /** The rest of the stream, for whoever reads it from now on. */
  StanzaReader stream() {
    return in;
  }

  private void send(String xml) {
    try {
      out.write(xml.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException lost) {
      throw new UncheckedIOException("the server has closed the connection", lost);
    }
  }

  private String receive() {
    try {
      String stanza = in.next();
      if (stanza == null) {
        throw new AssertionError("the server has closed the stream");
      }
      return stanza;
    } catch (IOException lost) {
      throw new UncheckedIOException("the server says nothing", lost);
    }
  }
}

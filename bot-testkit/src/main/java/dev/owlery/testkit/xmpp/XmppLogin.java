package dev.owlery.testkit.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client says and hears, on the thread of its caller, until it is logged in. */
final class XmppLogin {
  private static final Pattern STREAM_ID = Pattern.compile(" id=['\"]([^'\"]*)['\"]");

  private final StanzaReader in;
  private final OutputStream out;
  private final String domain;

  XmppLogin(InputStream in, OutputStream out, String domain) {
    this.in = new StanzaReader(in);
    this.out = out;
    this.domain = domain;
  }

  /** A connection, with TLS where the server insists on it. */
  static Socket socket(XmppServer server) throws IOException {
    return server.isEncryptionRequired()
        ? server
            .certificates()
            .clientContext()
            .getSocketFactory()
            .createSocket(server.host(), server.tlsPort())
        : new Socket(server.host(), server.port());
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

  /** XEP-0114: a component of the server, which speaks for everybody at its domain. */
  void connectComponent(String secret) {
    send(
        "<?xml version='1.0'?><stream:stream to='"
            + domain
            + "' xmlns='jabber:component:accept'"
            + " xmlns:stream='http://etherx.jabber.org/streams'>");
    try {
      in.begin();
      Matcher id = STREAM_ID.matcher(in.header());
      if (!id.find()) {
        throw new AssertionError("a stream without an id: " + in.header());
      }
      byte[] proof = (id.group(1) + secret).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(proof);
      send("<handshake>" + HexFormat.of().formatHex(digest) + "</handshake>");
    } catch (IOException lost) {
      throw new UncheckedIOException("the server says nothing", lost);
    } catch (NoSuchAlgorithmException notThisJdk) {
      throw new IllegalStateException(notThisJdk);
    }
    String verdict = receive();
    if (!verdict.startsWith("<handshake")) {
      throw new AssertionError("the server does not take the component: " + verdict);
    }
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

package dev.owlery.testkit.xmpp;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A person with a plain XMPP client and a perfect memory: what it saw is what the server delivered,
 * whatever the bot thinks it has sent.
 *
 * <p>It writes stanzas as they are given, well-formed or not, on a bare socket, answers pings by
 * itself, and keeps every stanza in the order of arrival. {@code expect} methods look from the
 * stanza after the last one that they returned, so that a test reads as a conversation. Safe for
 * use by several threads, except that only one of them should {@code expect}.
 */
public final class RawXmppClient implements AutoCloseable {
  /** How long {@link #expect(String)} waits. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Socket socket;
  private final OutputStream out;
  private final XmppLogin login;
  private final String domain;
  private final AtomicInteger ids = new AtomicInteger();
  private final StanzaMemory memory = new StanzaMemory();
  private String address = "";

  private RawXmppClient(Socket socket, String domain) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.domain = domain;
    this.out = socket.getOutputStream();
    this.login = new XmppLogin(socket.getInputStream(), out, domain);
    socket.setSoTimeout((int) PATIENCE.toMillis());
  }

  /**
   * Connects and opens the stream, with TLS where the server insists on it, but does not log in:
   * for registrations, and tests of what comes before a login.
   *
   * @param server the server
   * @return a client that has seen the server's features
   */
  public static RawXmppClient open(XmppServer server) {
    try {
      Socket socket = XmppLogin.socket(server);
      RawXmppClient client = new RawXmppClient(socket, server.domain());
      client.login.startStream();
      return client;
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot connect to " + server.host(), refused);
    }
  }

  /**
   * Connects, logs in with SASL PLAIN, binds a resource that the server chooses, and announces
   * presence.
   *
   * @param server the server
   * @param user the local part of an account that exists
   * @param password its password
   * @return a client that is online
   */
  public static RawXmppClient connect(XmppServer server, String user, String password) {
    return connect(server, user, password, "");
  }

  /**
   * Connects, logs in with SASL PLAIN, binds and announces presence.
   *
   * @param server the server
   * @param user the local part of an account that exists
   * @param password its password
   * @param resource the resource to ask for; empty to leave it to the server
   * @return a client that is online
   */
  public static RawXmppClient connect(
      XmppServer server, String user, String password, String resource) {
    RawXmppClient client = open(server);
    client.logIn(user, password, resource);
    client.raw("<presence/>");
    return client;
  }

  /**
   * Makes an account with the password {@code secret}, and goes online with it.
   *
   * @param server the server
   * @param user the local part of the new account
   * @return a client that is online
   */
  public static RawXmppClient join(XmppServer server, String user) {
    server.register(user, "secret");
    return connect(server, user, "secret");
  }

  /**
   * Connects as an external component (XEP-0114), which may speak for any address at its domain:
   * each stanza that it sends needs a {@code from}.
   *
   * @param host the server's host
   * @param port where it expects components
   * @param domain the component's domain
   * @param secret what the server expects of it
   * @return a component that the server has taken
   */
  public static RawXmppClient component(String host, int port, String domain, String secret) {
    try {
      RawXmppClient component = new RawXmppClient(new Socket(host, port), domain);
      component.login.connectComponent(secret);
      component.address = domain;
      component.beginToRead();
      return component;
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot connect to " + host, refused);
    }
  }

  /**
   * Makes an account; possible until the login.
   *
   * @param user the local part of its address
   * @param password its password
   */
  public void registerAccount(String user, String password) {
    login.registerAccount(user, password);
  }

  /**
   * Logs in with SASL PLAIN and binds; presence is left to the caller.
   *
   * @param user the local part of an account that exists
   * @param password its password
   * @param resource the resource to ask for; empty to leave it to the server
   */
  public void logIn(String user, String password, String resource) {
    address = login.logIn(user, password, resource);
    beginToRead();
  }

  private void beginToRead() {
    Thread.ofVirtual().name("xmpp-witness").start(this::read);
  }

  private void read() {
    try {
      socket.setSoTimeout(0);
      StanzaReader in = login.stream();
      StanzaParser parser = new StanzaParser();
      for (String raw = in.next(); raw != null; raw = in.next()) {
        XmppStanza stanza = parser.parse(raw);
        stanza.pong().ifPresent(this::raw);
        memory.add(stanza);
      }
    } catch (IOException | UncheckedIOException connectionLost) {
      // The end of the connection is a fact that the test may ask for, not a failure.
      return;
    } finally {
      memory.end();
    }
  }

  /**
   * The address that the server has given to this connection.
   *
   * @return a full address; empty before the login
   */
  public String address() {
    return address;
  }

  /**
   * Sends XML as it is.
   *
   * @param xml anything, malformed XML included
   */
  public void raw(String xml) {
    try {
      synchronized (out) {
        out.write(xml.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException lost) {
      throw new UncheckedIOException("the server has closed the connection", lost);
    }
  }

  /**
   * Enters a room, without its history, and waits until the server has confirmed it.
   *
   * @param room the room's address
   * @param nick the nick to take there
   */
  public void enter(String room, String nick) {
    raw(
        "<presence to='%s/%s'><x xmlns='http://jabber.org/protocol/muc'>"
                .formatted(escape(room), escape(nick))
            + "<history maxstanzas='0'/></x></presence>");
    expect("entry into " + room, s -> s.isEntry(room));
  }

  /**
   * Says something to somebody.
   *
   * @param to a full or bare address
   * @param text what to say
   */
  public void say(String to, String text) {
    message(to, "chat", text);
  }

  /**
   * Says something in a room.
   *
   * @param room the room's address
   * @param text what to say
   */
  public void sayIn(String room, String text) {
    message(room, "groupchat", text);
  }

  private void message(String to, String type, String text) {
    raw(
        "<message to='%s' type='%s' id='%s'><body>%s</body></message>"
            .formatted(escape(to), type, nextId(), escape(text)));
  }

  /**
   * An id for a stanza.
   *
   * @return one that this client has not used yet
   */
  public String nextId() {
    return "w" + ids.incrementAndGet();
  }

  /**
   * Makes text fit for an attribute or the contents of an element.
   *
   * @param text any text of characters that XML allows
   * @return the same, escaped
   */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&apos;")
        .replace("\"", "&quot;");
  }

  /**
   * Asks something and waits for the answer; what else comes meanwhile can still be expected.
   *
   * @param to whom; empty for the server's own account services
   * @param type {@code get} or {@code set}
   * @param payload the child element
   * @return the answer, a result or an error
   */
  public XmppStanza ask(String to, String type, String payload) {
    String id = nextId();
    String target = to.isEmpty() ? "" : " to='" + escape(to) + "'";
    int from = memory.size();
    raw("<iq type='%s' id='%s'%s>%s</iq>".formatted(type, id, target, payload));
    return memory.find(
        from,
        "an answer to " + payload,
        s ->
            s.name().equals("iq")
                && s.attribute("id").equals(id)
                && (s.type().equals("result") || s.type().equals("error")));
  }

  /**
   * Waits for a stanza, {@link #PATIENCE} long.
   *
   * @param pattern a regular expression that is found somewhere in the stanza as it is on the wire
   * @return the stanza; the next call looks behind it
   * @throws AssertionError when it does not come; the message has all that came instead
   */
  public XmppStanza expect(String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    return expect("/" + pattern + "/", stanza -> wanted.matcher(stanza.raw()).find());
  }

  /**
   * Waits for a message with a body, {@link #PATIENCE} long.
   *
   * @param from how its sender's address begins
   * @param body a regular expression that its whole body matches
   * @return the message; the next call looks behind it
   */
  public XmppStanza expectMessage(String from, String body) {
    Pattern wanted = Pattern.compile(body, Pattern.DOTALL);
    return expect(
        "a message from " + from + " like /" + body + "/",
        stanza ->
            stanza.name().equals("message")
                && stanza.from().startsWith(from)
                && wanted.matcher(stanza.body()).matches());
  }

  /**
   * Waits for a stanza, {@link #PATIENCE} long.
   *
   * @param what what is waited for, for the failure message
   * @param wanted which one
   * @return the stanza; the next call looks behind it
   * @throws AssertionError when it does not come; the message has all that came instead
   */
  public XmppStanza expect(String what, Predicate<XmppStanza> wanted) {
    return expect(what, wanted, PATIENCE);
  }

  /**
   * Waits for a stanza.
   *
   * @param what what is waited for, for the failure message
   * @param wanted which one
   * @param patience how long
   * @return the stanza; the next call looks behind it
   * @throws AssertionError when it does not come; the message has all that came instead
   */
  public XmppStanza expect(String what, Predicate<XmppStanza> wanted, Duration patience) {
    return memory.expect(what, wanted, patience);
  }

  /**
   * Makes sure that everything which the server had for this client until now has been seen.
   *
   * @return all stanzas so far
   */
  public List<XmppStanza> settle() {
    ask(domain, "get", "<ping xmlns='urn:xmpp:ping'/>");
    return stanzas();
  }

  /**
   * Every stanza that has come, the oldest first.
   *
   * @return a copy
   */
  public List<XmppStanza> stanzas() {
    return memory.all();
  }

  /**
   * Tells whether the server has ended the stream or the connection.
   *
   * @return true from then on
   */
  public boolean isEnded() {
    return memory.isEnded();
  }

  /**
   * The texts that somebody has sent, in order, those out of a history included.
   *
   * @param from how the sender's address begins: a bare address, or room and nick
   * @return the bodies of the messages so far
   */
  public List<String> textsFrom(String from) {
    return memory.textsFrom(from);
  }

  /**
   * Waits until something holds, looking every few milliseconds.
   *
   * @param what what is waited for, for the failure message
   * @param condition what must become true
   * @throws AssertionError when it does not within {@link #PATIENCE}
   */
  public static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** Drops the connection without a word. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    }
  }
}

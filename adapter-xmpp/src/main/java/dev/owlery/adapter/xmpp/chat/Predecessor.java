package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.link.XmppRequests;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.adapter.xmpp.wire.ConnectionEnding;
import dev.owlery.adapter.xmpp.wire.SmackConnection;
import dev.owlery.api.plugin.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of this client before this login, if it took no leave. A server keeps one whose
 * connection has broken (XEP-0198), and some let the next one begin while they still work off what
 * it has left: they archive what it sent and got seconds later, before what was archived meanwhile,
 * and deliver the rest behind what was said meanwhile. So nothing is read before its end.
 *
 * <p>A second connection sees that: with another resource, and a priority for which it gets no
 * messages. It is told when our first address goes offline (RFC 6121 section 4.5.2). Before the
 * login it asks that address something: if the server refuses that behind it, nobody is there.
 *
 * <p>For one login. Stanzas come on the reading thread of the second connection; the rest is for
 * the account's own thread.
 */
final class Predecessor implements SmackConnection.StreamListener {
  private static final Logger LOG = LoggerFactory.getLogger(Predecessor.class);

  /** There while a session has not taken its leave. */
  private static final String OPEN = "session:open";

  /** Longer than this nobody waits: what comes later comes late. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** What was under way to the session when it ended is sent on within a tenth of a second. */
  private static final Duration LEFTOVERS = Duration.ofMillis(250);

  private static final int SILENT = -1;

  private final SessionParts parts;
  private final Store memory;
  private final Jid address;
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();
  private Optional<SmackConnection> witness = Optional.empty();
  private boolean isLookedFor;

  /** Noted where stanzas come in their order; who waits for an answer learns of it at any time. */
  private volatile boolean isGone;

  Predecessor(SessionParts parts) {
    this.parts = parts;
    this.memory = parts.context().memory();
    this.address = XmppIdentity.address(parts.identity().own() + "/" + parts.settings().resource());
  }

  /**
   * Looks whether there is one; once. Before the login. Where the server does not let us look, the
   * login follows all the same.
   *
   * @throws IOException if there can be no connection at all
   * @throws InterruptedException if the account is closed
   */
  void look() throws IOException, InterruptedException {
    if (isLookedFor || memory.get(OPEN).isEmpty()) {
      return;
    }
    isLookedFor = true;
    String resource =
        parts.settings().resource() + "-" + UUID.randomUUID().toString().substring(28);
    SmackConnection connection = parts.connections().create(resource, this, (what, why) -> {});
    connection.setUseStreamManagement(false);
    CompletableFuture<String> ended = new CompletableFuture<>();
    connection.addConnectionListener(
        new ConnectionEnding(
            parts.otherHost(),
            reason -> {
              ended.complete(reason);
              over.complete(false); // nobody would tell us any more
            }));
    witness = Optional.of(connection);
    CompletableFuture<Boolean> reached = new CompletableFuture<>();
    connection.addConnectionListener(
        new ConnectionListener() {
          @Override
          public void connected(XMPPConnection any) {
            reached.complete(true);
          }
        });
    boolean isThere = false;
    try {
      connection.logIn(parts.settings().allowPlain());
      isThere = isThere(connection, ended);
    } catch (IOException unseen) {
      if (!reached.isDone()) {
        throw unseen;
      }
      // Some servers allow an account no second session.
      LOG.info(
          "the session before this one cannot be looked at: {}", XmppErrorText.trouble(unseen));
    }
    if (isThere) {
      LOG.info("waiting for the session before this one to end");
    } else {
      close();
    }
  }

  private boolean isThere(SmackConnection connection, CompletableFuture<String> ended)
      throws IOException, InterruptedException {
    try {
      connection.sendStanza(StanzaBuilder.buildPresence().setPriority(SILENT).build());
    } catch (NotConnectedException gone) {
      throw new IOException("not connected", gone);
    }
    var _ = XmppRequests.send(connection, new Ping(address), LONGEST.toMillis());
    Ping behind = new Ping(connection.getXMPPServiceDomain());
    boolean _ =
        XmppRequests.await(
            XmppRequests.send(connection, behind, LONGEST.toMillis())
                .handle((answer, error) ->
                    error == null || error instanceof XmppLink.StanzaErrorException),
            ended);
    return !isGone;
  }

  /**
   * Waits for its end, at most 30 s. The login has been, so that the server ends it. What this
   * session leaves without a leave is waited for by the next one.
   *
   * @param session this one
   * @throws IOException if the connection ends
   * @throws InterruptedException if the account is closed
   */
  void awaitEnd(XmppSession session) throws IOException, InterruptedException {
    if (session.features().hasStreamManagement()) {
      memory.put(OPEN, "");
    }
    if (witness.isEmpty()) {
      return;
    }
    long begun = System.nanoTime();
    while (!over.isDone() && System.nanoTime() - begun < LONGEST.toNanos()) {
      boolean _ = session.await(over.copy().completeOnTimeout(false, 1, TimeUnit.SECONDS));
    }
    if (!over.isDone()) {
      LOG.warn("the session before this one has not ended: what it has left may come late");
    }
    close();
    boolean _ =
        session.await(
            new CompletableFuture<Boolean>()
                .completeOnTimeout(true, LEFTOVERS.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Nobody looks any longer. */
  void close() {
    witness.ifPresent(SmackConnection::sayGoodbye);
    witness = Optional.empty();
  }

  /** This session has taken its leave: the next login need not look for it. */
  void tookLeave() {
    memory.remove(OPEN);
  }

  @Override
  public boolean received(Stanza stanza) {
    if (address.equals(stanza.getFrom())) {
      if (stanza instanceof IQ answer && answer.getType() == IQ.Type.error) {
        isGone = true;
      }
      if (stanza instanceof Presence presence && presence.getType() == Presence.Type.unavailable) {
        over.complete(true);
      }
    }
    return false;
  }

  @Override
  public void beforeAcknowledging() {}

  @Override
  public void acknowledged() {}

  @Override
  public void pruned() {}

  @Override
  public void refused() {}
}

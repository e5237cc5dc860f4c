package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.Discovery;
import dev.owlery.adapter.xmpp.link.ServerFeatures;
import dev.owlery.adapter.xmpp.link.XmppExtension;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.link.XmppRequests;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.adapter.xmpp.wire.ConnectionEnding;
import dev.owlery.adapter.xmpp.wire.LoginRefusedException;
import dev.owlery.adapter.xmpp.wire.SendQueue;
import dev.owlery.adapter.xmpp.wire.SmackConnection;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.event.ChatEvent;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.SmackException.OutgoingQueueFullException;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.sm.StreamManagementException.StreamManagementNotEnabledException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One login, over as many connections as the server lets us resume it (XEP-0198). {@link #run} is
 * for the account's thread, stanzas come on the reading thread, the rest is for any thread.
 */
public final class XmppSession implements SmackConnection.StreamListener, SendQueue.Wire, XmppLink {
  private static final Logger LOG = LoggerFactory.getLogger(XmppSession.class);
  private static final int MOST_SKIPS_LOGGED = 10;

  /** How long Smack may take to notice that its connection was cut. */
  private static final long NOTICING_SECONDS = 5;

  private final SessionParts parts;
  private final SmackConnection connection;
  private final XmppRequests requests;
  private final EventPublisher intake;
  private final Watchdog watchdog;
  private final SendQueue queue;
  private final Confirmations confirmations = new Confirmations();
  private final XmppConversations conversations;
  private final AtomicInteger skipped = new AtomicInteger();
  private volatile CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile CompletableFuture<String> lost = new CompletableFuture<>();
  private volatile ServerFeatures features = ServerFeatures.NONE;
  private volatile boolean online;
  // Whether all that follows a login is done: else the stream is not worth resuming.
  private volatile boolean established;
  private volatile @Nullable String endReason;

  public XmppSession(SessionParts parts) throws IOException {
    this.parts = parts;
    intake = new EventPublisher(parts.context());
    connection = parts.connections().create(parts.settings().resource(), this, this::skip);
    requests = new XmppRequests(connection);
    queue =
        new SendQueue(
            this,
            parts.settings().flood(),
            unsent -> confirmations.notSent(unsent.getStanzaId(), SendQueue.notSent("not sent")));
    watchdog = new Watchdog(parts.settings().ping(), parts.context().clock(), this::ask);
    conversations = new XmppConversations(this);
    connection.addStanzaAcknowledgedListener(
        stanza -> confirmations.acknowledged(stanza.getStanzaId()));
    connection.addStanzaAcknowledgedListener(queue::acknowledged);
    // Without this Smack would send again what was not acknowledged; that is for the outbox.
    connection.addStanzaDroppedListener(dropped -> LOG.debug("not resumed: a stanza is looked up"));
    connection.addConnectionListener(
        new ConnectionEnding(parts.otherHost(), why -> ended.complete(why)));
    parts.extensions().forEach(extension -> extension.attach(this));
  }

  /**
   * Connects, logs in and stays until the connection ends.
   *
   * @param whenOnline called when the server has answered a probe and what was missed is published
   * @return why it ended
   * @throws IOException if it could not get so far; {@link LoginRefusedException} if that will not
   *     change by itself
   * @throws InterruptedException if the account is closed
   */
  public String run(Runnable whenOnline) throws IOException, InterruptedException {
    ended = new CompletableFuture<>();
    endReason = null;
    watchdog.begin();
    try {
      conversations.predecessor().look();
      connection.logIn(parts.settings().allowPlain());
      queue.open(connection.streamWasResumed());
      if (!connection.streamWasResumed()) {
        giveUp("the connection ended");
        lost = new CompletableFuture<>();
        establish();
        established = true;
      }
      IQ _ = await(ping());
      online = true;
      whenOnline.run();
      String reason = ended.get();
      return endReason == null ? reason : endReason;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException broken) {
      throw endReason == null ? broken : new IOException(endReason, broken);
    } finally {
      end();
    }
  }

  private void establish() throws IOException, InterruptedException {
    features = new Discovery(this).discover(connection.isSmEnabled());
    conversations.establish();
    for (XmppExtension extension : parts.extensions()) {
      extension.online();
    }
  }

  private void end() {
    online = false;
    connection.cut();
    conversations.predecessor().close();
    String reason = endReason == null ? "the connection ended" : endReason;
    queue
        .close()
        .forEach(each ->
            confirmations.notSent(each.getStanzaId(), SendQueue.notSent("not sent: " + reason)));
    confirmations.lost(reason);
    conversations.door().closed(reason);
    if (!canBeResumed()) {
      giveUp(reason);
    }
  }

  /** The stream is not resumed any more. */
  public void giveUp(String reason) {
    confirmations.forgetInterrupted();
    lost.complete(reason);
  }

  /** Whether the next {@link #run} can go on where this one was interrupted. */
  public boolean canBeResumed() {
    return established && connection.isDisconnectedButSmResumptionPossible() && !intake.hasFailed();
  }

  /**
   * Waits for what was received to be recorded, so that resuming tells the server the truth.
   *
   * @throws IOException if that cannot be
   */
  public void settle() throws IOException {
    intake.settle();
  }

  @Override
  public boolean received(Stanza stanza) throws InterruptedException {
    watchdog.stanzaBegins();
    try {
      return switch (stanza) {
        case Message message -> conversations.message(message);
        case Presence presence -> conversations.presence(presence);
        default -> false;
      };
    } catch (EventPublisher.UncheckedIntakeException unrecorded) {
      abort(XmppErrorText.trouble(unrecorded));
      throw unrecorded;
    } catch (RuntimeException unforeseen) {
      skip("a stanza of kind " + stanza.getClass().getSimpleName(), unforeseen);
      return true;
    } finally {
      watchdog.stanzaEnds();
    }
  }

  /** The boundary for what nobody foresaw: counted, logged without its text, and skipped. */
  private void skip(String what, Throwable why) {
    if (skipped.incrementAndGet() <= MOST_SKIPS_LOGGED) {
      LOG.warn("{} was skipped: {}", what, XmppErrorText.trouble(why));
    }
  }

  /** How many stanzas were skipped because they were malformed. */
  public int skipped() {
    return skipped.get();
  }

  @Override
  public void beforeAcknowledging() throws IOException {
    watchdog.stanzaBegins();
    try {
      intake.settle();
    } finally {
      watchdog.stanzaEnds();
    }
  }

  @Override
  public void acknowledged() {
    queue.acknowledged();
  }

  @Override
  public void pruned() {
    skip("a part of a stanza", new IllegalArgumentException("nested too deep"));
  }

  @Override
  public void refused() {
    skip("a stanza", new IllegalArgumentException("it is malformed, or beyond all measure"));
  }

  /** Looks after the connection and its rooms; called several times in each patience. */
  public void watch() {
    queue.pump();
    watchdog.look(online).ifPresent(this::abort);
    if (online) {
      conversations.watch();
    }
  }

  /** What comes of it is noted where it comes. */
  private void ask() {
    var _ = ping();
  }

  private CompletableFuture<IQ> ping() {
    CompletableFuture<IQ> answer =
        request(new org.jivesoftware.smackx.ping.packet.Ping(connection.getXMPPServiceDomain()));
    return answer.handle((result, error) -> {
      if (error == null || error instanceof StanzaErrorException) {
        watchdog.answered();
        return new org.jivesoftware.smack.packet.EmptyResultIQ();
      }
      throw new java.util.concurrent.CompletionException(error);
    });
  }

  /** Ends the connection now, whoever waits for what. */
  void abort(String reason) {
    endReason = reason;
    connection.cut();
    // Should Smack's threads be gone, nobody else would end the session.
    ended.completeOnTimeout(reason, NOTICING_SECONDS, TimeUnit.SECONDS);
  }

  /** Says goodbye; waits up to a second for that. */
  public void quit() {
    endReason = "closed";
    boolean wasOnline = online;
    online = false;
    try {
      intake.settle();
    } catch (IOException unrecorded) {
      connection.cut();
      return;
    }
    if (connection.sayGoodbye() && wasOnline) {
      conversations.predecessor().tookLeave();
    }
    ended.complete("closed");
  }

  /**
   * Sends a stanza whose fate is of interest.
   *
   * @param stanza with an id of its own
   * @param by what will confirm it
   * @param room the room that will; else empty
   * @return what becomes of it
   */
  public CompletableFuture<Outcome> send(Stanza stanza, Confirmations.By by, String room) {
    CompletableFuture<Outcome> outcome = confirmations.expect(stanza, by, room);
    if (!queue.send(stanza)) {
      confirmations.notSent(
          stanza.getStanzaId(), SendQueue.notSent("not connected, or too much is waiting"));
    }
    return outcome;
  }

  /** Sends a stanza whose fate is of no interest. */
  void sendUnconfirmed(Stanza stanza) {
    try {
      connection.sendStanza(stanza);
    } catch (NotConnectedException gone) {
      LOG.debug("not sent: not connected");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean send(Stanza stanza) throws NotConnectedException {
    try {
      connection.sendStanzaNonBlocking(stanza);
      confirmations.written(stanza.getStanzaId());
      return true;
    } catch (OutgoingQueueFullException full) {
      return false;
    }
  }

  @Override
  public void requestAcknowledgement() throws NotConnectedException, InterruptedException {
    if (connection.isSmEnabled()) {
      try {
        connection.requestSmAcknowledgement();
      } catch (StreamManagementNotEnabledException none) {
        throw new NotConnectedException();
      }
      return;
    }
    // The server answers in order: what was sent before the ping is handled when it is answered.
    List<String> before = confirmations.waitingForServer();
    var _ =
        ping()
            .thenRun(() -> {
              before.forEach(confirmations::acknowledged);
              queue.acknowledgedAll();
            });
  }

  @Override
  public void reply(IQ answer) {
    sendUnconfirmed(answer);
  }

  @Override
  public CompletableFuture<IQ> request(IQ request) {
    return requests.send(request);
  }

  @Override
  public IQ ask(IQ request) throws IOException, InterruptedException {
    return await(request(request));
  }

  @Override
  public <T> T await(CompletableFuture<T> something) throws IOException, InterruptedException {
    return XmppRequests.await(something, ended);
  }

  @Override
  public CompletableFuture<String> lost() {
    return lost;
  }

  @Override
  public void publish(ChatEvent event) {
    intake.publish(event, () -> {});
  }

  /** Publishes an event, and does something as soon as it is recorded. */
  void publish(ChatEvent event, Runnable whenRecorded) {
    intake.publish(event, whenRecorded);
  }

  @Override
  public XMPPConnection connection() {
    return connection;
  }

  @Override
  public AdapterContext context() {
    return parts.context();
  }

  @Override
  public XmppIdentity identity() {
    return parts.identity();
  }

  @Override
  public XmppSettings settings() {
    return parts.settings();
  }

  @Override
  public ServerFeatures features() {
    return features;
  }

  SessionParts parts() {
    return parts;
  }

  public Confirmations confirmations() {
    return confirmations;
  }

  public SendQueue queue() {
    return queue;
  }

  public XmppConversations conversations() {
    return conversations;
  }

  public boolean isOnline() {
    return online;
  }
}

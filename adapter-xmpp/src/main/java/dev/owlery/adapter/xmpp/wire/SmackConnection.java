package dev.owlery.adapter.xmpp.wire;

import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.spi.EngineThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.SmackException.OutgoingQueueFullException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Mechanisms;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.TopLevelStreamElement;
import org.jivesoftware.smack.sasl.SASLErrorException;
import org.jivesoftware.smack.sasl.SASLMechanism;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/**
 * Smack's connection with our hands at two places that it offers for this: each stanza comes to us
 * first, on the reading thread and before it counts as handled (XEP-0198), and the stream's parser
 * is guarded.
 */
public final class SmackConnection extends XMPPTCPConnection {

  /** What the session does with the stream. Called on the reading thread. */
  public interface StreamListener extends StreamReader.StanzaGate {
    /**
     * A stanza has come.
     *
     * @param stanza the stanza
     * @return true if Smack and its parts need not see it
     * @throws InterruptedException if the thread is to end
     */
    boolean received(Stanza stanza) throws InterruptedException;
  }

  private final Sockets sockets;
  private final StreamListener listener;

  /** The answer to the request that is being read, if it cannot be read. For the reading thread. */
  private Optional<ErrorIQ> refusal = Optional.empty();

  SmackConnection(
      XMPPTCPConnectionConfiguration configuration, Sockets sockets, StreamListener listener) {
    super(configuration);
    this.sockets = sockets;
    this.listener = listener;
  }

  @Override
  protected void initDebugger() {
    reader = new StreamReader(reader, listener);
    writer = new StreamWriter(writer);
  }

  @Override
  protected void parseAndProcessStanza(XmlPullParser parser) throws InterruptedException {
    if (parser instanceof GuardedParser guarded) {
      refusal = refusal(parser);
      guarded.beginStanza();
      try {
        super.parseAndProcessStanza(parser);
      } catch (AssertionError givenUp) {
        listener.pruned();
        unreadable();
      } catch (StackOverflowError | OutOfMemoryError | LinkageError fault) {
        // Smack's thread would end by an error without a word to anybody.
        throw new IllegalStateException("internal error: " + fault.getClass().getName(), fault);
      }
      try {
        guarded.endStanza();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    } else {
      super.parseAndProcessStanza(parser);
    }
  }

  private static Optional<ErrorIQ> refusal(XmlPullParser parser) {
    String id = parser.getAttributeValue("id");
    String type = parser.getAttributeValue("type");
    boolean isRequest = "iq".equals(parser.getName()) && ("get".equals(type) || "set".equals(type));
    String from = parser.getAttributeValue("from");
    if (!isRequest || id == null || from == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ErrorIQ.builder(
                  StanzaError.getBuilder(StanzaError.Condition.bad_request).build(),
                  StanzaBuilder.buildIqData(id).ofType(IQ.Type.error).to(JidCreate.from(from)))
              .build());
    } catch (XmppStringprepException nobody) {
      return Optional.empty();
    }
  }

  /** The stanza that is being read is malformed; who asks something by it must not wait. */
  void unreadable() {
    try {
      if (refusal.isPresent()) {
        sendStanzaNonBlocking(refusal.get());
      }
    } catch (NotConnectedException | OutgoingQueueFullException unsent) {
      // Who asks in vain gives up by themselves.
      return;
    } finally {
      refusal = Optional.empty();
    }
  }

  @Override
  protected void processStanza(Stanza stanza) throws InterruptedException {
    if (!listener.received(stanza)) {
      super.processStanza(stanza);
    }
  }

  /**
   * An error's answer would repeat the request, whoever wrote that; where it cannot be written
   * again the stream would die of it, and of it again whenever it is resumed. So nothing is
   * repeated.
   */
  private static TopLevelStreamElement safe(TopLevelStreamElement element) {
    if (!(element instanceof ErrorIQ error)) {
      return element;
    }
    return ErrorIQ.builder(
            error.getError(),
            StanzaBuilder.buildIqData(error.getStanzaId())
                .ofType(IQ.Type.error)
                .to(error.getTo())
                .from(error.getFrom()))
        .build();
  }

  @Override
  protected void sendInternal(TopLevelStreamElement element)
      throws NotConnectedException, InterruptedException {
    super.sendInternal(safe(element));
  }

  @Override
  protected void sendNonBlockingInternal(TopLevelStreamElement element)
      throws NotConnectedException, OutgoingQueueFullException {
    super.sendNonBlockingInternal(safe(element));
  }

  /**
   * Connects and logs in.
   *
   * @param allowPlain whether the server may see the password
   * @throws IOException if that did not work; {@link LoginRefusedException} if it will not change
   *     by itself
   * @throws InterruptedException if the account is closed
   */
  public void logIn(boolean allowPlain) throws IOException, InterruptedException {
    try {
      connect();
      login();
    } catch (SASLErrorException refused) {
      String condition = String.valueOf(refused.getSASLFailure().getSASLErrorString());
      if (condition.equals("temporary-auth-failure")) {
        throw new IOException("the server cannot check passwords at the moment", refused);
      }
      throw new LoginRefusedException(ConnectionErrors.login(condition));
    } catch (SmackException.SmackSaslException failed) {
      Optional<String> hopeless = hopeless(allowPlain);
      throw hopeless.isPresent()
          ? new LoginRefusedException(hopeless.get())
          : new IOException(XmppErrorText.trouble(failed), failed);
    } catch (SmackException | XMPPException failed) {
      throw new IOException(XmppErrorText.trouble(failed), failed);
    }
  }

  /** Why no login can succeed here; empty if the server offers one that we know. */
  private Optional<String> hopeless(boolean allowPlain) {
    Mechanisms offered = getFeature(Mechanisms.class);
    List<String> names = offered == null ? List.of() : offered.getMechanisms();
    if (names.isEmpty() || names.stream().anyMatch(each -> each.startsWith("SCRAM-"))) {
      return Optional.empty();
    }
    String line = "the server offers no login but " + XmppErrorText.line(String.join(", ", names));
    if (!names.contains(SASLMechanism.PLAIN)) {
      return Optional.of(line + ", which Owlery does not know");
    }
    return allowPlain
        ? Optional.empty()
        : Optional.of(line + ", which shows it the password: allow-plain = true allows that");
  }

  /**
   * Takes leave of the server; cuts the connection if that takes longer than a second.
   *
   * @return whether the server has been told
   */
  public boolean sayGoodbye() {
    Thread goodbye = EngineThreads.start("xmpp-goodbye", this::disconnect);
    try {
      if (goodbye.join(Duration.ofSeconds(1))) {
        return true;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    cut();
    return false;
  }

  /** Ends the connection at once, whoever waits in it; it may be resumed afterwards. */
  public void cut() {
    Optional<Socket> transport = sockets.latest();
    transport.ifPresent(Sockets::closeQuietly);
  }
}

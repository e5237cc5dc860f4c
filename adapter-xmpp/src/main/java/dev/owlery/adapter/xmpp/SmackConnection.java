package dev.owlery.adapter.xmpp;

import java.net.Socket;
import java.util.Optional;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;

/**
 * Smack's connection with our hands at two places that it offers for this: each stanza comes to us
 * first, on the reading thread and before it counts as handled (XEP-0198), and the stream's parser
 * is guarded.
 */
final class SmackConnection extends XMPPTCPConnection {

  /** What the session does with the stream. Called on the reading thread. */
  interface Listener extends StreamReader.Gate {
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
  private final Listener listener;

  SmackConnection(
      XMPPTCPConnectionConfiguration configuration, Sockets sockets, Listener listener) {
    super(configuration);
    this.sockets = sockets;
    this.listener = listener;
  }

  @Override
  protected void initDebugger() {
    reader = new StreamReader(reader, listener);
  }

  @Override
  protected void processStanza(Stanza stanza) throws InterruptedException {
    if (!listener.received(stanza)) {
      super.processStanza(stanza);
    }
  }

  /** Ends the connection at once, whoever waits in it; it may be resumed afterwards. */
  void cut() {
    Optional<Socket> transport = sockets.latest();
    transport.ifPresent(Sockets::closeQuietly);
  }
}

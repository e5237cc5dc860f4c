package dev.owlery.adapter.xmpp.file;

import dev.owlery.adapter.xmpp.link.XmppLink;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jivesoftware.smack.packet.IQ;
import org.jxmpp.jid.Jid;

/**
 * A way in which bytes go between two clients, once an offer is taken: SOCKS5 bytestreams, or
 * in-band. One object for an account's whole life; safe for use by several threads.
 */
public interface StreamMethod {

  /** How long the other side may take for one step. */
  Duration PATIENCE = Duration.ofSeconds(30);

  /** Its name in the configuration. */
  String name();

  /** Its name in offers and in what clients announce. */
  String namespace();

  /**
   * A new connection was made and will connect next.
   *
   * @param link the connection
   */
  void attach(XmppLink link);

  /**
   * Why this cannot work for us at all, whoever the other side is: then it is not offered.
   *
   * @param link the connection
   * @return one line for a person, with what would help; empty if nothing is known
   */
  default Optional<String> obstacle(XmppLink link) {
    return Optional.empty();
  }

  /**
   * Opens a channel to somebody who took an offer, and sends. Not for the reading thread.
   *
   * @param link the connection
   * @param to a full address
   * @param stream the stream's id
   * @param bytes what to send, to its end
   * @throws IOException if it breaks; {@link XmppLink.StanzaErrorException} if the other side
   *     refuses
   * @throws InterruptedException if the thread is interrupted
   */
  void send(XmppLink link, Jid to, String stream, InputStream bytes)
      throws IOException, InterruptedException;

  /**
   * Gets ready for a channel that somebody else will open, before they are told to. Not for the
   * reading thread.
   *
   * @param link the connection
   * @param from a full address
   * @param stream the stream's id
   * @return the channel to come
   */
  Expected expect(XmppLink link, Jid from, String stream);

  /**
   * Says who gets streams that nobody expects, because nobody offered them. Called once, at the
   * beginning.
   *
   * @param who gets them
   */
  void leaveStrangersTo(UnofferedStreams who);

  /**
   * Lets a stranger's stream begin.
   *
   * @param link the connection on which it came
   * @param request their request, not yet answered
   * @return the bytes; the caller closes it
   * @throws IOException if it does not begin; they have been told
   * @throws InterruptedException if the thread is interrupted
   */
  InputStream follow(XmppLink link, IQ request) throws IOException, InterruptedException;

  /** Who gets streams that were never offered. */
  interface UnofferedStreams {
    /** Nobody does. */
    UnofferedStreams REFUSED = (link, request, stream) -> false;

    /**
     * A stream that nobody expects. Called on the reading thread.
     *
     * @param link the connection
     * @param request the request, not yet answered
     * @param stream the stream's id
     * @return whether it will be answered
     */
    boolean take(XmppLink link, IQ request, String stream);
  }

  /** A channel that somebody else opens. Belongs to one thread. */
  interface Expected extends AutoCloseable {

    /**
     * Waits for the channel, at most {@link #PATIENCE}.
     *
     * @return the bytes; the end of them may be the file's end, or that of the channel
     * @throws IOException if it does not come
     * @throws InterruptedException if the thread is interrupted
     */
    InputStream open() throws IOException, InterruptedException;

    @Override
    void close();
  }
}

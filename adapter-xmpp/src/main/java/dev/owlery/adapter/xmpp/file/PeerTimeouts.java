package dev.owlery.adapter.xmpp.file;

import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.link.XmppRequests;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jivesoftware.smack.packet.IQ;

/**
 * Waits for other clients, behind which there may be people: longer than {@link XmppRequests} waits
 * for servers. Not for reading threads.
 */
final class PeerTimeouts {

  private PeerTimeouts() {}

  /**
   * Asks somebody.
   *
   * @param link the connection
   * @param request a get or a set
   * @param patience how long to wait for the answer
   * @return the result
   * @throws XmppLink.StanzaErrorException if the answer is an error
   * @throws IOException if there is none
   * @throws InterruptedException if the thread is interrupted
   */
  static IQ ask(XmppLink link, IQ request, Duration patience)
      throws IOException, InterruptedException {
    return wait(
        link,
        XmppRequests.send(link.connection(), request, patience.toMillis()),
        patience.plusSeconds(2));
  }

  /**
   * Waits for something that comes over a connection, or is of no use without it.
   *
   * @param link the connection
   * @param something what
   * @param patience how long
   * @return its result
   * @throws IOException if it failed or did not come
   * @throws InterruptedException if the thread is interrupted
   */
  static <T> T wait(XmppLink link, CompletableFuture<T> something, Duration patience)
      throws IOException, InterruptedException {
    return XmppRequests.await(something, link.lost(), patience);
  }

  /**
   * Waits for something.
   *
   * @param something what
   * @param patience how long
   * @return its result
   * @throws IOException if it failed or did not come
   * @throws InterruptedException if the thread is interrupted
   */
  static <T> T wait(CompletableFuture<T> something, Duration patience)
      throws IOException, InterruptedException {
    try {
      return something.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw XmppRequests.trouble(failed);
    } catch (TimeoutException late) {
      throw new IOException("no answer within " + patience.toSeconds() + " s", late);
    }
  }
}

package dev.owlery.adapter.xmpp;

import java.io.IOException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.offline.packet.OfflineMessageRequest;

/**
 * Fetches what the server has kept for us, where it lets us say when to forget it (XEP-0013): after
 * it is recorded here, not before. Elsewhere it comes by itself when we say that we are there. For
 * the account's own thread, before that.
 */
final class OfflineMessages {
  private final XmppSession session;

  OfflineMessages(XmppSession session) {
    this.session = session;
  }

  /**
   * Fetches, records, lets the server forget.
   *
   * @throws IOException if the connection ends
   * @throws InterruptedException if the account is closed
   */
  void fetch() throws IOException, InterruptedException {
    if (!session.features().hasOfflineRetrieval()) {
      return;
    }
    try {
      OfflineMessageRequest fetch = new OfflineMessageRequest();
      fetch.setType(IQ.Type.get);
      fetch.setFetch(true);
      session.ask(fetch);
      session.settle();
      OfflineMessageRequest purge = new OfflineMessageRequest();
      purge.setType(IQ.Type.set);
      purge.setPurge(true);
      session.ask(purge);
    } catch (XmppLink.Refused nothingKept) {
      // Servers say item-not-found when there is nothing.
      return;
    }
  }
}

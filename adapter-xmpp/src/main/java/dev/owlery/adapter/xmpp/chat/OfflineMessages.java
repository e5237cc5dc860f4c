package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.ServerFeatures;
import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.jivesoftware.smackx.offline.packet.OfflineMessageRequest;

/**
 * Looks at what the server has kept for us, where it lets us say when to forget it (XEP-0013):
 * after it is recorded here, not before. Elsewhere it comes by itself when we say that we are
 * there. For the account's own thread, for one login.
 *
 * <p>Each message is asked for and removed by its own node. What is stored meanwhile is not removed
 * unseen; and ejabberd, asked for all at once before we have said that we are there, sends all of
 * it back to those who said it, as if it could not be delivered.
 */
final class OfflineMessages {
  /** What is under way into the archive and the store when we say that we are there. */
  private static final long STORING_MILLIS = 250;

  /** Messages in one request. */
  private static final int MOST = 100;

  private final XmppSession session;

  /** The nodes of what has come. */
  private final List<List<String>> seen = new ArrayList<>();

  OfflineMessages(XmppSession session) {
    this.session = session;
  }

  /**
   * Has the server send what it has kept and has not sent yet.
   *
   * @throws IOException if the connection ends
   * @throws InterruptedException if the account is closed
   */
  void fetch() throws IOException, InterruptedException {
    if (!session.features().hasOfflineRetrieval()) {
      return;
    }
    List<String> nodes = nodes();
    if (isLeft()) {
      return; // the question alone keeps the server from sending it
    }
    for (int at = 0; at < nodes.size(); at += MOST) {
      List<String> some = nodes.subList(at, Math.min(nodes.size(), at + MOST));
      if (ask(IQ.Type.get, "view", some)) {
        seen.add(some);
      }
    }
  }

  private boolean isLeft() {
    return session.settings().offline() == XmppSettings.StoredMessages.LEAVE;
  }

  /**
   * Where there is no archive the store comes by itself, unless it is to stay where it is.
   *
   * @throws IOException if the connection ends
   * @throws InterruptedException if the account is closed
   */
  void leave() throws IOException, InterruptedException {
    if (isLeft() && session.features().hasOfflineRetrieval()) {
      List<String> _ = nodes();
    }
  }

  /**
   * Lets those messages get into the archive and the store that came just before we said that we
   * are there. A server that keeps both files them one by one, and tells us nothing of them.
   *
   * @throws IOException if the connection ends
   * @throws InterruptedException if the account is closed
   */
  void awaitStored() throws IOException, InterruptedException {
    if (session.features().hasOfflineRetrieval()) {
      boolean _ =
          session.await(
              new CompletableFuture<Boolean>()
                  .completeOnTimeout(true, STORING_MILLIS, TimeUnit.MILLISECONDS));
    }
  }

  /**
   * Lets the server forget what has come and is told by now, as soon as it is recorded.
   *
   * @throws IOException if the connection ends
   * @throws InterruptedException if the account is closed
   */
  void forget() throws IOException, InterruptedException {
    if (!seen.isEmpty()) {
      session.settle();
    }
    for (List<String> each : seen) {
      boolean _ = ask(IQ.Type.set, "remove", each);
    }
    seen.clear();
  }

  private List<String> nodes() throws IOException, InterruptedException {
    DiscoverItems question = new DiscoverItems();
    question.setTo(session.identity().own());
    question.setNode(ServerFeatures.OFFLINE);
    try {
      return session.ask(question) instanceof DiscoverItems items
          ? items.getItems().stream()
              .map(DiscoverItems.Item::getNode)
              .filter(node -> node != null && !node.isEmpty())
              .filter(node -> seen.stream().noneMatch(each -> each.contains(node)))
              .toList()
          : List.of();
    } catch (XmppLink.StanzaErrorException nothingKept) {
      return List.of();
    }
  }

  private boolean ask(IQ.Type type, String action, List<String> nodes)
      throws IOException, InterruptedException {
    OfflineMessageRequest request = new OfflineMessageRequest();
    request.setType(type);
    for (String node : nodes) {
      OfflineMessageRequest.Item item = new OfflineMessageRequest.Item(node);
      item.setAction(action);
      request.addItem(item);
    }
    try {
      session.ask(request);
      return true;
    } catch (XmppLink.StanzaErrorException gone) {
      // Servers say item-not-found when somebody else has fetched it.
      return false;
    }
  }
}

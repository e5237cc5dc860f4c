package dev.owlery.adapter.xmpp.pubsub;

import dev.owlery.adapter.xmpp.link.NodeAddress;
import dev.owlery.adapter.xmpp.link.XmppExtension;
import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.api.action.PublishItem;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Door;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Item;
import dev.owlery.api.event.ItemPublished;
import dev.owlery.api.event.Origin;
import dev.owlery.api.xmpp.XmppNodes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.jivesoftware.smack.packet.XmlElement;
import org.jivesoftware.smackx.pubsub.EventElement;
import org.jivesoftware.smackx.pubsub.ItemsExtension;
import org.jivesoftware.smackx.pubsub.PayloadItem;
import org.jivesoftware.smackx.pubsub.PubSubElementType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics on publish-subscribe nodes (XEP-0060, PEP): publishes on them, follows them, and reads at
 * each login what was published meanwhile. An item's id at the node is its key, so that every way
 * on which it comes leads to one event.
 */
public final class PubSubTopics implements XmppExtension {
  private static final Logger LOG = LoggerFactory.getLogger(PubSubTopics.class);
  private static final int MOST_MISSED = 100;

  /** A node that a topic needs and that is not there. */
  private static final Map<String, String> NEW_NODE =
      Map.of("persist_items", "1", "max_items", "100", "access_model", "open");

  private final AdapterContext context;
  private final NodeTopics topics;
  private volatile @Nullable XmppLink link;
  private volatile List<String> troubles = List.of();

  public PubSubTopics(XmppSettings settings, AdapterContext context) {
    this.context = context;
    this.topics = new NodeTopics(settings.topics(), context.memory());
  }

  @Override
  public void attach(XmppLink fresh) {
    link = fresh;
  }

  /** The connection of the moment. */
  Optional<XmppLink> link() {
    return Optional.ofNullable(link);
  }

  NodeTopics nodeTopics() {
    return topics;
  }

  @Override
  public Set<String> topics() {
    return topics.names();
  }

  @Override
  public Set<Capability> capabilities() {
    return topics.names().isEmpty() ? Set.of() : Set.of(Capability.PUBLISH);
  }

  @Override
  public List<String> details() {
    return troubles;
  }

  @Override
  public <D extends Door> Optional<D> door(Class<D> type) {
    return type == XmppNodes.class
        ? Optional.of(type.cast(new PubSubNodes(this, context)))
        : Optional.empty();
  }

  @Override
  public void online() throws IOException, InterruptedException {
    XmppLink now = link;
    if (now == null) {
      return;
    }
    List<String> wrong = new ArrayList<>();
    for (NodeAddress node : topics.nodes()) {
      try {
        follow(node, now);
      } catch (XmppLink.StanzaErrorException refused) {
        String why = "topic node " + node + ": " + refused.getMessage();
        LOG.warn("{}", why);
        wrong.add(why);
      }
    }
    troubles = List.copyOf(wrong);
  }

  /**
   * Subscribes to a node, makes it if need be, and reads what was missed.
   *
   * @param node the node
   * @param now the connection
   * @throws IOException if the connection broke; {@link XmppLink.StanzaErrorException} if the
   *     service refused
   * @throws InterruptedException if the account is closed
   */
  void follow(NodeAddress node, XmppLink now) throws IOException, InterruptedException {
    String own = now.identity().own().toString();
    try {
      now.ask(PubSubRequest.subscribe(node, own));
    } catch (XmppLink.StanzaErrorException refused) {
      if (!refused.is(Condition.item_not_found)) {
        throw refused;
      }
      now.ask(PubSubRequest.create(node, NEW_NODE));
      now.ask(PubSubRequest.subscribe(node, own));
    }
    List<NodeItem> kept = kept(node, MOST_MISSED, now);
    Optional<Set<String>> before = topics.before(node);
    if (before.isEmpty()) {
      topics.remember(node, kept.stream().map(NodeItem::id).toList());
      return;
    }
    String topic = topics.topic(node).orElse("");
    kept.stream()
        .filter(item -> !before.get().contains(item.id()))
        .sorted(Comparator.comparing(item -> item.at().orElse(Instant.MAX)))
        .forEach(item -> {
          Instant at = item.at().orElseGet(context.clock()::instant);
          var _ = context.publish(event(topic, item, Origin.caughtUp(item.id(), at)));
        });
  }

  /**
   * What a node keeps.
   *
   * @param id the item's id
   * @param payload its XML
   */
  record NodeItem(String id, String payload) {
    Item item() {
      return PubSubItems.read(id, payload);
    }

    Optional<Instant> at() {
      return PubSubItems.time(payload);
    }
  }

  /**
   * Asks a node for its items.
   *
   * @param node the node
   * @param most how many
   * @param now the connection
   * @return the items in the server's order
   * @throws IOException as {@link XmppLink#ask}
   * @throws InterruptedException if the account is closed
   */
  static List<NodeItem> kept(NodeAddress node, int most, XmppLink now)
      throws IOException, InterruptedException {
    IQ answer = now.ask(PubSubRequest.items(node, most));
    return answer instanceof org.jivesoftware.smackx.pubsub.packet.PubSub result
            && result.getExtension(PubSubElementType.ITEMS) instanceof ItemsExtension items
        ? kept(items)
        : List.of();
  }

  private static List<NodeItem> kept(ItemsExtension items) {
    List<NodeItem> kept = new ArrayList<>();
    for (XmlElement each : items.getExtensions()) {
      if (each instanceof org.jivesoftware.smackx.pubsub.Item item && item.getId() != null) {
        kept.add(
            new NodeItem(
                item.getId(),
                item instanceof PayloadItem<?> full ? full.getPayload().toXML().toString() : ""));
      }
    }
    return kept;
  }

  private ItemPublished event(String topic, NodeItem kept, Origin origin) {
    return new ItemPublished(origin, Conversation.ofAccount(context.account()), topic, kept.item());
  }

  @Override
  public boolean received(Message message) {
    EventElement element = EventElement.from(message);
    XmppLink now = link;
    if (element == null || now == null || message.getFrom() == null) {
      return false;
    }
    if (element.getEvent() instanceof ItemsExtension items && items.getNode() != null) {
      NodeAddress node = new NodeAddress(message.getFrom(), items.getNode());
      topics
          .topic(node)
          .ifPresent(topic -> {
            for (NodeItem kept : kept(items)) {
              Instant at = context.clock().instant();
              now.publish(event(topic, kept, Origin.live(kept.id(), at)));
            }
          });
    }
    return true;
  }

  @Override
  public Optional<CompletionStage<Outcome>> perform(Outgoing outgoing) {
    XmppLink now = link;
    if (!(outgoing.action() instanceof PublishItem publish) || now == null) {
      return Optional.empty();
    }
    return Optional.of(
        topics
            .node(publish.topic())
            .map(node -> publish(node, publish.item(), now))
            .orElseGet(() ->
                CompletableFuture.completedStage(
                    Outcome.refused("no node carries the topic " + publish.topic()))));
  }

  private CompletionStage<Outcome> publish(NodeAddress node, Item item, XmppLink now) {
    String payload = PubSubItems.write(item, context.clock().instant());
    return now.request(PubSubRequest.publish(node, item.key(), payload))
        .handle((result, trouble) -> {
          if (trouble == null) {
            return new Outcome.Settled(Receipt.delivered(new MessageId(item.key())));
          }
          return trouble instanceof XmppLink.StanzaErrorException refused
              ? Outcome.refused(XmppErrorText.trouble(refused))
              : new Outcome.Doubtful(XmppErrorText.trouble(trouble));
        });
  }
}

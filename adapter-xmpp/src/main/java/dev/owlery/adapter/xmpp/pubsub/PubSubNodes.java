package dev.owlery.adapter.xmpp.pubsub;

import dev.owlery.adapter.xmpp.link.NodeAddress;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.DoorException;
import dev.owlery.api.content.Item;
import dev.owlery.api.xmpp.XmppNodes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.XmlElement;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.jivesoftware.smackx.pubsub.FormNode;
import org.jivesoftware.smackx.pubsub.PubSubElementType;
import org.jivesoftware.smackx.pubsub.packet.PubSub;

/**
 * What plugins do with nodes.
 *
 * @param pubsub knows the connection
 * @param context the core
 */
record PubSubNodes(PubSubTopics pubsub, AdapterContext context) implements XmppNodes {

  /** Something that asks the server. */
  @FunctionalInterface
  private interface NodeRequest<T> {
    T run(XmppLink link) throws IOException, InterruptedException;
  }

  private <T> T with(NodeRequest<T> task) {
    try {
      return task.run(
          pubsub.link().orElseThrow(() -> new IOException("the account is not connected")));
    } catch (IOException refused) {
      throw new DoorException(XmppErrorText.trouble(refused), refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new DoorException("interrupted", stopped);
    }
  }

  private void order(IQ request) {
    with(link -> link.ask(request));
  }

  @Override
  public List<String> nodes(String service) {
    DiscoverItems question = new DiscoverItems();
    question.setTo(XmppIdentity.address(service));
    return with(link ->
        link.ask(question) instanceof DiscoverItems items
            ? items.getItems().stream()
                .filter(item -> item.getNode() != null)
                .map(item -> Markup.clean(item.getNode()))
                .toList()
            : List.of());
  }

  @Override
  public void create(String node, Map<String, String> options) {
    order(PubSubRequest.create(NodeAddress.parse(node), options));
  }

  @Override
  public Map<String, String> configuration(String node) {
    IQ answer = with(link -> link.ask(PubSubRequest.configuration(NodeAddress.parse(node))));
    Map<String, String> options = new LinkedHashMap<>();
    if (answer instanceof PubSub result
        && result.getExtension(PubSubElementType.CONFIGURE_OWNER) instanceof FormNode form) {
      form.getForm().getFields().stream()
          .filter(
              field -> !"FORM_TYPE".equals(field.getFieldName()) && field.getFieldName() != null)
          .forEach(field ->
              options.put(
                  field.getFieldName().replace("pubsub#", ""),
                  Markup.clean(String.join(", ", field.getValuesAsString()))));
    }
    return options;
  }

  @Override
  public void configure(String node, Map<String, String> options) {
    order(PubSubRequest.configure(NodeAddress.parse(node), options));
  }

  @Override
  public void delete(String node) {
    order(PubSubRequest.delete(NodeAddress.parse(node)));
  }

  @Override
  public void publish(String node, Item item) {
    String payload = PubSubItems.write(item, context.clock().instant());
    order(PubSubRequest.publish(NodeAddress.parse(node), item.key(), payload));
  }

  @Override
  public void retract(String node, String id) {
    order(PubSubRequest.retract(NodeAddress.parse(node), id));
  }

  @Override
  public List<Item> items(String node, int most) {
    return with(link ->
        PubSubTopics.kept(NodeAddress.parse(node), most, link).stream()
            .map(PubSubTopics.NodeItem::item)
            .toList());
  }

  @Override
  public void subscribe(String node, String topic) {
    NodeAddress address = NodeAddress.parse(node);
    pubsub.nodeTopics().add(address, topic);
    with(link -> {
      pubsub.follow(address, link);
      return true;
    });
  }

  @Override
  public void unsubscribe(String node) {
    NodeAddress address = NodeAddress.parse(node);
    if (pubsub.nodeTopics().isConfigured(address)) {
      throw new IllegalArgumentException("the configuration maps " + node + " to a topic");
    }
    order(PubSubRequest.unsubscribe(address, own()));
    pubsub.nodeTopics().remove(address);
  }

  private String own() {
    return with(link -> link.identity().own().toString());
  }

  @Override
  public Map<String, String> subscriptions() {
    return pubsub.nodeTopics().written();
  }

  @Override
  public Map<String, String> affiliations(String node) {
    IQ answer = with(link -> link.ask(PubSubRequest.affiliations(NodeAddress.parse(node))));
    Map<String, String> affiliations = new LinkedHashMap<>();
    for (XmlElement element : answer.getExtensions()) {
      if (element instanceof StandardExtensionElement list) {
        for (StandardExtensionElement each : list.getElements("affiliation")) {
          Stanzas.attribute(each, "jid")
              .ifPresent(address ->
                  affiliations.put(
                      Markup.clean(address),
                      Stanzas.attribute(each, "affiliation").orElse("none")));
        }
      }
    }
    return affiliations;
  }

  @Override
  public void affiliate(String node, String address, String affiliation) {
    order(
        PubSubRequest.affiliate(
            NodeAddress.parse(node), XmppIdentity.account(address).toString(), affiliation));
  }
}

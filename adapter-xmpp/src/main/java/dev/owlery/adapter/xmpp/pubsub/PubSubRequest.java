package dev.owlery.adapter.xmpp.pubsub;

import dev.owlery.adapter.xmpp.link.NodeAddress;
import dev.owlery.adapter.xmpp.text.Markup;
import java.util.Map;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.util.XmlStringBuilder;
import org.jivesoftware.smackx.xdata.FormField;
import org.jivesoftware.smackx.xdata.packet.DataForm;

/** A request to a publish-subscribe service (XEP-0060). */
final class PubSubRequest extends IQ {
  private static final String PUBSUB = "http://jabber.org/protocol/pubsub";
  private static final String CONFIGURATION = PUBSUB + "#node_config";

  private final XmlStringBuilder content;

  private PubSubRequest(NodeAddress to, Type type, boolean isOwners, XmlStringBuilder content) {
    super("pubsub", isOwners ? PUBSUB + "#owner" : PUBSUB);
    this.content = content;
    setTo(to.service());
    setType(type);
  }

  @Override
  protected IQChildElementXmlStringBuilder getIQChildElementBuilder(
      IQChildElementXmlStringBuilder xml) {
    xml.rightAngleBracket();
    xml.append(content);
    return xml;
  }

  private static XmlStringBuilder start(String element, NodeAddress about) {
    return new XmlStringBuilder().halfOpenElement(element).attribute("node", about.node());
  }

  static IQ create(NodeAddress node, Map<String, String> options) {
    XmlStringBuilder xml = start("create", node).closeEmptyElement();
    if (!options.isEmpty()) {
      xml.openElement("configure").append(form(options).toXML()).closeElement("configure");
    }
    return new PubSubRequest(node, Type.set, false, xml);
  }

  static IQ configuration(NodeAddress node) {
    return new PubSubRequest(node, Type.get, true, start("configure", node).closeEmptyElement());
  }

  static IQ configure(NodeAddress node, Map<String, String> options) {
    XmlStringBuilder xml = start("configure", node).rightAngleBracket();
    xml.append(form(options).toXML()).closeElement("configure");
    return new PubSubRequest(node, Type.set, true, xml);
  }

  static IQ delete(NodeAddress node) {
    return new PubSubRequest(node, Type.set, true, start("delete", node).closeEmptyElement());
  }

  static IQ publish(NodeAddress node, String id, String payload) {
    XmlStringBuilder xml = start("publish", node).rightAngleBracket();
    xml.halfOpenElement("item").attribute("id", id).rightAngleBracket();
    xml.append(payload).closeElement("item").closeElement("publish");
    return new PubSubRequest(node, Type.set, false, xml);
  }

  static IQ retract(NodeAddress node, String id) {
    XmlStringBuilder xml = start("retract", node).attribute("notify", "1").rightAngleBracket();
    xml.halfOpenElement("item").attribute("id", id).closeEmptyElement().closeElement("retract");
    return new PubSubRequest(node, Type.set, false, xml);
  }

  static IQ items(NodeAddress node, int most) {
    return new PubSubRequest(
        node,
        Type.get,
        false,
        start("items", node).attribute("max_items", most).closeEmptyElement());
  }

  static IQ subscribe(NodeAddress node, String subscriber) {
    return new PubSubRequest(
        node,
        Type.set,
        false,
        start("subscribe", node).attribute("jid", subscriber).closeEmptyElement());
  }

  static IQ unsubscribe(NodeAddress node, String subscriber) {
    return new PubSubRequest(
        node,
        Type.set,
        false,
        start("unsubscribe", node).attribute("jid", subscriber).closeEmptyElement());
  }

  static IQ affiliations(NodeAddress node) {
    return new PubSubRequest(node, Type.get, true, start("affiliations", node).closeEmptyElement());
  }

  static IQ affiliate(NodeAddress node, String address, String affiliation) {
    XmlStringBuilder xml = start("affiliations", node).rightAngleBracket();
    xml.halfOpenElement("affiliation")
        .attribute("jid", address)
        .attribute("affiliation", affiliation)
        .closeEmptyElement()
        .closeElement("affiliations");
    return new PubSubRequest(node, Type.set, true, xml);
  }

  private static DataForm form(Map<String, String> options) {
    DataForm.Builder form = DataForm.builder(DataForm.Type.submit).setFormType(CONFIGURATION);
    options.forEach((name, value) -> {
      String full = name.contains("#") ? name : "pubsub#" + name;
      form.addField(FormField.textSingleBuilder(full).setValue(Markup.clean(value)).build());
    });
    return form.build();
  }
}

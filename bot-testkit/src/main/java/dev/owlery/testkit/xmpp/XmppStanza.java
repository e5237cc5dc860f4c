package dev.owlery.testkit.xmpp;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * One stanza as a client has received it.
 *
 * @param raw as it was on the wire
 * @param element the same, parsed; only for reading, by one thread at a time
 */
public record XmppStanza(String raw, Element element) {
  /**
   * Parses what one stanza is on the wire.
   *
   * @param raw an element of a client's stream
   * @return the stanza
   * @throws IllegalArgumentException when it is not well-formed
   */
  public static XmppStanza parse(String raw) {
    return new StanzaParser().parse(raw);
  }

  static Stream<Element> elements(Element parent) {
    NodeList children = parent.getChildNodes();
    return IntStream.range(0, children.getLength())
        .mapToObj(children::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast);
  }

  /**
   * What kind it is.
   *
   * @return {@code message}, {@code presence}, {@code iq} or another local name
   */
  public String name() {
    return localName(element);
  }

  private static String localName(Node node) {
    String name = node.getLocalName();
    return name == null ? node.getNodeName() : name;
  }

  /**
   * An attribute.
   *
   * @param name its name
   * @return its value; empty when there is none
   */
  public String attribute(String name) {
    return element.getAttribute(name);
  }

  /**
   * Who has sent it.
   *
   * @return a full or bare address; empty when the server has left it out
   */
  public String from() {
    return attribute("from");
  }

  /**
   * Its type.
   *
   * @return for example {@code groupchat} or {@code error}; empty when it has none
   */
  public String type() {
    return attribute("type");
  }

  /**
   * A child element.
   *
   * @param name its local name
   * @param namespace its namespace
   * @return the first such child
   */
  public Optional<Element> child(String name, String namespace) {
    return elements(element)
        .filter(each -> localName(each).equals(name) && namespace.equals(each.getNamespaceURI()))
        .findFirst();
  }

  /**
   * What a message says.
   *
   * @return the text of its body; empty when it has none
   */
  public String body() {
    return child("body", "jabber:client").map(Element::getTextContent).orElse("");
  }

  /**
   * Tells whether it comes out of a store or an archive.
   *
   * @return true when it is marked as delayed (XEP-0203)
   */
  public boolean isDelayed() {
    return child("delay", "urn:xmpp:delay").isPresent();
  }

  /** What to answer to a ping (XEP-0199); empty when it is none. */
  Optional<String> pong() {
    boolean isPing = "get".equals(type()) && child("ping", "urn:xmpp:ping").isPresent();
    String id = RawXmppClient.escape(attribute("id"));
    String to = RawXmppClient.escape(from());
    return isPing
        ? Optional.of("<iq type='result' id='" + id + "' to='" + to + "'/>")
        : Optional.empty();
  }

  /** Whether a room says that its receiver is in it now; fails when the room refuses. */
  boolean isEntry(String room) {
    boolean isFromRoom = name().equals("presence") && from().startsWith(room);
    if (isFromRoom && type().equals("error")) {
      throw new AssertionError("the room refuses: " + raw);
    }
    return isFromRoom && raw.contains("<status code='110'/>");
  }

  @Override
  public String toString() {
    return raw;
  }
}

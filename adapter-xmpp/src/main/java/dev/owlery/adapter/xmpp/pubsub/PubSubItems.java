package dev.owlery.adapter.xmpp.pubsub;

import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.api.content.Item;
import dev.owlery.api.content.Text;
import dev.owlery.api.xml.XmlLimits;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.parsers.ParserConfigurationException;
import org.jivesoftware.smack.util.XmlStringBuilder;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Items as payloads: an Atom entry (RFC 4287), which other programs can read too, with the fields
 * and the severity in a namespace of our own. Of other payloads the elements with text become
 * fields. Pure.
 */
final class PubSubItems {
  private static final String ATOM = "http://www.w3.org/2005/Atom";
  private static final String OURS = "urn:owlery:item:0";
  private static final int MOST_FIELDS = 50;
  private static final int LONGEST = 10_000;

  private PubSubItems() {}

  /**
   * Writes an item.
   *
   * @param item the item
   * @param at when it is published
   * @return XML
   */
  static String write(Item item, Instant at) {
    XmlStringBuilder xml = new XmlStringBuilder();
    xml.halfOpenElement("entry").xmlnsAttribute(ATOM).rightAngleBracket();
    xml.element("id", clean(item.key()));
    xml.element("title", clean(item.title()));
    xml.element("updated", at.toString());
    if (!item.text().isBlank()) {
      xml.element("summary", clean(item.text().plain()));
    }
    item.link()
        .ifPresent(link ->
            xml.halfOpenElement("link").attribute("href", link.toString()).closeEmptyElement());
    xml.halfOpenElement("details").xmlnsAttribute(OURS);
    xml.attribute("severity", item.severity().name().toLowerCase(Locale.ROOT)).rightAngleBracket();
    item.fields()
        .forEach((name, value) -> {
          xml.halfOpenElement("field").attribute("name", clean(name)).rightAngleBracket();
          xml.escape(clean(value)).closeElement("field");
        });
    return xml.closeElement("details").closeElement("entry").toString();
  }

  private static String clean(String text) {
    return Markup.clean(text);
  }

  /**
   * Reads an item. Never throws for what somebody else wrote.
   *
   * @param id the item's id at the service
   * @param payload its XML; empty if there is none
   * @return the item
   */
  static Item read(String id, String payload) {
    Optional<Element> root = parse(payload);
    Optional<Element> details = root.flatMap(entry -> child(entry, OURS, "details"));
    Map<String, String> fields = new LinkedHashMap<>();
    boolean isAtom = root.filter(entry -> ATOM.equals(entry.getNamespaceURI())).isPresent();
    if (details.isPresent()) {
      each(details.get(), field -> put(fields, field.getAttribute("name"), field));
    } else if (!isAtom) {
      root.ifPresent(entry -> each(entry, field -> put(fields, field.getLocalName(), field)));
    }
    String title =
        root.flatMap(entry -> isAtom ? child(entry, ATOM, "title") : firstWithText(entry))
            .map(PubSubItems::text)
            .orElse("");
    return new Item(
        id,
        title.isBlank() ? id : title.lines().findFirst().orElse(id),
        Text.plain(root.flatMap(PubSubItems::body).orElse("")),
        root.flatMap(PubSubItems::link),
        fields,
        details.map(PubSubItems::severity).orElse(Item.Severity.INFO));
  }

  /** When an item was published, if it tells. */
  static Optional<Instant> time(String payload) {
    return parse(payload)
        .flatMap(entry -> child(entry, ATOM, "updated"))
        .flatMap(updated -> {
          try {
            return Optional.of(Instant.parse(text(updated)));
          } catch (DateTimeParseException unknown) {
            return Optional.empty();
          }
        });
  }

  private static Optional<String> body(Element entry) {
    return child(entry, ATOM, "summary")
        .or(() -> child(entry, ATOM, "content"))
        .map(PubSubItems::text);
  }

  private static Optional<URI> link(Element entry) {
    return child(entry, ATOM, "link")
        .map(link -> link.getAttribute("href"))
        .filter(href -> href.startsWith("https://") || href.startsWith("http://"))
        .flatMap(href -> {
          try {
            return Optional.of(URI.create(href));
          } catch (IllegalArgumentException malformed) {
            return Optional.empty();
          }
        });
  }

  private static Item.Severity severity(Element details) {
    return switch (details.getAttribute("severity")) {
      case "critical" -> Item.Severity.CRITICAL;
      case "warning" -> Item.Severity.WARNING;
      default -> Item.Severity.INFO;
    };
  }

  private static void put(Map<String, String> fields, String name, Element field) {
    if (fields.size() < MOST_FIELDS && !name.isBlank()) {
      fields.put(clean(name), text(field));
    }
  }

  private static String text(Element element) {
    String all = element.getTextContent().strip();
    return clean(all.length() > LONGEST ? all.substring(0, LONGEST) : all);
  }

  private static Optional<Element> child(Element parent, String namespace, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element
          && name.equals(element.getLocalName())
          && namespace.equals(element.getNamespaceURI())) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }

  /** The first element inside, or the element itself if it has none. */
  private static Optional<Element> firstWithText(Element entry) {
    List<Element> children = new ArrayList<>();
    each(entry, children::add);
    return children.isEmpty()
        ? Optional.of(entry)
        : children.stream().filter(child -> !child.getTextContent().isBlank()).findFirst();
  }

  private static void each(Element parent, Consumer<Element> action) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        action.accept(element);
      }
    }
  }

  private static Optional<Element> parse(String payload) {
    if (payload.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          XmlLimits.DOCUMENT
              .trees()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(payload)))
              .getDocumentElement());
    } catch (SAXException malformed) {
      return Optional.empty();
    } catch (ParserConfigurationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

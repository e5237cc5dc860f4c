package dev.owlery.plugins.feeds;

import dev.owlery.api.http.WebAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;

/**
 * Prepares a well-formed document for ROME, which knows nothing of XML Base, loses markup in the
 * titles of RSS, and gives titles of Atom 0.3 as XML: links become absolute, such titles text, and
 * names in capitals what they should be. The parser has bounded how deep it is. Pure; any thread.
 */
final class FeedBaseUris {
  private static final Set<String> ITEMS = Set.of("item", "entry");
  private static final Set<String> NAMES =
      Set.of(
          "rss", "channel", "item", "feed", "entry", "title", "link", "description", "guid", "id");

  private FeedBaseUris() {}

  static void resolve(Document document, URI from) {
    resolve(document.getRootElement(), from);
  }

  private static void resolve(Element element, URI outer) {
    String step = element.getAttributeValue("base", Namespace.XML_NAMESPACE, "");
    URI base = step.isBlank() ? outer : WebAddress.of(step, outer).orElse(outer);
    String name = element.getName().toLowerCase(Locale.ROOT);
    if (NAMES.contains(name)) {
      element.setName(name);
    }
    Element parent = element.getParentElement();
    if (parent != null && ITEMS.contains(parent.getName())) {
      ofItem(element, base);
    }
    for (Element child : element.getChildren()) {
      resolve(child, base);
    }
  }

  private static void ofItem(Element element, URI base) {
    switch (element.getName()) {
      case "link" -> link(element, base);
      case "title" -> title(element);
      default -> {}
    }
  }

  /** The address of a link of Atom is an attribute, in RSS it is text, or should be. */
  private static void link(Element link, URI base) {
    String href = link.getAttributeValue("href", "").strip();
    String target = href.isEmpty() ? link.getTextTrim() : href;
    String absolute =
        target.isEmpty() ? "" : WebAddress.of(target, base).map(URI::toString).orElse(target);
    if (!href.isEmpty()) {
      link.setAttribute("href", absolute);
    }
    if (link.getNamespaceURI().isEmpty()) {
      link.setText(absolute);
    }
    if (isOldAtom(link) && link.getAttribute("rel") == null) {
      link.setAttribute("rel", "alternate");
    }
  }

  private static boolean isOldAtom(Element element) {
    return element.getNamespaceURI().startsWith("http://purl.org/atom/");
  }

  private static void title(Element title) {
    boolean isTyped = title.getAttribute("type") != null || title.getAttribute("mode") != null;
    if (isOldAtom(title) && title.getAttributeValue("mode", "xml").equals("xml")) {
      title.setText(title.getValue());
      title.setAttribute("mode", "escaped");
      title.setAttribute("type", "text/plain");
    } else if (!isTyped && !title.getChildren().isEmpty()) {
      title.setText(title.getValue());
    }
  }
}

package dev.owlery.plugins.feeds;

import dev.owlery.api.http.WebAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter.FilterResult;
import org.jsoup.select.NodeVisitor;

/**
 * Reads RSS and Atom that is no XML, or no RSS or Atom to the letter, as browsers read HTML: what
 * can be understood counts, and nothing else does. Only elements of the names that feeds have are
 * looked at, wherever they stand. Belongs to one thread, for one document.
 */
final class LenientReader implements NodeVisitor {
  private static final int MOST_MARKS = 200_000;
  private static final int DEEPEST_BASE = 1_000;
  private static final int LONGEST_FIELD = 20_000;
  private static final int LONGEST_NAME = 4_096;

  private static final String XMLNS = "xmlns:";
  private static final Set<String> ROOTS = Set.of("rss", "feed", "rdf", "channel");
  private static final Set<String> ITEMS = Set.of("item", "entry");
  private static final Set<String> ASIDE =
      Set.of("image", "textinput", "author", "contributor", "source", "in-reply-to");
  private static final Set<String> FIELDS =
      Set.of("title", "link", "guid", "id", "description", "summary", "content");

  /** Prefixes that stand for the feed's own names, whether they are declared or not. */
  private static final Set<String> CORE = Set.of("", "rss", "atom", "atom10", "a10", "a", "rdf");

  /** Names of extensions that say what the feed's own names say. */
  private static final Map<String, String> SAME =
      Map.of(
          "content:encoded", "content",
          "dc:title", "title",
          "dc:description", "description",
          "xhtml:body", "content");

  private final URI base;
  private final boolean hasBases;

  /** Prefixes of the document's own choice that stand for Atom or RSS. */
  private final Set<String> declared;

  /**
   * How much text may still be taken out of elements that hold others. Elements that are never
   * closed hold all that follows, so without a limit the same text would be read for each of them.
   */
  private int left;

  private final List<FeedEntry> entries = new ArrayList<>();
  private String title = "";
  private boolean isFeed;
  private boolean isAtom;
  private Optional<Draft> draft = Optional.empty();
  private Optional<Node> aside = Optional.empty();

  /** An item that is being read. */
  private static final class Draft {
    private final Element item;
    private String id = "";
    private String title = "";
    private String link = "";
    private String text = "";
    private String content = "";
    private boolean isPermalink;

    Draft(Element item) {
      this.item = item;
      this.id = item.attr("rdf:about").strip();
    }
  }

  private LenientReader(URI base, boolean hasBases, Set<String> declared, int left) {
    this.base = base;
    this.hasBases = hasBases;
    this.declared = declared;
    this.left = left;
  }

  /**
   * Reads a document.
   *
   * @param document its text
   * @param base where it is
   * @throws FeedUnavailable if it is no feed
   */
  static Contents read(String document, URI base) throws FeedUnavailable {
    if (document.chars().filter(c -> c == '<').count() > MOST_MARKS) {
      throw new FeedUnavailable("it has more elements than a feed needs");
    }
    if (hasEndlessName(document)) {
      throw new FeedUnavailable("it has a tag that does not end");
    }
    Document parsed = Jsoup.parse(Doctype.without(document), "", Parser.xmlParser());
    LenientReader reader =
        new LenientReader(
            base, document.contains("xml:base"), declared(parsed), 2 * document.length());
    parsed.traverse(reader);
    if (!reader.isFeed || (reader.entries.isEmpty() && reader.title.isEmpty())) {
      throw new FeedUnavailable(DocumentReader.NO_FEED);
    }
    return new Contents(reader.title, reader.entries);
  }

  /**
   * Whether there is a tag with an absurdly long name. jsoup puts names together piece by piece, in
   * quadratic time. A declaration or a section of characters has no name.
   */
  private static boolean hasEndlessName(String document) {
    int length = -1;
    for (int i = 0; i < document.length(); i++) {
      char c = document.charAt(i);
      boolean isNoName = length == 0 && (c == '!' || c == '?');
      if (isNoName || c == '>' || c == '/' || (c <= ' ' && c != '\0')) {
        length = -1;
      } else if (c == '<' && length < 0) {
        length = 0;
      } else if (length >= 0 && ++length > LONGEST_NAME) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void head(Node node, int depth) {
    if (!(node instanceof Element element) || aside.isPresent()) {
      return;
    }
    String name = name(element);
    if (ROOTS.contains(name)) {
      isFeed = true;
      isAtom |= name.equals("feed");
    } else if (ITEMS.contains(name)) {
      finish();
      isFeed |= name.equals("item") && isRdf(element);
      draft = Optional.of(new Draft(element));
    } else if (ASIDE.contains(name)) {
      aside = Optional.of(node);
    } else if (FIELDS.contains(name)) {
      draft.ifPresentOrElse(item -> field(item, name, element), () -> ofFeed(name, element));
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (aside.filter(node::equals).isPresent()) {
      aside = Optional.empty();
    } else if (draft.filter(item -> item.item.equals(node)).isPresent()) {
      finish();
    }
  }

  private static boolean isRdf(Element element) {
    return element.hasAttr("rdf:about");
  }

  /** In small letters, without a prefix that says no more than the name. */
  private String name(Element element) {
    String name = element.tagName().toLowerCase(Locale.ROOT);
    int colon = name.indexOf(':');
    String prefix = colon < 0 ? "" : name.substring(0, colon);
    return CORE.contains(prefix) || declared.contains(prefix)
        ? name.substring(colon + 1)
        : SAME.getOrDefault(name, name);
  }

  private static Set<String> declared(Document document) {
    return Optional.ofNullable(document.firstElementChild()).stream()
        .flatMap(root -> root.attributes().asList().stream())
        .filter(each -> each.getKey().startsWith(XMLNS) && isOfFeeds(each.getValue()))
        .map(each -> each.getKey().substring(XMLNS.length()).toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isOfFeeds(String namespace) {
    return namespace.equals("http://www.w3.org/2005/Atom")
        || namespace.startsWith("http://purl.org/atom/")
        || namespace.equals("http://purl.org/rss/1.0/");
  }

  private void ofFeed(String name, Element element) {
    if (name.equals("title") && title.isEmpty()) {
      title = title(element);
    }
  }

  private void field(Draft item, String name, Element element) {
    switch (name) {
      case "title" -> item.title = item.title.isEmpty() ? title(element) : item.title;
      case "link" -> link(item, element);
      case "id", "guid" -> {
        item.isPermalink =
            name.equals("guid") && !element.attr("isPermaLink").equalsIgnoreCase("false");
        String id = own(element);
        item.id = id.isEmpty() ? item.id : id;
      }
      case "description", "summary" -> item.text = item.text.isEmpty() ? text(element) : item.text;
      default -> item.content = item.content.isEmpty() ? text(element) : item.content;
    }
  }

  private void link(Draft item, Element element) {
    String relation = element.attr("rel").strip();
    boolean isAlternate = relation.isEmpty() || relation.equalsIgnoreCase("alternate");
    String href = element.attr("href").strip();
    String target = href.isEmpty() ? own(element) : href;
    if (isAlternate && item.link.isEmpty() && !target.isEmpty()) {
      item.link = WebAddress.of(target, base(element)).map(URI::toString).orElse(target);
    }
  }

  /** Where references lead from (XML Base), as far as is known. */
  private URI base(Element element) {
    List<String> steps = new ArrayList<>();
    Optional<Element> at = hasBases ? Optional.of(element) : Optional.empty();
    for (int i = 0; i < DEEPEST_BASE && at.isPresent(); i++) {
      if (at.get().hasAttr("xml:base")) {
        steps.add(at.get().attr("xml:base"));
      }
      at = Optional.ofNullable(at.get().parent());
    }
    URI from = base;
    for (String step : steps.reversed()) {
      from = WebAddress.of(step, from).orElse(from);
    }
    return from;
  }

  /** What stands directly in an element: it may not have been closed before others came. */
  private static String own(Element element) {
    StringBuilder text = new StringBuilder();
    for (Node child : element.childNodes()) {
      if (child instanceof TextNode words) {
        text.append(words.getWholeText());
      } else if (child instanceof Element) {
        break;
      }
    }
    return text.toString().strip();
  }

  private String title(Element element) {
    String type = element.attr("type").toLowerCase(Locale.ROOT);
    boolean hasMarkup =
        element.children().stream().anyMatch(child -> !FIELDS.contains(name(child)));
    String words = hasMarkup ? whole(element) : own(element);
    if (hasMarkup || type.contains("xhtml")) {
      return PlainText.line(words);
    } else if (type.contains("html")) {
      return PlainText.ofHtml(words);
    }
    boolean isPlain = isAtom || type.startsWith("text");
    return isPlain ? PlainText.line(words) : PlainText.ofTitle(words);
  }

  private String text(Element element) {
    return element.childrenSize() > 0
        ? PlainText.line(whole(element))
        : PlainText.ofAny(own(element));
  }

  /** Up to the next item, which cannot be a part of it. */
  private String whole(Element element) {
    StringBuilder text = new StringBuilder();
    element.filter((node, depth) -> {
      boolean isNext = depth > 0 && node instanceof Element inner && ITEMS.contains(name(inner));
      if (isNext || left <= 0 || text.length() >= LONGEST_FIELD) {
        return FilterResult.STOP;
      }
      left--;
      if (node instanceof TextNode words) {
        left -= words.getWholeText().length();
        text.append(words.getWholeText());
      }
      return FilterResult.CONTINUE;
    });
    return text.toString();
  }

  private void finish() {
    draft.ifPresent(item -> {
      String link = item.link.isEmpty() && item.isPermalink ? item.id : item.link;
      String text = item.text.isEmpty() ? item.content : item.text;
      if (entries.size() < DocumentReader.MOST_ENTRIES) {
        DocumentReader.entry(item.id, item.title, link, text, base).ifPresent(entries::add);
      }
    });
    draft = Optional.empty();
  }
}

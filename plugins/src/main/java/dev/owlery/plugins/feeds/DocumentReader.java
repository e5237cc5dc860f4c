package dev.owlery.plugins.feeds;

import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.SyndFeedInput;
import dev.owlery.api.http.WebAddress;
import dev.owlery.api.xml.XmlLimits;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdom2.Document;
import org.jdom2.input.SAXBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents that strangers wrote: RSS and Atom with ROME, JSON Feed itself. What is not well
 * formed, or is no RSS or Atom to the letter, is read once more by {@link LenientReader}. There are
 * no entities to expand and nothing outside to load. Any thread.
 */
final class DocumentReader {
  static final int MOST_ENTRIES = 1_000;
  static final String NO_FEED = "it is no feed that can be read (RSS, Atom or JSON Feed)";

  private static final String DISALLOW = "http://apache.org/xml/features/disallow-doctype-decl";
  private static final String GENERAL = "http://xml.org/sax/features/external-general-entities";
  private static final String PARAMETER = "http://xml.org/sax/features/external-parameter-entities";

  private DocumentReader() {}

  /**
   * Reads a document.
   *
   * @throws FeedUnavailable if it is no feed
   */
  static Contents read(FetchedDocument answer) throws FeedUnavailable {
    String text = Decoder.decode(answer.type(), answer.body());
    if (text.startsWith("{") || answer.type().toLowerCase(Locale.ROOT).contains("json")) {
      return guarded(() -> JsonFeed.read(text, answer.from()));
    }
    try {
      Contents strict = guarded(() -> strict(text, answer.from()));
      return strict.entries().isEmpty() ? orLenient(strict, text, answer.from()) : strict;
    } catch (FeedUnavailable notStrict) {
      return guarded(() -> LenientReader.read(text, answer.from()));
    }
  }

  /** Well-formed, and yet with its entries where no format has them. */
  private static Contents orLenient(Contents strict, String text, URI from) throws FeedUnavailable {
    try {
      Contents lenient = guarded(() -> LenientReader.read(text, from));
      return lenient.entries().isEmpty() ? strict : lenient;
    } catch (FeedUnavailable noMore) {
      return strict;
    }
  }

  /** Reads in one way. */
  @FunctionalInterface
  private interface Way {
    Contents read() throws Exception;
  }

  /** The boundary to the parsers, which throw all sorts of things over hostile documents. */
  private static Contents guarded(Way way) throws FeedUnavailable {
    try {
      return way.read();
    } catch (Exception | StackOverflowError noFeed) {
      if (noFeed instanceof FeedUnavailable trouble) {
        throw trouble;
      }
      throw new FeedUnavailable(NO_FEED);
    }
  }

  private static Contents strict(String text, URI from) throws Exception {
    SAXBuilder builder = new SAXBuilder();
    builder.setFeature(DISALLOW, true);
    builder.setFeature(GENERAL, false);
    builder.setFeature(PARAMETER, false);
    builder.setExpandEntities(false);
    XmlLimits.DOCUMENT.apply(builder::setProperty);
    Document document = builder.build(new StringReader(Doctype.withoutBare(text)));
    FeedBaseUris.resolve(document, from);
    return contents(new SyndFeedInput(false, Locale.ROOT).build(document), from);
  }

  private static Contents contents(SyndFeed feed, URI from) {
    boolean isAtom = String.valueOf(feed.getFeedType()).startsWith("atom");
    List<FeedEntry> entries = new ArrayList<>();
    for (SyndEntry each : feed.getEntries()) {
      if (entries.size() < MOST_ENTRIES) {
        entry(
                orEmpty(each.getUri()),
                title(each.getTitleEx(), isAtom),
                orEmpty(each.getLink()),
                text(each),
                from)
            .ifPresent(entries::add);
      }
    }
    return new Contents(title(feed.getTitleEx(), isAtom), entries);
  }

  /** An entry of its parts, of which each may be empty; none if all are. */
  static Optional<FeedEntry> entry(String id, String title, String link, String text, URI base) {
    Optional<URI> target = link(link, base);
    String name =
        !id.isBlank()
            ? id.strip()
            : target.map(URI::toString).orElse(title.isEmpty() ? text : title);
    String shown = !title.isEmpty() ? title : text.isEmpty() ? name : PlainText.cut(text, 100);
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new FeedEntry(name, PlainText.cut(PlainText.line(shown), 300), target, text));
  }

  private static Optional<URI> link(String link, URI base) {
    return link.isBlank() ? Optional.empty() : WebAddress.of(link, base);
  }

  /** Atom says what its titles are (RFC 4287 section 3.1); in RSS it has to be guessed. */
  private static String title(@Nullable SyndContent title, boolean isAtom) {
    if (title == null || title.getValue() == null) {
      return "";
    }
    String type = String.valueOf(title.getType()).toLowerCase(Locale.ROOT);
    return type.contains("html")
        ? PlainText.ofHtml(title.getValue())
        : isAtom || type.startsWith("text")
            ? PlainText.line(title.getValue())
            : PlainText.ofTitle(title.getValue());
  }

  private static String text(SyndEntry from) {
    SyndContent description = from.getDescription();
    List<SyndContent> contents = from.getContents();
    SyndContent text =
        description != null && description.getValue() != null
            ? description
            : contents.isEmpty() ? null : contents.getFirst();
    return text == null || text.getValue() == null ? "" : PlainText.ofAny(text.getValue());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}

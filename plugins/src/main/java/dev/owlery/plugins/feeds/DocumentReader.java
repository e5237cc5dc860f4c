package dev.owlery.plugins.feeds;

import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import dev.owlery.api.xml.XmlLimits;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import okio.Buffer;
import okio.ByteString;
import org.jdom2.Document;
import org.jdom2.JDOMException;
import org.jdom2.input.SAXBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents that strangers wrote: RSS and Atom with ROME, JSON Feed itself. A DOCTYPE that
 * only names its type is passed over; one that declares anything is refused, so that there are no
 * entities to expand and nothing outside to load. Any thread.
 */
final class DocumentReader {
  private static final int MOST_ENTRIES = 1_000;
  private static final int PROLOG = 4_096;
  private static final Pattern BARE_DOCTYPE = Pattern.compile("<!DOCTYPE\\s[^<>\\[]*>");
  private static final String DISALLOW = "http://apache.org/xml/features/disallow-doctype-decl";
  private static final String GENERAL = "http://xml.org/sax/features/external-general-entities";
  private static final String PARAMETER = "http://xml.org/sax/features/external-parameter-entities";

  private DocumentReader() {}

  /**
   * Reads a document.
   *
   * @throws Trouble if it is no feed
   */
  static Contents read(Answer answer) throws Trouble {
    ByteString body = stripped(answer.body());
    try {
      return isJson(answer.type(), body)
          ? JsonFeed.read(body.utf8(), answer.from())
          : contents(new SyndFeedInput(false, Locale.ROOT).build(xml(answer.type(), body)), answer);
    } catch (Exception | StackOverflowError noFeed) {
      // The boundary to the parsers, which throw all sorts of things over hostile documents.
      if (noFeed instanceof Trouble trouble) {
        throw trouble;
      }
      throw new Trouble("it is no feed that can be read (RSS, Atom or JSON Feed)");
    }
  }

  private static boolean isJson(String type, ByteString body) {
    return type.toLowerCase(Locale.ROOT).contains("json")
        || (body.size() > 0 && body.getByte(0) == '{');
  }

  /** Blanks before the XML declaration are a common fault. */
  private static ByteString stripped(ByteString body) {
    int start = 0;
    while (start < body.size() && body.getByte(start) > 0 && body.getByte(start) <= ' ') {
      start++;
    }
    return start == 0 ? body : body.substring(start);
  }

  private static Document xml(String type, ByteString body) throws IOException, JDOMException {
    SAXBuilder builder = new SAXBuilder();
    builder.setFeature(DISALLOW, true);
    builder.setFeature(GENERAL, false);
    builder.setFeature(PARAMETER, false);
    builder.setExpandEntities(false);
    XmlLimits.DOCUMENT.apply(builder::setProperty);
    return builder.build(new StringReader(withoutDoctype(decoded(type, body))));
  }

  /** By the byte order mark, the media type, the XML declaration (RFC 7303), or as UTF-8. */
  private static String decoded(String type, ByteString body) throws IOException {
    boolean named = type.toLowerCase(Locale.ROOT).contains("charset");
    Buffer bytes = new Buffer().write(body);
    StringWriter text = new StringWriter(body.size());
    try (XmlReader reader =
        named
            ? new XmlReader(bytes.inputStream(), type, true, "UTF-8")
            : new XmlReader(bytes.inputStream(), true, "UTF-8")) {
      reader.transferTo(text);
    }
    return text.toString();
  }

  private static String withoutDoctype(String xml) {
    int end = Math.min(xml.length(), PROLOG);
    String prolog = BARE_DOCTYPE.matcher(xml.substring(0, end)).replaceFirst("");
    return prolog.length() == end ? xml : prolog + xml.substring(end);
  }

  private static Contents contents(SyndFeed feed, Answer answer) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (SyndEntry each : feed.getEntries()) {
      if (entries.size() < MOST_ENTRIES) {
        entry(each, answer.from()).ifPresent(entry -> entries.putIfAbsent(entry.id(), entry));
      }
    }
    return new Contents(title(feed.getTitleEx()), List.copyOf(entries.values()));
  }

  private static Optional<Entry> entry(SyndEntry from, URI base) {
    String text = text(from);
    return entry(
        orEmpty(from.getUri()), title(from.getTitleEx()), orEmpty(from.getLink()), text, base);
  }

  /** An entry of its parts, of which each may be empty; none if all are. */
  static Optional<Entry> entry(String id, String title, String link, String text, URI base) {
    Optional<URI> target = link(link, base);
    String name =
        !id.isBlank()
            ? id.strip()
            : target.map(URI::toString).orElse(title.isEmpty() ? text : title);
    String shown = !title.isEmpty() ? title : text.isEmpty() ? name : PlainText.cut(text, 100);
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new Entry(name, PlainText.cut(PlainText.line(shown), 300), target, text));
  }

  private static Optional<URI> link(String link, URI base) {
    try {
      return link.isBlank()
          ? Optional.empty()
          : Feed.address(base.resolve(link.strip().replace(" ", "%20")).toString());
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private static String title(@Nullable SyndContent title) {
    if (title == null || title.getValue() == null) {
      return "";
    }
    return "text".equals(title.getType()) || "text/plain".equals(title.getType())
        ? PlainText.line(title.getValue())
        : PlainText.ofAny(title.getValue());
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

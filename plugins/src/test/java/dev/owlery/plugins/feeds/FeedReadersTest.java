package dev.owlery.plugins.feeds;

import dev.owlery.api.http.WebAddress;
import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import java.net.URI;
import java.util.stream.Stream;
import okio.ByteString;

/** What is read of feeds: never a failure, in a time that grows with the length. */
final class FeedReadersTest implements LinearReaders {
  private static final URI FROM = URI.create("https://example.org/feed");
  private static final String RSS =
      "<rss version=\"2.0\"><channel><title>a</title><link>http://b</link><description>c"
          + "</description><item><title>d &amp; e</title><link>http://f</link><guid>g</guid>"
          + "<pubDate>Mon, 01 Jan 2026 00:00:00 GMT</pubDate></item></channel></rss>";
  private static final String ATOM =
      "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>a</title><id>b</id><entry><title"
          + " type=\"html\">c</title><id>d</id><link"
          + " href=\"e\"/><content>f</content></entry></feed>";
  private static final String JSON =
      "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"a\",\"items\":[{\"id\":1,"
          + "\"url\":\"b\",\"content_html\":\"<p>c\"}]}";

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of("feeds", 1 << 18, FeedReadersTest::document)
            .refusesBy(FeedUnavailable.class)
            .madeOf(
                "<item>",
                "</item>",
                "<title>",
                "</title>",
                "<guid>",
                "</guid>",
                "a",
                "&amp;",
                "&",
                "<![CDATA[",
                "]]>",
                "<!DOCTYPE a>",
                "<?xml?>",
                "<a:b>",
                "\"",
                "=")
            .like(RSS, ATOM, JSON),
        ReaderProperties.of(
                "items",
                1 << 18,
                text -> document(RSS.replace("<item>", "<item>" + text + "</item><item>")))
            .refusesBy(FeedUnavailable.class)
            .madeOf("<title>a</title>", "</item><item>", "<guid>b</guid>", "&lt;b&gt;", "a"),
        ReaderProperties.of("broken feeds", 1 << 18, FeedReadersTest::lenient)
            .refusesBy(FeedUnavailable.class)
            .madeOf(
                "<item>",
                "</item>",
                "<entry>",
                "<title>",
                "</title>",
                "<link",
                " xml:base='a/'",
                " href=b",
                ">",
                "<",
                "&",
                "&eacute;",
                "<!DOCTYPE a [<!ENTITY b 'c'>]>",
                "&b;",
                "<![CDATA[",
                "]]>",
                "<!--",
                "<rss>",
                "\0")
            .like(RSS, ATOM, RSS.replace("&amp;", "&"), "<rss>" + "<item>".repeat(100)),
        ReaderProperties.of("addresses", 1 << 14, text -> WebAddress.of(text, FROM))
            .madeOf("http://", "a", "/", "..", "?", "#", "%", "|", "\u00fc", "[", "@", ":", "_")
            .like("https://some_blog.example/a|b?c=d#e", "../../x", "//a/b"),
        ReaderProperties.of("titles", 1 << 18, PlainText::ofTitle)
            .madeOf("<b>", "</b>", "<", "&amp;", "&", "a", " ", "List<String>"),
        ReaderProperties.of("plain text", 1 << 18, PlainText::ofAny)
            .madeOf(
                "<b>", "<", "&amp;", "&", "a", " ", "\u2028", "<table>", "</", "<!--", "<a b='"));
  }

  private static void document(String text) throws FeedUnavailable {
    DocumentReader.read(
        new FetchedDocument(true, FROM, "text/xml", ByteString.encodeUtf8(text), "", ""));
  }

  private static void lenient(String text) throws FeedUnavailable {
    LenientReader.read(text, FROM);
  }
}

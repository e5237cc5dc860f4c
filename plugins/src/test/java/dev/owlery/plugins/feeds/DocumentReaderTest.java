package dev.owlery.plugins.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import okio.ByteString;
import org.junit.jupiter.api.Test;

/** What documents say, and what they cannot make us do. */
class DocumentReaderTest {

  private static Contents read(String type, String document) throws FeedUnavailable {
    return DocumentReader.read(
        new FetchedDocument(
            true,
            URI.create("https://n.example/feed/"),
            type,
            ByteString.of(document.getBytes(StandardCharsets.UTF_8)),
            "",
            ""));
  }

  @Test
  void rss_atom_and_json_feed_say_the_same() throws FeedUnavailable {
    String rss =
        "<rss version='2.0'><channel><title>N</title><item><guid>1</guid>"
            + "<title>Caf&#233; &amp;amp; &lt;b&gt;bar&lt;/b&gt;</title><link>../a b</link>"
            + "<description>&lt;p&gt;more&lt;/p&gt;</description></item></channel></rss>";
    String atom =
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>N</title><entry><id>1</id>"
            + "<title type='html'>Caf\u00e9 &amp;amp; &lt;b&gt;bar&lt;/b&gt;</title>"
            + "<link href='../a b'/><summary>more</summary></entry></feed>";
    String json =
        "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"N\", \"items\":"
            + " [{\"id\": 1, \"title\": \"Caf\u00e9 & bar\", \"url\": \"../a b\","
            + " \"content_html\": \"<p>more</p>\"}]}";
    FeedEntry expected =
        new FeedEntry(
            "1", "Caf\u00e9 & bar", Optional.of(URI.create("https://n.example/a%20b")), "more");
    assertThat(read("text/xml", rss)).isEqualTo(new Contents("N", List.of(expected)));
    assertThat(read("", "  \n" + atom)).isEqualTo(new Contents("N", List.of(expected)));
    assertThat(read("application/feed+json", json)).isEqualTo(new Contents("N", List.of(expected)));
  }

  @Test
  void aTagThatDoesNotEndIsRefused() {
    assertThatThrownBy(() -> read("", "<rss><item>" + "<link".repeat(1_000)))
        .isInstanceOf(FeedUnavailable.class)
        .hasMessageContaining("a tag that does not end");
  }

  @Test
  void aDoctypeIsPassedOverAndWhatItDeclaresIsTextAtMost() throws FeedUnavailable {
    String rss = "<rss version='0.91'><channel><title>N%s</title></channel></rss>";
    assertThat(
            read(
                    "",
                    "<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://x/rss'>"
                        + rss.formatted(""))
                .title())
        .isEqualTo("N");
    String subset =
        "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'><!ENTITY b 'bee'>"
            + "<!ENTITY c '&b;&b;'>]>";
    assertThat(read("", subset + rss.formatted("&a; &b; &c; &eacute;")).title())
        .isEqualTo("N&a; bee &c; \u00e9");
  }

  @Test
  void an_entry_without_a_title_shows_its_text() throws FeedUnavailable {
    String rss =
        "<rss version='2.0'><channel><item><description>only text</description></item>"
            + "<item><link>javascript:alert(1)</link></item></channel></rss>";
    assertThat(read("", rss).entries())
        .containsExactly(
            new FeedEntry("only text", "only text", Optional.empty(), "only text"),
            new FeedEntry("javascript:alert(1)", "javascript:alert(1)", Optional.empty(), ""));
  }

  /** As large as what is fetched may be: its size is limited there, and not by what it escapes. */
  @Test
  void a_feed_may_have_as_many_escapes_as_it_has_room_for() throws FeedUnavailable {
    String html = "&lt;p&gt;a &amp;amp; b&lt;/p&gt;".repeat(50);
    StringBuilder rss = new StringBuilder("<rss version='2.0'><channel><title>N</title>");
    for (int i = 0; i < 1_000; i++) {
      rss.append("<item><guid>").append(i).append("</guid><description>");
      rss.append(html).append("</description></item>");
    }
    assertThat(read("text/xml", rss + "</channel></rss>").entries())
        .hasSize(1_000)
        .allSatisfy(entry -> assertThat(entry.text()).startsWith("a & b"));
  }

  @Test
  void what_is_out_of_all_measure_is_refused() {
    String deep = "<d>".repeat(200) + "</d>".repeat(200);
    assertThatThrownBy(() -> read("", "<rss version='2.0'><channel>" + deep + "</channel></rss>"))
        .isInstanceOf(FeedUnavailable.class);
  }
}

package dev.owlery.plugins.feeds;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import okio.ByteString;

/**
 * Feeds as they should not be, one fault each, made one by one. The name of each says what is wrong
 * with it.
 */
final class BrokenFeeds {
  static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  /** Three entries; the faults go into the second. */
  static final String RSS =
      """
      <rss version="2.0"><channel><title>Blog</title><link>https://blog.example.org/</link>\
      <description>d</description>
      <item><title>One more owl</title><link>https://blog.example.org/1</link>\
      <guid isPermaLink="false">g1</guid><description>words</description></item>
      <item><title>Second post</title><link>https://blog.example.org/2</link>\
      <guid isPermaLink="false">g2</guid><description>more words</description></item>
      <item><title>The third</title><link>https://blog.example.org/3</link>\
      <guid isPermaLink="false">g3</guid><description>last words</description></item>
      </channel></rss>
      """;

  static final String ATOM =
      """
      <feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><id>urn:b</id>\
      <updated>2026-01-01T00:00:00Z</updated><link href="https://blog.example.org/"/>
      <entry><title>One more owl</title><id>urn:1</id><link href="https://blog.example.org/1"/>\
      <updated>2026-01-03T00:00:00Z</updated><summary>words</summary></entry>
      <entry><title>Second post</title><id>urn:2</id><link href="https://blog.example.org/2"/>\
      <updated>2026-01-02T00:00:00Z</updated><summary>more words</summary></entry>
      <entry><title>The third</title><id>urn:3</id><link href="https://blog.example.org/3"/>\
      <updated>2026-01-01T00:00:00Z</updated><summary>last words</summary></entry>
      </feed>
      """;

  static final String RDF =
      """
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\
       xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://blog.example.org/">\
      <title>Blog</title><link>https://blog.example.org/</link><description>d</description></channel>
      <item rdf:about="https://blog.example.org/1"><title>One more owl</title>\
      <link>https://blog.example.org/1</link></item>
      <item rdf:about="https://blog.example.org/2"><title>Second post</title>\
      <link>https://blog.example.org/2</link></item>
      <item rdf:about="https://blog.example.org/3"><title>The third</title>\
      <link>https://blog.example.org/3</link></item>
      </rdf:RDF>
      """;

  static final String TITLE = "Second post";
  static final String LINK2 = "https://blog.example.org/2";

  private final Map<String, Broken> all = new LinkedHashMap<>();

  /**
   * A document as a server sends it.
   *
   * @param type its media type; may be empty
   * @param body its bytes
   */
  record Broken(String type, ByteString body) {}

  private BrokenFeeds() {}

  /** All of them, by what is wrong. */
  static Map<String, Broken> all() {
    BrokenFeeds made = new BrokenFeeds();
    new BrokenDocuments(made).all();
    new BrokenEntries(made).all();
    return Map.copyOf(made.all);
  }

  void add(String name, String type, byte[] body) {
    if (all.putIfAbsent(name, new Broken(type, ByteString.of(body))) != null) {
      throw new IllegalStateException("twice: " + name);
    }
  }

  void add(String name, String document) {
    add(name, "application/xml", document.getBytes(StandardCharsets.UTF_8));
  }

  /** The same fault in each format. */
  void each(String name, UnaryOperator<String> fault) {
    add(name + "-rss", XML + fault.apply(RSS));
    add(name + "-atom", XML + fault.apply(ATOM));
    add(name + "-rdf", XML + fault.apply(RDF));
  }

  void title(String name, String title) {
    each(name, feed -> feed.replace(TITLE, title));
  }

  void rss(String name, String from, String to) {
    add(name, XML + replaced(RSS, from, to));
  }

  void atom(String name, String from, String to) {
    add(name, XML + replaced(ATOM, from, to));
  }

  static String replaced(String feed, String from, String to) {
    if (!feed.contains(from)) {
      throw new IllegalStateException("no such part: " + from);
    }
    return feed.replace(from, to);
  }
}

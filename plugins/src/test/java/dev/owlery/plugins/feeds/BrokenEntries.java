package dev.owlery.plugins.feeds;

import java.util.List;

/** XML, or nearly, and yet not what RSS and Atom say, made one by one. */
final class BrokenEntries {
  private static final String XML = BrokenFeeds.XML;
  private static final String RSS = BrokenFeeds.RSS;
  private static final String ATOM = BrokenFeeds.ATOM;
  private static final String RDF = BrokenFeeds.RDF;
  private static final String TITLE = BrokenFeeds.TITLE;
  private static final String LINK2 = BrokenFeeds.LINK2;

  private final BrokenFeeds to;

  BrokenEntries(BrokenFeeds to) {
    this.to = to;
  }

  void all() {
    roots();
    names();
    titles();
    links();
    identity();
    cut();
  }

  /** What the document says that it is. */
  private void roots() {
    for (String version :
        List.of("2.2", "", "2", "0.90", "3.0", "RSS 2.0", "1.0", "2.0.1", "0.94")) {
      to.rss("version-" + version, "<rss version=\"2.0\">", "<rss version=\"" + version + "\">");
    }
    to.rss("no-version", "<rss version=\"2.0\">", "<rss>");
    to.rss("version-in-capitals", "<rss version=\"2.0\">", "<rss Version=\"2.0\">");
    to.add("root-in-capitals", XML + RSS.replace("<rss", "<RSS").replace("</rss", "</RSS"));
    to.add("no-root", XML + RSS.replaceFirst("<rss[^>]*>", "").replace("</rss>", ""));
    to.add("no-channel", XML + RSS.replace("<channel>", "").replace("</channel>", ""));
    to.add(
        "items-behind-the-channel",
        XML
            + RSS.replace("</channel>", "")
                .replaceFirst("(?s)(<description>d</description>)", "$1</channel>"));
    to.rss(
        "namespace-of-somebody",
        "<rss version=\"2.0\">",
        "<rss version=\"2.0\" xmlns=\"http://example.org/ns\">");
    to.rss(
        "namespace-of-rss-2",
        "<rss version=\"2.0\">",
        "<rss version=\"2.0\" xmlns=\"http://backend.userland.com/rss2\">");
    to.rss("namespace-empty", "<rss version=\"2.0\">", "<rss version=\"2.0\" xmlns:a=\"\">");
    to.atom("atom-without-namespace", " xmlns=\"http://www.w3.org/2005/Atom\"", "");
    to.atom(
        "atom-with-another-namespace",
        "http://www.w3.org/2005/Atom",
        "http://www.w3.org/2005/atom");
    to.atom("atom-with-https", "http://www.w3.org/2005/Atom", "https://www.w3.org/2005/Atom");
    to.atom("atom-0.3", "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#");
    to.add(
        "atom-with-prefix",
        XML + ATOM.replace("xmlns=", "xmlns:atom=").replaceAll("<(/?)(?=[a-z])", "<$1atom:"));
    to.add(
        "atom-with-a-prefix-not-declared",
        XML
            + ATOM.replace(" xmlns=\"http://www.w3.org/2005/Atom\"", "")
                .replaceAll("<(/?)(?=[a-z])", "<$1atom:"));
    to.add(
        "rdf-without-its-namespace",
        XML + RDF.replace(" xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"", ""));
    to.add(
        "rdf-without-rss-namespace", XML + RDF.replace(" xmlns=\"http://purl.org/rss/1.0/\"", ""));
    to.add(
        "rdf-with-items-inside",
        XML + RDF.replace("</channel>", "").replace("</rdf:RDF>", "</channel></rdf:RDF>"));
    to.add("rss-around-atom", XML + "<rss version=\"2.0\">" + ATOM + "</rss>");
    to.add("entries-in-rss", XML + RSS.replace("<item>", "<entry>").replace("</item>", "</entry>"));
  }

  private void names() {
    to.rss(
        "prefix-not-declared",
        "<description>more",
        "<dc:creator>ann</dc:creator><description>more");
    to.rss(
        "prefix-of-media-not-declared",
        "<description>more",
        "<media:title>no title</media:title><description>more");
    to.rss(
        "prefix-of-content-not-declared",
        "<description>more words</description>",
        "<content:encoded>more words</content:encoded>");
    to.rss(
        "prefix-in-an-attribute", "isPermaLink=\"false\">g2", "x:y=\"z\" isPermaLink=\"false\">g2");
    to.rss("two-colons", "<description>more", "<a:b:c>x</a:b:c><description>more");
    to.rss("colon-first", "<description>more", "<:a>x</:a><description>more");
    to.rss("name-of-digits", "<description>more", "<1a>x</1a><description>more");
    to.rss("title-in-capitals", "<title>Second post</title>", "<TITLE>Second post</TITLE>");
    to.add(
        "all-in-capitals",
        XML + RSS.replace("item>", "ITEM>").replace("title>", "Title>").replace("link>", "Link>"));
    to.atom("prefix-not-declared-atom", "<summary>more", "<thr:total>5</thr:total><summary>more");
    to.rss(
        "atom-link-not-declared",
        "<link>https://blog.example.org/2</link>",
        "<atom:link rel=\"self\" href=\"https://blog.example.org/self\"/><link>https://blog.example.org/2</link>");
    to.rss(
        "prefix-xml-declared",
        "<rss version=\"2.0\">",
        "<rss version=\"2.0\" xmlns:xml=\"urn:x\">");
  }

  private void titles() {
    to.rss("title-of-escaped-less-than", TITLE, "if a&lt;b then stop");
    to.rss("title-of-generics", TITLE, "Use List&lt;String&gt; here");
    to.rss("title-of-html", TITLE, "&lt;b&gt;Second&lt;/b&gt; post");
    to.rss("title-of-html-in-cdata", TITLE, "<![CDATA[<b>Second</b> post]]>");
    to.rss("title-with-elements", TITLE, "<b>Second</b> post");
    to.rss("title-escaped-twice", TITLE, "Cats &amp;amp; dogs");
    to.rss("title-of-a-sum", TITLE, "1 &lt; 2 &gt; 0");
    to.rss("title-over-lines", TITLE, "\n   Second\n   post\n");
    to.rss(
        "title-twice",
        "<title>Second post</title>",
        "<title>Second post</title><title>Second post</title>");
    to.rss(
        "title-of-an-image",
        "</description>\n<item>",
        "</description><image><title>An image</title></image>\n<item>");
    to.rss("title-empty", TITLE, "");
    to.rss("title-missing", "<title>Second post</title>", "");
    to.rss("title-of-unescaped-less-than", TITLE, "1 < 2 always");
    to.atom("atom-title-without-type", TITLE, "Use &lt;b&gt; tags");
    to.atom(
        "atom-title-of-html",
        "<title>Second post",
        "<title type=\"html\">&lt;b&gt;Second&lt;/b&gt; post");
    to.atom(
        "atom-title-of-xhtml",
        "<title>Second post",
        "<title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><b>Second</b> post</div>");
    to.atom(
        "atom-title-of-text-html",
        "<title>Second post",
        "<title type=\"text/html\">&lt;b&gt;Second&lt;/b&gt; post");
    to.atom(
        "atom-title-of-an-unknown-type", "<title>Second post", "<title type=\"words\">Second post");
    to.rss(
        "title-of-dublin-core", "<title>Second post</title>", "<dc:title>Second post</dc:title>");
    to.rss("title-without-end", "Second post</title>", "Second post");
  }

  private void link(String name, String link) {
    to.rss("link-" + name, LINK2 + "<", link + "<");
    to.atom("link-" + name + "-atom", "href=\"" + LINK2, "href=\"" + link);
  }

  private void links() {
    link("pipe", "https://blog.example.org/a|b");
    link("braces", "https://blog.example.org/{a}");
    link("lone-percent", "https://blog.example.org/100%");
    link("underscore", "https://some_blog.example.org/2");
    link("not-ascii", "https://blog.example.org/\u00fcber");
    link("idn", "https://b\u00fccher.example/2");
    link("blank", "https://blog.example.org/a b");
    link("brackets", "https://blog.example.org/a[1]");
    link("relative", "posts/2");
    link("absolute-path", "/posts/2");
    link("without-scheme", "//blog.example.org/2");
    link("backslash", "https://blog.example.org/a\\b");
    link("caret", "https://blog.example.org/a^b");
    link("two-fragments", "https://blog.example.org/a#b#c");
    to.rss("link-over-lines", LINK2, "\n  " + LINK2 + "\n  ");
    to.rss("link-in-cdata", LINK2, "<![CDATA[" + LINK2 + "]]>");
    to.rss(
        "link-empty-and-guid-a-link",
        "<link>https://blog.example.org/2</link><guid isPermaLink=\"false\">g2",
        "<guid>https://blog.example.org/2");
    to.rss(
        "link-as-attribute",
        "<link>https://blog.example.org/2</link>",
        "<link href=\"https://blog.example.org/2\"/>");
    to.rss("link-without-end", "https://blog.example.org/2</link>", "https://blog.example.org/2");
    to.atom(
        "link-of-an-edit-first",
        "<link href=\"https://blog.example.org/2\"/>",
        "<link rel=\"edit\" href=\"https://blog.example.org/e\"/><link href=\"https://blog.example.org/2\"/>");
    to.atom("xml-base-of-the-feed", "<feed ", "<feed xml:base=\"https://other.example/blog/\" ");
    to.add(
        "xml-base-and-relative-links",
        XML
            + ATOM.replace("<feed ", "<feed xml:base=\"https://other.example/blog/\" ")
                .replace("href=\"https://blog.example.org/", "href=\"posts/"));
    to.add(
        "xml-base-of-an-entry",
        XML
            + ATOM.replace("<entry>", "<entry xml:base=\"/entries/\">")
                .replace("href=\"https://blog.example.org/", "href=\""));
    to.add(
        "xml-base-and-a-bare-ampersand",
        XML
            + ATOM.replace("<feed ", "<feed xml:base=\"https://other.example/blog/\" ")
                .replace("href=\"https://blog.example.org/", "href=\"posts/")
                .replace(TITLE, "A & B"));
  }

  private void identity() {
    to.add(
        "one-link-for-all",
        XML
            + RSS.replaceAll(
                "<link>[^<]*</link><guid[^>]*>[^<]*</guid>",
                "<link>https://status.example.org/</link>"));
    to.add("one-guid-for-all", XML + RSS.replaceAll(">g[123]<", ">g<"));
    to.add("one-id-for-all", XML + ATOM.replaceAll("urn:[123]", "urn:x"));
    to.add("no-ids", XML + ATOM.replaceAll("<id>[^<]*</id>", ""));
    to.add(
        "neither-links-nor-guids",
        XML + RSS.replaceAll("<link>[^<]*</link><guid[^>]*>[^<]*</guid>", ""));
    to.add("empty-guids", XML + RSS.replaceAll(">g[123]<", "><"));
  }

  private void cut() {
    for (String where :
        List.of(
            "</rss>",
            "</channel>",
            "<item><title>The third",
            "last words",
            "</item>\n</channel>")) {
      to.add(
          "cut-before-" + where.replaceAll("[^a-z]+", "-"),
          XML + RSS.substring(0, RSS.lastIndexOf(where)));
    }
    for (String where : List.of("</feed>", "<entry><title>The third", "last words")) {
      to.add(
          "cut-before-" + where.replaceAll("[^a-z]+", "-") + "-atom",
          XML + ATOM.substring(0, ATOM.lastIndexOf(where)));
    }
    to.add("items-not-closed", XML + RSS.replace("</item>", ""));
    to.add("entries-not-closed", XML + ATOM.replace("</entry>", ""));
    to.add("an-item-in-an-item", XML + RSS.replaceFirst("</item>", ""));
    to.add("an-item-closed-twice", XML + RSS.replaceFirst("</item>", "</item></item>"));
  }
}

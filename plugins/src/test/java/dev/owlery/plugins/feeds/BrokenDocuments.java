package dev.owlery.plugins.feeds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What no parser of XML reads, made one by one. */
final class BrokenDocuments {
  private static final String XML = BrokenFeeds.XML;
  private static final String RSS = BrokenFeeds.RSS;
  private static final String ATOM = BrokenFeeds.ATOM;
  private static final String TITLE = BrokenFeeds.TITLE;
  private static final String LINK2 = BrokenFeeds.LINK2;

  private final BrokenFeeds to;

  BrokenDocuments(BrokenFeeds to) {
    this.to = to;
  }

  void all() {
    characters();
    references();
    markup();
    encodings();
    around();
  }

  /** What XML 1.0 does not allow (section 2.2). */
  private void characters() {
    to.title("control-vt", "Second\u000b post");
    to.title("control-bel", "Second\u0007 post");
    to.title("control-esc", "Second \u001b[1mpost");
    to.title("control-nul", "Second\u0000 post");
    to.title("control-ff", "Second\fpost");
    to.title("control-reference", "Second&#11; post");
    to.title("reference-of-nul", "Second&#0; post");
    to.title("noncharacter", "Second\uffff post");
    to.title("reference-of-a-surrogate", "Owl &#xD83E;&#xDD89; post");
    to.title("windows-quotes-as-references", "It&#146;s &#147;quoted&#148;");
    to.rss("control-in-the-description", "more words", "more\u0001 words");
    to.rss("control-in-the-link", LINK2, LINK2 + "\u0008");
    to.rss("control-between-elements", "</item>\n<item>", "</item>\u0003\n<item>");
    to.rss("control-in-an-attribute", "isPermaLink=\"false\">g2", "isPermaLink=\"fal\u0002se\">g2");
  }

  /** What stands behind ampersands. */
  private void references() {
    to.title("bare-ampersand", "Cats & dogs");
    to.title("bare-ampersand-without-blanks", "R&D at AT&T");
    to.title("bare-ampersand-at-the-end", "Cats &");
    to.title("html-entity", "Caf&eacute;&nbsp;opens");
    to.title("html-entity-dash", "Now &mdash; or never&hellip;");
    to.title("html-entity-unknown", "Cats &dogsandowls; here");
    to.title("reference-without-semicolon", "Cats &amp dogs");
    to.title("number-without-semicolon", "Caf&#233 opens");
    to.title("number-out-of-range", "Owl &#99999999; here");
    to.title("hexadecimal-with-a-large-x", "Caf&#XE9; opens");
    to.title("two-ampersands", "this && that");
    to.rss("ampersand-in-the-link", LINK2, LINK2 + "?a=1&b=2");
    to.rss("ampersand-in-the-guid", "g2", "g2?a=1&b=2");
    to.rss("ampersand-in-the-description", "more words", "words & more");
    to.atom("ampersand-in-an-attribute", LINK2 + "\"", LINK2 + "?a=1&b=2\"");
    to.rss("ampersand-in-the-title-of-the-feed", "<title>Blog", "<title>Owls & Blog");
    to.rss("html-entity-in-the-description", "more words", "caf&eacute; &copy; words");
    to.add(
        "entities-of-a-dtd",
        XML
            + "<!DOCTYPE rss [<!ENTITY % HTMLlat1 PUBLIC \"-//W3C//ENTITIES Latin 1//EN\""
            + " \"http://www.w3.org/TR/xhtml1/DTD/xhtml-lat1.ent\">%HTMLlat1;]>"
            + RSS.replace(TITLE, "Caf&eacute; opens"));
    to.add(
        "entities-of-its-own",
        XML
            + "<!DOCTYPE rss [<!ENTITY owl \"Strix aluco\">]>"
            + RSS.replace(TITLE, "Saw &owl; today"));
    to.add("doctype-of-html", XML + "<!DOCTYPE html>" + RSS);
    to.add("doctype-in-small-letters", XML + "<!doctype rss>" + RSS.replace(TITLE, "A & B"));
  }

  /** Elements and attributes that are no XML. */
  private void markup() {
    to.rss("attribute-without-quotes", "isPermaLink=\"false\">g2", "isPermaLink=false>g2");
    to.rss("attribute-without-value", "isPermaLink=\"false\">g2", "isPermaLink>g2");
    to.rss(
        "attribute-twice",
        "isPermaLink=\"false\">g2",
        "isPermaLink=\"false\" isPermaLink=\"false\">g2");
    to.atom(
        "attribute-twice-atom",
        "<link href=\"https://blog.example.org/2\"",
        "<link rel=\"alternate\" rel=\"alternate\" href=\"https://blog.example.org/2\"");
    to.rss(
        "attributes-not-apart", "<rss version=\"2.0\">", "<rss version=\"2.0\"xmlns:a=\"urn:a\">");
    to.rss("html-break-in-the-description", "more words", "more<br>words");
    to.rss("html-image-in-the-description", "more words", "<img src=\"a.png\">more words");
    to.rss("html-paragraphs-not-closed", "more words", "<p>more<p>words");
    to.rss("html-crossed", "more words", "<b><i>more</b> words</i>");
    to.rss("html-closed-twice", "more words", "more words</p></div>");
    to.rss(
        "description-closed-twice",
        "more words</description>",
        "more words</description></description>");
    to.rss("other-end", "more words</description>", "more words</descripton>");
    to.rss("end-in-capitals", "more words</description>", "more words</Description>");
    to.rss("less-than-in-the-description", "more words", "if 1 < 2 then");
    to.rss("comment-with-dashes", "</item>\n<item>", "</item><!-- a -- b -->\n<item>");
    to.rss("comment-that-does-not-end-well", "</item>\n<item>", "</item><!-- a --->\n<item>");
    to.rss("cdata-end-alone", "more words", "more ]]> words");
    to.rss("cdata-in-cdata", "more words", "<![CDATA[more <![CDATA[ words]]>");
    to.rss("cdata-outside", "</item>\n<item>", "</item><![CDATA[x]]>\n<item>");
    to.rss("processing-instruction-amid", "</item>\n<item>", "</item><?php echo 1 ?>\n<item>");
    to.rss("xml-declaration-amid", "</item>\n<item>", "</item><?xml version=\"1.0\"?>\n<item>");
    to.rss("empty-tag-of-a-blank", "</item>\n<item>", "</item>< >\n<item>");
    to.rss("script-amid", "</item>\n<item>", "</item><script>if (a < b && c) {}</script>\n<item>");
    to.rss("category-not-closed", "<description>more", "<category>birds<description>more");
    to.rss(
        "author-with-an-address",
        "<description>more",
        "<author>Ann <ann@example.org></author><description>more");
  }

  private void encoded(String name, String declared, String charset, String title) {
    to.add(
        name,
        "application/xml",
        ("<?xml version=\"1.0\" encoding=\"" + declared + "\"?>\n" + RSS.replace(TITLE, title))
            .getBytes(Charset.forName(charset)));
  }

  private void encodings() {
    encoded("encoding-utf8mb4", "utf8mb4", "UTF-8", "Caf\u00e9 opens");
    encoded("encoding-unicode", "unicode", "UTF-8", "Caf\u00e9 opens");
    encoded("encoding-utf-16-that-is-utf-8", "utf-16", "UTF-8", "Caf\u00e9 opens");
    encoded("encoding-utf-8-that-is-windows-1252", "UTF-8", "windows-1252", "Caf\u00e9 opens");
    encoded(
        "encoding-utf-8-with-windows-quotes", "UTF-8", "windows-1252", "It\u2019s \u201cnew\u201d");
    encoded("encoding-ascii-that-is-utf-8", "us-ascii", "UTF-8", "Caf\u00e9 opens");
    encoded("encoding-latin-1-with-windows-quotes", "iso-8859-1", "windows-1252", "It\u2019s new");
    encoded("encoding-with-blanks", " UTF-8 ", "UTF-8", "Caf\u00e9 opens");
    encoded("encoding-empty", "", "UTF-8", "Caf\u00e9 opens");
    encoded("encoding-utf8-without-dash", "utf8", "UTF-8", "Caf\u00e9 opens");
    encoded("encoding-no-such", "no-such", "UTF-8", "Caf\u00e9 opens");
    encoded("encoding-gb2312-for-gbk", "gb2312", "GBK", "\u4f60\u597d\u4e16\u754c");
    encoded("encoding-koi8-r", "koi8-r", "KOI8-R", "\u041f\u0440\u0438\u0432\u0435\u0442");
    encoded("encoding-shift-jis", "Shift_JIS", "Shift_JIS", "\u30d5\u30af\u30ed\u30a6");
    encoded("encoding-euc-jp", "euc-jp", "EUC-JP", "\u30d5\u30af\u30ed\u30a6");
    encoded(
        "encoding-in-capitals",
        "UTF-8".toLowerCase(java.util.Locale.ROOT),
        "UTF-8",
        "\u00dcber & unter");
    to.add(
        "no-declaration-and-windows-1252",
        "",
        RSS.replace(TITLE, "Caf\u00e9 opens").getBytes(Charset.forName("windows-1252")));
    to.add(
        "utf-16-without-a-mark",
        "",
        (XML.replace("UTF-8", "UTF-16") + RSS.replace(TITLE, "Caf\u00e9"))
            .getBytes(StandardCharsets.UTF_16LE));
    to.add(
        "server-says-latin-1",
        "text/xml; charset=iso-8859-1",
        (XML.replace("UTF-8", "iso-8859-1") + RSS.replace(TITLE, "Caf\u00e9"))
            .getBytes(StandardCharsets.ISO_8859_1));
    to.add(
        "server-says-nonsense",
        "text/xml; charset=none",
        (XML + RSS.replace(TITLE, "Caf\u00e9")).getBytes(StandardCharsets.UTF_8));
    to.add(
        "server-says-html",
        "text/html",
        (XML + RSS.replace(TITLE, "Caf\u00e9 & bar")).getBytes(StandardCharsets.UTF_8));
    to.add(
        "server-says-plain-text",
        "text/plain",
        (XML + RSS.replace(TITLE, "Caf\u00e9")).getBytes(StandardCharsets.UTF_8));
    to.add(
        "server-says-bytes",
        "application/octet-stream",
        (XML + RSS).getBytes(StandardCharsets.UTF_8));
    to.add("zipped-and-not-said", "", zipped(XML + RSS));
    to.add("zipped-and-broken", "", zipped(XML + RSS.replace(TITLE, "Cats & dogs")));
  }

  /** Before and behind the document. */
  private void around() {
    to.each("behind-script", feed -> feed + "<script>var a=1;</script>\n");
    to.each("behind-comment-and-text", feed -> feed + "<!-- 0.2 s --> served by owl3\n");
    to.each("behind-again", feed -> feed + feed);
    to.each("behind-nul", feed -> feed + "\u0000\u0000");
    for (Map.Entry<String, String> before :
        Map.of(
                "mark-and-line", "\ufeff\r\n",
                "two-marks", "\ufeff\ufeff",
                "lines", "\n\n  \n",
                "warning", "<br />\n<b>Warning</b>: mysql_connect() in <b>/x.php</b><br />\n",
                "text", "Content-Type: text/xml\n\n",
                "comment", "<!-- made by hand -->\n",
                "nul", "\u0000",
                "php", "<?php header('x'); ?>\n")
            .entrySet()) {
      to.add("before-" + before.getKey(), before.getValue() + XML + RSS);
      to.add("before-" + before.getKey() + "-atom", before.getValue() + XML + ATOM);
    }
    to.add(
        "declaration-version-2",
        RSS.replaceFirst("^", "<?xml version=\"2.0\" encoding=\"UTF-8\"?>\n"));
    to.add("declaration-in-capitals", "<?XML version=\"1.0\"?>\n" + RSS);
    to.add("declaration-without-version", "<?xml encoding=\"UTF-8\"?>\n" + RSS);
    to.add("declaration-not-closed", "<?xml version=\"1.0\" encoding=\"UTF-8\">\n" + RSS);
    to.add("declaration-twice", XML + XML + RSS);
    to.add(
        "declaration-with-curly-quotes",
        "<?xml version=\u201c1.0\u201d encoding=\u201cUTF-8\u201d?>\n" + RSS);
    to.add("blank-lines-with-tabs", "\t\r\n\t" + XML + ATOM);
  }

  private static byte[] zipped(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return out.toByteArray();
  }
}

package dev.owlery.plugins.feeds;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import okio.ByteString;

/** Makes well-formed feeds of all formats, encodings and habits, each time the same. */
final class FeedMaker {

  private static final List<String> WORDS =
      List.of(
          "release",
          "Caf\u00e9",
          "\u00fcber",
          "\u0416\u0443\u043a",
          "\u65e5\u672c\u8a9e",
          "\ud83e\udd89",
          "a < b",
          "R&D",
          "\"quoted\"",
          "it's",
          "5 > 4",
          "\u05e9\u05dc\u05d5\u05dd",
          "x\u00a0y",
          "\u2014",
          "100%",
          "C++",
          "[tag]",
          "don't",
          "1,000",
          "end.");
  private static final List<String> LATIN =
      List.of(
          "release",
          "Caf\u00e9",
          "\u00fcber",
          "a < b",
          "R&D",
          "it's",
          "\u00bfqu\u00e9?",
          "na\u00efve");

  private final Random random;

  /** A document as a server sends it. */
  record Made(String format, String type, ByteString body) {}

  FeedMaker(long seed) {
    random = new Random(seed);
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  Made next() {
    String format =
        any(List.of("rss2", "rss2", "rss092", "rss091", "rdf", "atom", "atom", "atom03"));
    String encoding =
        any(
            List.of(
                "UTF-8",
                "UTF-8",
                "UTF-8",
                "UTF-8-BOM",
                "ISO-8859-1",
                "windows-1252",
                "UTF-16LE",
                "UTF-16BE"));
    boolean latin = encoding.startsWith("ISO") || encoding.startsWith("win");
    List<String> words = latin ? LATIN : WORDS;
    String name = encoding.startsWith("UTF-16") ? "UTF-16" : encoding.replace("-BOM", "");
    String head =
        random.nextInt(6) == 0 && name.equals("UTF-8")
            ? ""
            : "<?xml version=\"1.0\" encoding=\"" + name + "\"?>\n";
    int items = random.nextInt(8);
    List<String> titles = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      titles.add(
          i
              + " "
              + any(words)
              + " "
              + any(words)
              + (random.nextInt(5) == 0 ? "\n   " : " ")
              + any(words));
    }
    String body = document(format, titles);
    String type =
        any(List.of("text/xml", "application/xml", "application/rss+xml", "", "text/html"));
    boolean named = random.nextInt(4) == 0 && !encoding.startsWith("UTF-16") && !type.isEmpty();
    return new Made(
        format,
        named ? type + "; charset=" + name : type,
        ByteString.of(bytes(head + body, encoding)));
  }

  private static byte[] bytes(String text, String encoding) {
    Charset charset = Charset.forName(encoding.replace("-BOM", ""));
    boolean marked = encoding.endsWith("-BOM") || encoding.startsWith("UTF-16");
    return (marked ? "\ufeff" + text : text)
        .getBytes(marked && encoding.endsWith("-BOM") ? StandardCharsets.UTF_8 : charset);
  }

  private String document(String format, List<String> titles) {
    StringBuilder out = new StringBuilder();
    switch (format) {
      case "rdf" -> {
        out.append(
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='http://n.example/'><title>N</title><link>http://n.example/</link><description/></channel>");
        for (int i = 0; i < titles.size(); i++) {
          out.append(
              "<item rdf:about='http://n.example/"
                  + i
                  + "'>"
                  + title(titles.get(i))
                  + "<link>http://n.example/"
                  + i
                  + "</link><dc:date>2026-01-0"
                  + (i + 1)
                  + "</dc:date></item>");
        }
        out.append("</rdf:RDF>");
      }
      case "atom", "atom03" -> {
        boolean old = format.equals("atom03");
        out.append(
            old
                ? "<feed version='0.3' xmlns='http://purl.org/atom/ns#'>"
                : "<feed xmlns='http://www.w3.org/2005/Atom'>");
        out.append("<title>N</title><id>urn:n</id><link href='http://n.example/'/>");
        for (int i = 0; i < titles.size(); i++) {
          out.append(
              "<entry><id>urn:n:"
                  + i
                  + "</id>"
                  + (old
                      ? "<title>" + escape(titles.get(i)) + "</title>"
                      : atomTitle(titles.get(i)))
                  + "<link rel='alternate' href='/e/"
                  + i
                  + "'/><updated>2026-01-01T00:00:0"
                  + i
                  + "Z</updated></entry>");
        }
        out.append("</feed>");
      }
      default -> {
        if (format.equals("rss091") && random.nextBoolean()) {
          out.append(
              "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://my.netscape.com/publish/formats/rss-0.91.dtd\">\n");
        }
        String version =
            switch (format) {
              case "rss2" -> "2.0";
              case "rss092" -> "0.92";
              default -> "0.91";
            };
        out.append(
            "<rss version='"
                + version
                + "' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>N</title><link>http://n.example/</link><description>d</description>");
        for (int i = 0; i < titles.size(); i++) {
          out.append("<item>" + title(titles.get(i)));
          if (random.nextInt(5) > 0) {
            out.append("<link>http://n.example/" + i + "</link>");
          }
          if (format.equals("rss2") && random.nextInt(3) > 0) {
            out.append(
                "<guid isPermaLink='"
                    + random.nextBoolean()
                    + "'>id-"
                    + i
                    + "</guid><pubDate>Thu, 01 Jan 2026 00:00:0"
                    + i
                    + " GMT</pubDate>");
          }
          out.append(
              "<description><![CDATA[<p>t <img src='x'> " + i + "</p>]]></description></item>");
        }
        out.append("</channel></rss>");
      }
    }
    return out.toString();
  }

  /** As plain text, escaped, in CDATA, as escaped HTML, or with references. */
  private String title(String text) {
    return switch (random.nextInt(4)) {
      case 0 ->
          "<title><![CDATA["
              + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
              + "]]></title>";
      case 1 ->
          "<title>"
              + escape(escape("<b>").replace(escape("<b>"), "<b>") + escape(text) + "</b>")
              + "</title>";
      case 2 -> "<title>\n  " + escape(escape(text)) + "\n</title>";
      default -> "<title>" + references(escape(text)) + "</title>";
    };
  }

  private String atomTitle(String text) {
    return switch (random.nextInt(4)) {
      case 0 -> "<title type='html'>" + escape("<em>" + escape(text) + "</em>") + "</title>";
      case 1 ->
          "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
              + escape(text)
              + "</div></title>";
      case 2 -> "<title type='text'>" + escape(text) + "</title>";
      default -> "<title>" + references(escape(text)) + "</title>";
    };
  }

  private static String references(String text) {
    return text.replace("\u00e9", "&#233;").replace("\u00fc", "&#xFC;");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

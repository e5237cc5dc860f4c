package dev.owlery.adapter.xmpp.text;

import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;

/**
 * Reads marked-up messages. Whatever marks a message carries, the plain form of the result is its
 * body, so that a command is what its author saw: XHTML that says something else than the body is
 * left out, and the signs of message styling remain where they were written. Only where a link of
 * XHTML leads stands behind what it shows, whether the body says it or not.
 */
public final class MarkupReader {
  /** Longer messages are plain. */
  private static final int LONGEST = Text.MARKED_LENGTH;

  private MarkupReader() {}

  public static Text read(String body, List<String> xhtml, boolean isLiteral) {
    if (body.length() <= LONGEST) {
      for (String each : xhtml) {
        if (each.length() <= 4 * LONGEST) {
          Text text = Text.markdown(fromXhtml(each));
          if (sameWords(text.spans(), body)) {
            return text;
          }
        }
      }
      if (!isLiteral && StylingReader.mayBeStyled(body)) {
        return Stream.of(StylingReader.blocks(body), StylingReader.lines(body))
            .map(Text::markdown)
            .filter(text -> text.plain().equals(body))
            .findFirst()
            .orElseGet(() -> Text.plain(body));
      }
    }
    return Text.plain(body);
  }

  /** Programs put a link's target into the body in brackets of their choice, or leave it out. */
  private static boolean sameWords(List<Span> spans, String body) {
    String shown = words(spans, false).replaceAll("\\s", "");
    boolean isSame = shown.equals(body.replaceAll("\\s", ""));
    return !body.isBlank() && (isSame || bare(words(spans, true)).equals(bare(body)));
  }

  private static String bare(String text) {
    return text.replaceAll("[\\s()<>\\[\\]]", "");
  }

  private static String words(List<Span> spans, boolean withTargets) {
    StringBuilder out = new StringBuilder();
    for (Span span : spans) {
      out.append(
          switch (span) {
            case Span.Words words -> words.text();
            case Span.Strong strong -> words(strong.spans(), withTargets);
            case Span.Emphasis emphasis -> words(emphasis.spans(), withTargets);
            case Span.Code code -> code.text();
            case Span.CodeBlock block -> block.text();
            case Span.Quote quote -> words(quote.spans(), withTargets);
            case Span.Link link -> words(link, withTargets);
            case Span.Mention mention -> mention.displayName();
            case Span.Break() -> "\n";
          });
    }
    return out.toString();
  }

  private static String words(Span.Link link, boolean withTargets) {
    String shown = words(link.spans(), withTargets);
    return withTargets && !shown.equals(link.target()) ? shown + link.target() : shown;
  }

  private static String fromXhtml(String xhtml) {
    StringBuilder markdown = new StringBuilder();
    Optional<String> link = Optional.empty();
    try {
      XmlPullParser parser = PacketParserUtils.getParserFor(xhtml);
      XmlPullParser.Event event = parser.getEventType();
      while (event != XmlPullParser.Event.END_DOCUMENT) {
        switch (event) {
          case START_ELEMENT -> {
            if (parser.getName().equals("a") && link.isEmpty()) {
              link = target(parser);
              markdown.append(link.isPresent() ? "[" : "");
            }
            start(parser, markdown);
          }
          case END_ELEMENT -> {
            if (parser.getName().equals("a") && link.isPresent()) {
              markdown.append("](<").append(Text.escape(link.get())).append(">)");
              link = Optional.empty();
            }
            end(parser, markdown);
          }
          case TEXT_CHARACTERS -> markdown.append(Text.escape(Markup.clean(parser.getText())));
          default -> {}
        }
        event = parser.next();
      }
    } catch (XmlPullParserException | IOException broken) {
      return "";
    }
    return markdown.toString().strip();
  }

  /** Where a link leads; schemes are looked at by whoever reads the Markdown. */
  private static Optional<String> target(XmlPullParser parser) {
    return Optional.ofNullable(parser.getAttributeValue("href"))
        .filter(href -> href.codePoints().allMatch(c -> c > ' ' && c != 0x7f));
  }

  private static void start(XmlPullParser parser, StringBuilder out) {
    switch (parser.getName()) {
      case "strong", "b" -> out.append("**");
      case "em", "i" -> out.append('*');
      case "br" -> out.append("\\\n");
      case "li" -> out.append("\n- ");
      default -> {}
    }
  }

  private static void end(XmlPullParser parser, StringBuilder out) {
    switch (parser.getName()) {
      case "strong", "b" -> out.append("**");
      case "em", "i" -> out.append('*');
      case "p", "div", "blockquote", "pre" -> out.append("\n\n");
      default -> {}
    }
  }
}

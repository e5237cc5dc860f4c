package dev.owlery.adapter.irc;

import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns content into IRC text and back. Out: bold, italic and monospace become the control codes
 * that clients know; every other control character in the content is dropped. In: all codes are
 * dropped, so that {@code !echo} in red is still {@code !echo}.
 */
final class IrcMarkup {
  private static final char BOLD = 0x02;
  private static final char COLOUR = 0x03;
  private static final char HEX_COLOUR = 0x04;
  private static final char MONOSPACE = 0x11;
  private static final char ITALIC = 0x1d;

  private IrcMarkup() {}

  /**
   * Renders content.
   *
   * @param content what to say
   * @return lines separated by {@code \n}, with control codes for marks and no other control
   *     characters
   */
  static String render(Content content) {
    Stream<String> text = content.text().isBlank() ? Stream.of() : Stream.of(text(content.text()));
    Stream<String> cards = content.cards().stream().map(IrcMarkup::card);
    Stream<String> files = content.files().stream().map(FileRef::plain).map(IrcMarkup::clean);
    return Stream.of(text, cards, files).flatMap(parts -> parts).collect(Collectors.joining("\n"));
  }

  private static String text(Text text) {
    StringBuilder out = new StringBuilder();
    render(text.spans(), out);
    return out.toString();
  }

  private static String card(Card card) {
    return clean(card.plain());
  }

  private static void render(List<Span> spans, StringBuilder out) {
    for (Span span : spans) {
      switch (span) {
        case Span.Words words -> out.append(clean(words.text()));
        case Span.Strong strong -> marked(BOLD, strong.spans(), out);
        case Span.Emphasis emphasis -> marked(ITALIC, emphasis.spans(), out);
        case Span.Code code -> out.append(MONOSPACE).append(clean(code.text())).append(MONOSPACE);
        case Span.CodeBlock block -> codeBlock(block, out);
        case Span.Quote quote ->
            out.append("> ").append(nested(quote.spans()).replace("\n", "\n> "));
        case Span.Link link -> link(link, out);
        case Span.Mention mention -> out.append(clean(mention.handle()));
        case Span.Break() -> out.append('\n');
      }
    }
  }

  private static String nested(List<Span> spans) {
    StringBuilder out = new StringBuilder();
    render(spans, out);
    return out.toString();
  }

  /** A code holds until the end of its line, so it is written again on each. */
  private static void marked(char code, List<Span> spans, StringBuilder out) {
    out.append(code).append(nested(spans).replace("\n", code + "\n" + code)).append(code);
  }

  private static void codeBlock(Span.CodeBlock block, StringBuilder out) {
    String marks = String.valueOf(MONOSPACE);
    out.append(
        clean(block.text())
            .lines()
            .map(line -> line.isEmpty() ? line : marks + line + marks)
            .collect(Collectors.joining("\n")));
  }

  private static void link(Span.Link link, StringBuilder out) {
    String shown = nested(link.spans());
    out.append(shown);
    if (!shown.equals(link.target())) {
      out.append(shown.isEmpty() ? "" : " ").append('<').append(clean(link.target())).append('>');
    }
  }

  /**
   * Drops control characters except line ends; a tab becomes a space.
   *
   * @param raw any text
   * @return the same without them
   */
  static String clean(String raw) {
    String text = WireText.shown(raw);
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        kept.append(' ');
      } else if (c == '\n' || c == '\r' || !Character.isISOControl(c)) {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  /**
   * Reads text from the network.
   *
   * @param raw the text of a line
   * @return what a person sees of it, without colours; no control characters
   */
  static String plain(String raw) {
    return name(WireText.shown(raw));
  }

  /**
   * Reads a name from the network: what is sent to it must carry the bytes that came.
   *
   * @param raw a nick or a room
   * @return the same without colours and control characters
   */
  static String name(String raw) {
    if (raw.chars().noneMatch(Character::isISOControl)) {
      return raw;
    }
    StringBuilder kept = new StringBuilder(raw.length());
    int at = 0;
    while (at < raw.length()) {
      char c = raw.charAt(at++);
      if (c == COLOUR) {
        at = skipColours(raw, at, 2, 10);
      } else if (c == HEX_COLOUR) {
        at = skipColours(raw, at, 6, 16);
      } else if (c == '\t') {
        kept.append(' ');
      } else if (!Character.isISOControl(c)) {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  /** Skips a foreground colour and, behind a comma, a background colour. */
  private static int skipColours(String raw, int from, int digits, int radix) {
    int at = skipDigits(raw, from, digits, radix);
    if (at > from && at < raw.length() && raw.charAt(at) == ',') {
      int behind = skipDigits(raw, at + 1, digits, radix);
      return behind > at + 1 ? behind : at;
    }
    return at;
  }

  private static int skipDigits(String raw, int from, int atMost, int radix) {
    int at = from;
    while (at < raw.length() && at - from < atMost && Character.digit(raw.charAt(at), radix) >= 0) {
      at++;
    }
    return at;
  }
}

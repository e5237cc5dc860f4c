package dev.owlery.adapter.slack;

import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import dev.owlery.api.slack.SlackNotation;
import java.util.List;

/**
 * The only way of outside text into a message: after it the text holds no control sequence of
 * Slack's, so that nobody is mentioned and no link is forged by what somebody typed.
 */
final class Escapes {

  /** Behind a mark it keeps the mark from being one; nobody sees it. */
  private static final String NO_MARK = "\u200b";

  private Escapes() {}

  /**
   * Text as it is.
   *
   * @param text any text
   * @return the same with {@code & < >} as entities, without control characters
   */
  static String text(String text) {
    return SlackNotation.escape(text);
  }

  /**
   * Text where Slack reads marks.
   *
   * @param text what to write
   * @return in Slack's "mrkdwn"; signs in words are no marks
   */
  static String mrkdwn(Text text) {
    StringBuilder out = new StringBuilder();
    write(text.spans(), out);
    return out.toString();
  }

  private static void write(List<Span> spans, StringBuilder out) {
    for (Span span : spans) {
      switch (span) {
        case Span.Words words -> out.append(words(words.text()));
        case Span.Strong strong -> marked("*", strong.spans(), out);
        case Span.Emphasis emphasis -> marked("_", emphasis.spans(), out);
        case Span.Code code -> out.append('`').append(code(code.text())).append('`');
        case Span.CodeBlock block -> out.append("```\n").append(code(block.text())).append("\n```");
        case Span.Quote quote -> out.append("> ").append(quoted(quote.spans()));
        case Span.Link link -> link(link, out);
        case Span.Mention mention -> out.append(mention(mention));
        case Span.Break() -> out.append('\n');
      }
    }
  }

  private static String words(String text) {
    return text(text)
        .replaceAll("[*_~`]", "$0" + NO_MARK)
        .replaceAll("(?m)^&gt;", NO_MARK + "&gt;");
  }

  private static String code(String text) {
    return text(text).replace("`", "'");
  }

  private static void marked(String mark, List<Span> spans, StringBuilder out) {
    out.append(mark);
    write(spans, out);
    out.append(mark);
  }

  private static String quoted(List<Span> spans) {
    StringBuilder inside = new StringBuilder();
    write(spans, inside);
    return inside.toString().replace("\n", "\n> ");
  }

  private static void link(Span.Link link, StringBuilder out) {
    String shown =
        text(SlackNotation.text(link.spans()).plain()).replace("|", "¦").replace('\n', ' ');
    out.append('<').append(target(link.target()));
    out.append(shown.isEmpty() ? ">" : "|" + shown + ">");
  }

  /**
   * A link's target.
   *
   * @param address where it leads
   * @return the same, unable to end or to change the link
   */
  static String target(String address) {
    return text(address).replace("|", "%7C").replace('\n', ' ').replace(" ", "%20");
  }

  static String mention(Span.Mention mention) {
    return SlackIdentity.isUserId(mention.handle())
        ? "<@" + mention.handle() + ">"
        : "@" + words(mention.displayName());
  }
}

package dev.owlery.api.slack;

import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import java.util.List;
import java.util.function.Function;

/**
 * Writes Slack's "mrkdwn". What it writes holds no control sequence but those of its own links, so
 * that nobody is mentioned and no link is forged by what somebody typed.
 */
final class MrkdwnWriter {

  /** Behind a mark it keeps the mark from being one; nobody sees it. */
  private static final String NO_MARK = "\u200b";

  private final Function<Span.Mention, String> mentions;
  private final StringBuilder out = new StringBuilder();

  private MrkdwnWriter(Function<Span.Mention, String> mentions) {
    this.mentions = mentions;
  }

  static String write(Text text, Function<Span.Mention, String> mentions) {
    return write(text.spans(), mentions);
  }

  private static String write(List<Span> spans, Function<Span.Mention, String> mentions) {
    MrkdwnWriter writer = new MrkdwnWriter(mentions);
    spans.forEach(writer::write);
    return writer.out.toString();
  }

  private void write(Span span) {
    switch (span) {
      case Span.Words words -> out.append(words(words.text()));
      case Span.Strong strong -> marked("*", strong.spans());
      case Span.Emphasis emphasis -> marked("_", emphasis.spans());
      case Span.Code code -> out.append('`').append(code(code.text())).append('`');
      case Span.CodeBlock block -> out.append("```\n").append(code(block.text())).append("\n```");
      case Span.Quote quote ->
          out.append("> ").append(write(quote.spans(), mentions).replace("\n", "\n> "));
      case Span.Link link -> link(link);
      case Span.Mention mention -> out.append(mentions.apply(mention));
      case Span.Break() -> out.append('\n');
    }
  }

  static String words(String text) {
    return SlackNotation.escape(text)
        .replaceAll("[*_~`]", "$0" + NO_MARK)
        .replaceAll("(?m)^&gt;", NO_MARK + "&gt;");
  }

  private static String code(String text) {
    return SlackNotation.escape(text).replace("`", "'");
  }

  private void marked(String mark, List<Span> spans) {
    out.append(mark).append(write(spans, mentions)).append(mark);
  }

  private void link(Span.Link link) {
    String label = SlackNotation.text(link.spans()).plain();
    String shown = SlackNotation.escape(label).replace("|", "¦").replace('\n', ' ');
    out.append('<').append(target(link.target()));
    out.append(shown.isEmpty() ? ">" : "|" + shown + ">");
  }

  /** A link's target, unable to end or to change the link. */
  static String target(String address) {
    return SlackNotation.escape(address).replace("|", "%7C").replace('\n', ' ').replace(" ", "%20");
  }
}

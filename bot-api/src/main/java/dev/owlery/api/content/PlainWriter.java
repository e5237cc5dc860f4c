package dev.owlery.api.content;

import java.util.List;

/** Writes spans as plain characters: marks are left out, a link's target follows what it shows. */
final class PlainWriter {

  private PlainWriter() {}

  static String write(List<Span> spans) {
    StringBuilder out = new StringBuilder();
    write(spans, out);
    return out.toString();
  }

  private static void write(List<Span> spans, StringBuilder out) {
    for (Span span : spans) {
      switch (span) {
        case Span.Words words -> out.append(words.text());
        case Span.Strong strong -> write(strong.spans(), out);
        case Span.Emphasis emphasis -> write(emphasis.spans(), out);
        case Span.Code code -> out.append(code.text());
        case Span.CodeBlock block -> out.append(block.text());
        case Span.Quote quote ->
            out.append("> ").append(write(quote.spans()).replace("\n", "\n> "));
        case Span.Link link -> link(link, out);
        case Span.Mention mention -> out.append('@').append(mention.displayName());
        case Span.Break() -> out.append('\n');
      }
    }
  }

  private static void link(Span.Link link, StringBuilder out) {
    String shown = write(link.spans());
    out.append(shown);
    if (!shown.equals(link.target())) {
      out.append(shown.isEmpty() ? "" : " ").append('<').append(link.target()).append('>');
    }
  }
}

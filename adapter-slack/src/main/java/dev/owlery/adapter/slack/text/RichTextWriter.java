package dev.owlery.adapter.slack.text;

import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextPreformattedElement;
import com.slack.api.model.block.element.RichTextQuoteElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import com.slack.api.model.block.element.RichTextSectionElement.TextStyle;
import dev.owlery.api.content.Span;
import dev.owlery.api.slack.SlackNotation;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes marked text as a block of rich text, where a sign in the words can be no mark, no mention
 * and no link. Not for several threads at once.
 */
final class RichTextWriter {

  private final List<BlockElement> parts = new ArrayList<>();
  private List<RichTextElement> line = new ArrayList<>();

  private RichTextWriter() {}

  /**
   * Writes spans.
   *
   * @param spans what to say, not empty
   * @return the block
   */
  static RichTextBlock write(List<Span> spans) {
    RichTextWriter writer = new RichTextWriter();
    writer.spans(spans, new WordStyle(false, false));
    writer.endSection();
    return RichTextBlock.builder().elements(List.copyOf(writer.parts)).build();
  }

  /** What surrounds a word. */
  private record WordStyle(boolean bold, boolean italic) {
    private TextStyle sdk(boolean code) {
      return TextStyle.builder().bold(bold).italic(italic).code(code).build();
    }

    private boolean isNone() {
      return !bold && !italic;
    }
  }

  private void spans(List<Span> spans, WordStyle style) {
    for (Span span : spans) {
      switch (span) {
        case Span.Words words -> text(words.text(), style, false);
        case Span.Strong strong -> spans(strong.spans(), new WordStyle(true, style.italic()));
        case Span.Emphasis emphasis -> spans(emphasis.spans(), new WordStyle(style.bold(), true));
        case Span.Code code -> text(code.text(), style, true);
        case Span.CodeBlock block -> codeBlock(block.text());
        case Span.Quote quote -> quote(quote.spans(), style);
        case Span.Link link -> link(link, style);
        case Span.Mention mention -> mention(mention, style);
        case Span.Break() -> text("\n", style, false);
      }
    }
  }

  private void text(String words, WordStyle style, boolean code) {
    String clean = SlackNotation.clean(words);
    if (!clean.isEmpty()) {
      var text = RichTextSectionElement.Text.builder().text(clean);
      line.add((style.isNone() && !code ? text : text.style(style.sdk(code))).build());
    }
  }

  private void mention(Span.Mention mention, WordStyle style) {
    if (IdFormats.isUserId(mention.handle())) {
      line.add(RichTextSectionElement.User.builder().userId(mention.handle()).build());
    } else {
      text("@" + mention.displayName(), style, false);
    }
  }

  private void link(Span.Link link, WordStyle style) {
    String shown = SlackNotation.clean(SlackNotation.text(link.spans()).plain());
    var element = RichTextSectionElement.Link.builder().url(SlackNotation.clean(link.target()));
    if (!shown.isBlank() && !shown.equals(link.target())) {
      element.text(shown);
    }
    line.add((style.isNone() ? element : element.style(style.sdk(false))).build());
  }

  private void codeBlock(String code) {
    endSection();
    parts.add(
        RichTextPreformattedElement.builder()
            .elements(
                List.of(
                    RichTextSectionElement.Text.builder().text(SlackNotation.clean(code)).build()))
            .build());
  }

  private void quote(List<Span> spans, WordStyle style) {
    endSection();
    spans(spans, style);
    if (!line.isEmpty()) {
      parts.add(RichTextQuoteElement.builder().elements(line).build());
      line = new ArrayList<>();
    }
  }

  private void endSection() {
    if (!line.isEmpty()) {
      parts.add(RichTextSectionElement.builder().elements(line).build());
      line = new ArrayList<>();
    }
  }
}

package dev.owlery.adapter.console;

import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.content.Span;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * What is said, in a terminal's colours. Every piece passes {@link VisibleText} before it gets its
 * style: the only escape sequences on the screen are those made here.
 */
final class AnsiText {

  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final AttributedStyle NAME = PLAIN.foreground(AttributedStyle.GREEN).bold();
  private static final AttributedStyle PLACE = PLAIN.foreground(AttributedStyle.BLUE);
  private static final AttributedStyle CODE = PLAIN.foreground(AttributedStyle.CYAN);
  private static final AttributedStyle FAINT = PLAIN.faint();

  private final AttributedStringBuilder out = new AttributedStringBuilder();

  private AnsiText() {}

  static AttributedString of(Screen.ScreenMessage said) {
    AnsiText text = new AnsiText();
    if (!said.label().isEmpty()) {
      text.words(said.label() + " ", PLACE);
    }
    switch (said.tone()) {
      case NORMAL -> text.words(said.speaker() + ": ", NAME);
      case NOTICE, AUTOMATIC -> text.words("-" + said.speaker() + "- ", NAME);
      case DEED -> text.words("* " + said.speaker() + " ", NAME);
    }
    text.content(said.content());
    return text.out.toAttributedString();
  }

  static AttributedString note(String note) {
    AnsiText text = new AnsiText();
    text.words(note, FAINT);
    return text.out.toAttributedString();
  }

  private void content(Content content) {
    spans(content.text().spans(), PLAIN);
    boolean first = content.text().isBlank();
    for (Card card : content.cards()) {
      lineEnd(first);
      card(card);
      first = false;
    }
    for (FileRef file : content.files()) {
      lineEnd(first);
      words(file.plain(), PLAIN.underline());
      first = false;
    }
  }

  private void lineEnd(boolean first) {
    if (!first) {
      out.append('\n');
    }
  }

  private void spans(List<Span> spans, AttributedStyle style) {
    for (Span span : spans) {
      switch (span) {
        case Span.Words words -> words(words.text(), style);
        case Span.Strong strong -> spans(strong.spans(), style.bold());
        case Span.Emphasis emphasis -> spans(emphasis.spans(), style.italic());
        case Span.Code code -> words(code.text(), CODE);
        case Span.CodeBlock block -> words(block.text(), CODE);
        case Span.Quote quote -> {
          words("> ", FAINT);
          spans(quote.spans(), FAINT);
        }
        case Span.Link link -> link(link, style);
        case Span.Mention mention -> words("@" + mention.displayName(), NAME);
        case Span.Break() -> words("\n", style);
      }
    }
  }

  /** Where a link leads is always shown: its words may promise something else. */
  private void link(Span.Link link, AttributedStyle style) {
    int before = out.length();
    spans(link.spans(), style.underline());
    if (!out.subSequence(before, out.length()).toString().equals(link.target())) {
      words(" <" + link.target() + ">", FAINT);
    }
  }

  private void card(Card card) {
    AttributedStyle edge =
        card.colour()
            .map(colour -> PLAIN.foregroundRgb(Integer.parseInt(colour.substring(1), 16)))
            .orElse(FAINT);
    String[] lines = card.plain().split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      lineEnd(i == 0);
      words("▌ ", edge);
      words(lines[i], PLAIN);
    }
  }

  private void words(String text, AttributedStyle style) {
    out.styled(style, VisibleText.of(text));
  }
}

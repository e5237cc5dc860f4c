package dev.owlery.api.content;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/**
 * Turns CommonMark into spans, in a time that grows with the length and no faster. Blocks are read
 * by the library, what stands in them by {@link MarkdownInlines}, within {@link MarkdownBounds}.
 * Anything outside the subset (HTML, images) is shown as it was written.
 */
final class MarkdownReader extends AbstractVisitor {

  private static final Parser PARSER =
      Parser.builder()
          .inlineParserFactory(definitions ->
              (lines, node) ->
                  node.appendChild(
                      new Inlines(
                          MarkdownInlines.read(lines.getContent().stripTrailing(), definitions))))
          .build();

  /** What a paragraph or a heading says. */
  private static final class Inlines extends CustomNode {
    private final List<Span> spans;

    private Inlines(List<Span> spans) {
      this.spans = spans;
    }
  }

  private List<Span> spans = new ArrayList<>();
  private boolean blockBefore;

  private MarkdownReader() {}

  static List<Span> read(String markdown) {
    MarkdownReader reader = new MarkdownReader();
    int end = MarkdownBounds.end(markdown);
    PARSER.parse(MarkdownBounds.flat(markdown.substring(0, end))).accept(reader);
    String rest = MarkdownEscapes.withoutBackslashes(markdown.substring(end));
    if (!rest.isBlank()) {
      boolean isLine = markdown.charAt(end - 1) == '\n';
      reader.spans.add(isLine ? new Span.Break() : new Span.Words(between(markdown, end)));
      reader.words(rest);
    }
    return List.copyOf(reader.spans);
  }

  /** The blank at the end of a paragraph is none of it. */
  private static String between(String markdown, int end) {
    return markdown.charAt(end - 1) == ' ' ? " " : "";
  }

  @Override
  public void visit(Paragraph paragraph) {
    startBlock();
    visitChildren(paragraph);
  }

  @Override
  public void visit(Heading heading) {
    startBlock();
    spans.add(new Span.Strong(inside(heading)));
  }

  @Override
  public void visit(BlockQuote quote) {
    startBlock();
    spans.add(new Span.Quote(inside(quote)));
  }

  @Override
  public void visit(BulletList list) {
    items(list, "• ", 0);
  }

  @Override
  public void visit(OrderedList list) {
    Integer start = list.getMarkerStartNumber();
    items(list, "", start == null ? 1 : start);
  }

  @Override
  public void visit(FencedCodeBlock block) {
    String info = block.getInfo();
    codeBlock(info == null ? "" : info.strip(), block.getLiteral());
  }

  @Override
  public void visit(IndentedCodeBlock block) {
    codeBlock("", block.getLiteral());
  }

  @Override
  public void visit(ThematicBreak rule) {
    startBlock();
    words("———");
  }

  @Override
  public void visit(HtmlBlock html) {
    startBlock();
    words(html.getLiteral());
  }

  @Override
  public void visit(CustomNode node) {
    if (node instanceof Inlines inlines) {
      spans.addAll(inlines.spans);
    }
  }

  private void items(Node list, String bullet, int number) {
    int next = number;
    for (Node item = list.getFirstChild(); item instanceof ListItem; item = item.getNext()) {
      startBlock();
      words(bullet.isEmpty() ? next++ + ". " : bullet);
      blockBefore = false;
      visitChildren(item);
      blockBefore = true;
    }
  }

  private void codeBlock(String language, String literal) {
    startBlock();
    spans.add(
        new Span.CodeBlock(
            language,
            literal.endsWith("\n") ? literal.substring(0, literal.length() - 1) : literal));
  }

  private void startBlock() {
    if (blockBefore) {
      spans.add(new Span.Break());
    }
    blockBefore = true;
  }

  private void words(String text) {
    spans.add(new Span.Words(text));
  }

  private List<Span> inside(Node node) {
    List<Span> outer = spans;
    boolean outerBlock = blockBefore;
    spans = new ArrayList<>();
    blockBefore = false;
    visitChildren(node);
    List<Span> inner = List.copyOf(spans);
    spans = outer;
    blockBefore = outerBlock;
    return inner;
  }
}

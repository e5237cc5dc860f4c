package dev.owlery.api.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/**
 * Turns CommonMark into spans. Anything outside the subset (HTML, images) is shown as it was
 * written.
 */
final class MarkdownReader extends AbstractVisitor {

  private static final Parser PARSER = Parser.builder().build();
  private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "xmpp");

  private List<Span> spans = new ArrayList<>();
  private boolean blockBefore;

  private MarkdownReader() {}

  static List<Span> read(String markdown) {
    MarkdownReader reader = new MarkdownReader();
    PARSER.parse(markdown).accept(reader);
    return List.copyOf(reader.spans);
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
  public void visit(HtmlInline html) {
    words(html.getLiteral());
  }

  @Override
  public void visit(org.commonmark.node.Text text) {
    words(text.getLiteral());
  }

  @Override
  public void visit(StrongEmphasis strong) {
    spans.add(new Span.Strong(inside(strong)));
  }

  @Override
  public void visit(Emphasis emphasis) {
    spans.add(new Span.Emphasis(inside(emphasis)));
  }

  @Override
  public void visit(Code code) {
    spans.add(new Span.Code(code.getLiteral()));
  }

  @Override
  public void visit(Link link) {
    String target = link.getDestination();
    int colon = target.indexOf(':');
    if (colon > 0 && SCHEMES.contains(target.substring(0, colon).toLowerCase(Locale.ROOT))) {
      spans.add(new Span.Link(target, inside(link)));
    } else {
      visitChildren(link);
    }
  }

  @Override
  public void visit(SoftLineBreak end) {
    spans.add(new Span.Break());
  }

  @Override
  public void visit(HardLineBreak end) {
    spans.add(new Span.Break());
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

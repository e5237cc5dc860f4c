package dev.owlery.adapter.xmpp.text;

import dev.owlery.api.content.Content;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import dev.owlery.api.content.Text.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smackx.xhtmlim.packet.XHTMLExtension;

/**
 * Writes text for XMPP: as a body with message styling (XEP-0393) and, where there is something to
 * show, as XHTML (XEP-0071) beside it.
 */
public final class Markup {

  private static final String FENCE = "```";

  private Markup() {}

  /**
   * What to send.
   *
   * @param body the body
   * @param xhtml the same as XHTML's body element; empty if plain characters say all
   * @param isLiteral whether signs in the body that look like styling mean themselves
   */
  public record RenderedBody(String body, Optional<String> xhtml, boolean isLiteral) {}

  /**
   * Text without what XML or people's screens cannot bear: control characters but tabs and line
   * ends, non-characters, halves of surrogate pairs.
   *
   * @param text any text
   * @return the rest; lines separated by {@code \n}
   */
  public static String clean(String text) {
    if (text.codePoints().allMatch(Markup::isFine)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .codePoints()
        .map(c -> c == '\r' ? '\n' : c)
        .filter(Markup::isFine)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isFine(int c) {
    if (c < 0x20) {
      return c == '\n' || c == '\t';
    }
    return !(c >= 0x7f && c < 0xa0)
        && !(c >= 0xd800 && c <= 0xdfff)
        && (c & 0xfffe) != 0xfffe
        && c != 0x2028
        && c != 0x2029;
  }

  public static Text plain(String text) {
    return Text.plain(text);
  }

  /** Reads what somebody has written; see {@link MarkupReader}. */
  public static Text read(Message message, String body) {
    List<String> xhtml = new ArrayList<>();
    XHTMLExtension extension = XHTMLExtension.from(message);
    if (extension != null) {
      extension.getBodies().forEach(each -> xhtml.add(each.toString()));
    }
    return MarkupReader.read(body, xhtml, Stanzas.has(message, "unstyled", "urn:xmpp:styling:0"));
  }

  /**
   * Renders a content.
   *
   * @param content what to say
   * @return how to say it; the body may be empty
   */
  public static RenderedBody render(Content content) {
    List<Span> spans = content.text().spans();
    boolean isStyled = content.text().syntax() == Syntax.MARKDOWN && !isPlain(spans);
    StringBuilder body = new StringBuilder();
    style(spans, body);
    content.cards().forEach(card -> line(body, card.plain()));
    for (FileRef file : content.files()) {
      line(body, isOnlyFile(content) ? address(file) : file.plain());
    }
    boolean hasMore = !content.cards().isEmpty() || !content.files().isEmpty();
    Optional<String> xhtml = Optional.empty();
    if (isStyled && !hasMore) {
      StringBuilder html = new StringBuilder();
      html(spans, html);
      xhtml = Optional.of("<body xmlns='http://www.w3.org/1999/xhtml'><p>" + html + "</p></body>");
    }
    return new RenderedBody(clean(body.toString()), xhtml, !isStyled && looksStyled(body));
  }

  /** A message that is nothing but a link to a file is shown as the file (XEP-0066). */
  public static boolean isOnlyFile(Content content) {
    return content.text().isBlank()
        && content.cards().isEmpty()
        && content.files().size() == 1
        && !address(content.files().getFirst()).equals(content.files().getFirst().name());
  }

  private static String address(FileRef file) {
    return file.location()
        .filter(uri -> !"file".equals(uri.getScheme()))
        .map(Object::toString)
        .orElse(file.name());
  }

  private static boolean isPlain(List<Span> spans) {
    return spans.stream()
        .allMatch(span -> span instanceof Span.Words || span instanceof Span.Break);
  }

  private static boolean looksStyled(StringBuilder body) {
    return body.chars().anyMatch(c -> c == '*' || c == '_' || c == '`' || c == '~' || c == '>');
  }

  private static void line(StringBuilder all, String line) {
    all.append(all.isEmpty() ? "" : "\n").append(line);
  }

  private static void style(List<Span> spans, StringBuilder out) {
    for (Span span : spans) {
      switch (span) {
        case Span.Words words -> out.append(words.text());
        case Span.Strong strong -> between("*", style(strong.spans()), out);
        case Span.Emphasis emphasis -> between("_", style(emphasis.spans()), out);
        case Span.Code code -> between("`", code.text(), out);
        case Span.CodeBlock block -> codeBlock(block.text(), startLine(out));
        case Span.Quote quote ->
            startLine(out).append("> ").append(style(quote.spans()).replace("\n", "\n> "));
        case Span.Link link -> link(link, out);
        case Span.Mention mention -> out.append(mention.displayName());
        case Span.Break() -> out.append('\n');
      }
    }
  }

  private static String style(List<Span> spans) {
    StringBuilder inner = new StringBuilder();
    style(spans, inner);
    return inner.toString();
  }

  /** Styling that came in with its signs goes out with them once, not twice. */
  private static void between(String sign, String inner, StringBuilder out) {
    boolean has = inner.length() > 2 && inner.startsWith(sign) && inner.endsWith(sign);
    out.append(has ? "" : sign).append(inner).append(has ? "" : sign);
  }

  private static void codeBlock(String code, StringBuilder out) {
    int line = out.lastIndexOf("\n", out.length() - 2) + 1;
    boolean hasFences = out.indexOf(FENCE, line) == line;
    out.append(hasFences ? "" : FENCE + "\n").append(code).append(hasFences ? "" : "\n" + FENCE);
  }

  private static StringBuilder startLine(StringBuilder out) {
    return out.isEmpty() || out.charAt(out.length() - 1) == '\n' ? out : out.append('\n');
  }

  private static void link(Span.Link link, StringBuilder out) {
    String shown = style(link.spans());
    out.append(shown);
    if (!shown.equals(link.target())) {
      out.append(shown.isEmpty() ? "" : " ").append('<').append(link.target()).append('>');
    }
  }

  private static void html(List<Span> spans, StringBuilder out) {
    for (Span span : spans) {
      switch (span) {
        case Span.Words words -> out.append(xml(words.text()).replace("\n", "<br/>"));
        case Span.Strong strong -> element("strong", strong.spans(), out);
        case Span.Emphasis emphasis -> element("em", emphasis.spans(), out);
        case Span.Code code -> out.append("<code>").append(xml(code.text())).append("</code>");
        case Span.CodeBlock block -> out.append("<pre>").append(xml(block.text())).append("</pre>");
        case Span.Quote quote -> element("blockquote", quote.spans(), out);
        case Span.Link link -> {
          out.append("<a href='").append(xml(link.target())).append("'>");
          html(link.spans().isEmpty() ? List.of(new Span.Words(link.target())) : link.spans(), out);
          out.append("</a>");
        }
        case Span.Mention mention -> out.append(xml(mention.displayName()));
        case Span.Break() -> out.append("<br/>");
      }
    }
  }

  private static void element(String name, List<Span> spans, StringBuilder out) {
    out.append('<').append(name).append('>');
    html(spans, out);
    out.append("</").append(name).append('>');
  }

  /** The one encoder for text in XML that is put together by hand. */
  private static String xml(String text) {
    return clean(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&apos;")
        .replace("\"", "&quot;");
  }
}

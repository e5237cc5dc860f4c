package dev.owlery.adapter.xmpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.content.Content;
import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody's marks mean, and that none of them changes what was said. */
class MarkupReaderTest {

  private static Text styled(String body) {
    Text text = MarkupReader.read(body, List.of(), false);
    assertThat(text.plain()).isEqualTo(body);
    return text;
  }

  private static Text xhtml(String body, String html) {
    String whole = "<body xmlns='http://www.w3.org/1999/xhtml'>" + html + "</body>";
    return MarkupReader.read(body, List.of(whole), false);
  }

  private static Text link(String body, String target) {
    return xhtml(body, "<p>see <a href='" + target + "'>the docs</a> now</p>");
  }

  @Test
  void aQuoteIsAQuote() {
    assertThat(styled("> one\n> two\nno").spans())
        .containsExactly(
            new Span.Quote(List.of(new Span.Words("one"), new Span.Break(), new Span.Words("two"))),
            new Span.Break(),
            new Span.Words("no"));
    assertThat(styled("he says\n> > *stars*\n> owls").spans())
        .anySatisfy(span ->
            assertThat(span)
                .isInstanceOfSatisfying(
                    Span.Quote.class,
                    quote -> assertThat(quote.spans().getFirst()).isInstanceOf(Span.Quote.class)));
  }

  @Test
  void preformattedLinesAreCodeAndHaveNoMarksInside() {
    String body = "look:\n```\nif (a *b* c)\n\n  ~~~\n> x\n```\ndone";
    Text text = styled(body);
    assertThat(text.spans()).contains(new Span.CodeBlock("", "if (a *b* c)\n\n  ~~~\n> x"));
    assertThat(Markup.render(Content.of(text)).body()).isEqualTo(body);
    assertThat(styled("```java\nint i;").spans()).contains(new Span.CodeBlock("", "int i;"));
    assertThat(styled("> ```\n> a\n> ```").spans())
        .singleElement()
        .isInstanceOfSatisfying(
            Span.Quote.class,
            quote -> assertThat(quote.spans()).contains(new Span.CodeBlock("", "a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"```\n```", "```", ">\n> a", ">x", "    code", "a\n\n> b\n", "# a\n- b"})
  void whatHasNoBlocksOrOddOnesIsWhatItIs(String body) {
    styled(body);
  }

  @Test
  void noMarksEverChangeWhatWasSaid() {
    Random dice = new Random(20_261_122);
    String signs = "> `*_~-#[](<&1.\\ab \n\t!";
    for (int i = 0; i < 3_000; i++) {
      StringBuilder body = new StringBuilder();
      for (int length = dice.nextInt(30); length > 0; length--) {
        body.append(signs.charAt(dice.nextInt(signs.length())));
      }
      styled(body.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "see the docs now",
        "see the docs (https://example.org/?a=1&b=*2*) now",
        "see the docs [https://example.org/?a=1&b=*2*] now",
        "see the docs <https://example.org/?a=1&b=*2*> now"
      })
  void aLinkKeepsItsTarget(String body) {
    Text text = link(body, "https://example.org/?a=1&amp;b=*2*");
    assertThat(text.spans())
        .contains(
            new Span.Link("https://example.org/?a=1&b=*2*", List.of(new Span.Words("the docs"))));
    assertThat(text.plain()).isEqualTo("see the docs <https://example.org/?a=1&b=*2*> now");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "data:text/html,x",
        "/etc/passwd",
        "",
        "https://a b",
        "x:>"
      })
  void aLinkToAnythingElseIsItsWords(String target) {
    assertThat(link("see the docs now", target).plain()).isEqualTo("see the docs now");
    assertThat(link("see the docs now", target).spans())
        .noneMatch(span -> span instanceof Span.Link);
  }

  @Test
  void aLinkThatTheBodyContradictsIsLeftOut() {
    assertThat(link("see the cats now", "https://example.org/"))
        .isEqualTo(Text.plain("see the cats now"));
    assertThat(link("see the docs (https://other.example/) now", "https://example.org/"))
        .isEqualTo(Text.plain("see the docs (https://other.example/) now"));
  }

  @Test
  void brokenXhtmlIsLeftOut() {
    for (String html : List.of("<p>", "<a><a href='https://example.org/'>x</p>", "&nbsp;")) {
      assertThat(xhtml("x", html)).isEqualTo(Text.plain("x"));
    }
    assertThat(xhtml("x", "<a href='https://a.example/'><a href='https://b.example/'>x</a></a>"))
        .isNotNull();
  }
}

package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.content.Span;
import dev.owlery.api.content.Text;
import dev.owlery.api.slack.SlackNotation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far texts with marks are read, and what becomes of the rest. */
final class MarkedTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "**a *b* c** d        | a b c d",
        "a*b*c _d_ e_f_g      | abc d e_f_g",
        "`` a`b `` ``c`       | a`b ``c`",
        "[a *b*](http://c \"t\") | a b <http://c>",
        "[a](<http://b c> 'd')| a <http://b c>",
        "[a](javascript:b)    | a",
        "<http://a> <b@c.d>   | http://a b@c.d <mailto:b@c.d>",
        "![a](http://b)       | a",
        "[a [b](http://c)](d) | [a b <http://c>](d)",
        "&auml;&lt;&x; \\*a\\* | ä<&x; *a*",
        "***a** b*            | a b",
        "<b>a</b> <!-- c      | <b>a</b> <!-- c",
      })
  void marksAreReadAsCommonMarkHasThem(String markdown, String plain) {
    assertThat(Text.markdown(markdown.strip()).plain()).isEqualTo(plain.strip());
  }

  @Test
  void linksThatAreDefinedElsewhereAreFound() {
    assertThat(Text.markdown("[a] [b][A] [c]\n\n[a]: http://d").plain())
        .isEqualTo("a <http://d> b <http://d> [c]");
  }

  @Test
  void whatLiesBehindTheMarkedPartIsPlain() {
    String long1 = "word ".repeat(1_700);
    Text text = Text.markdown(long1 + "**b** " + Text.escape("*c*"));

    assertThat(text.plain()).isEqualTo(long1 + "**b** *c*");
  }

  @Test
  void aLongTextOfSlacksKeepsAllItsWords() {
    String words = "*a* _b_ &lt;c&gt; ".repeat(5_000);
    String plain = SlackNotation.read(words, SlackNotation.Names.NONE).plain();

    assertThat(plain.replaceAll("[*_]", "")).isEqualTo("a b <c> ".repeat(5_000));
    assertThat(plain).startsWith("a b <c> a b");
  }

  @Test
  void spansAreNestedAtMostThirtyTwoDeep() {
    for (String deep :
        List.of("> ".repeat(4_000) + "a", "*a **b ".repeat(500) + "c** d*".repeat(500))) {
      assertThat(depth(Text.markdown(deep).spans())).isBetween(8, 32);
    }
    assertThat(
            depth(
                SlackNotation.read(
                        "*_".repeat(500) + "a" + "_*".repeat(500), SlackNotation.Names.NONE)
                    .spans()))
        .isLessThanOrEqualTo(32);
  }

  private static int depth(List<Span> spans) {
    int deepest = 0;
    for (Span span : spans) {
      int inside =
          switch (span) {
            case Span.Strong strong -> 1 + depth(strong.spans());
            case Span.Emphasis emphasis -> 1 + depth(emphasis.spans());
            case Span.Quote quote -> 1 + depth(quote.spans());
            case Span.Link link -> 1 + depth(link.spans());
            default -> 0;
          };
      deepest = Math.max(deepest, inside);
    }
    return deepest;
  }
}

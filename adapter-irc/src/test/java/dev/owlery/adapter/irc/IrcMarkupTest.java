package dev.owlery.adapter.irc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import java.net.URI;
import org.junit.jupiter.api.Test;

class IrcMarkupTest {
  @Test
  void marksBecomeControlCodes() {
    assertThat(markdown("a **b** *c* `d`"))
        .isEqualTo("a \u0002b\u0002 \u001dc\u001d \u0011d\u0011");
    assertThat(markdown("[docs](https://example.org/)")).isEqualTo("docs <https://example.org/>");
  }

  @Test
  void aMarkIsRepeatedOnEachOfItsLines() {
    assertThat(markdown("**a  \nb**")).isEqualTo("\u0002a\u0002\n\u0002b\u0002");
    assertThat(markdown("```\nx\ny\n```")).isEqualTo("\u0011x\u0011\n\u0011y\u0011");
  }

  @Test
  void plainTextKeepsItsSignsAndLosesItsControlCharacters() {
    assertThat(IrcMarkup.render(Content.of("**a** \u0002b\u0001\u0003" + "04c\u0000\td")))
        .isEqualTo("**a** b04c d");
  }

  @Test
  void aCardIsSaidInPlainCharacters() {
    Card card =
        Card.card("build 7 failed")
            .title("build 7", URI.create("https://example.org/7"))
            .text(Text.markdown("tests **failed**"))
            .field("branch", "main")
            .build();
    assertThat(IrcMarkup.render(Content.of(card)))
        .isEqualTo("build 7\ntests failed\nbranch: main\nhttps://example.org/7");
  }

  @Test
  void codesOfOthersAreNotSeen() {
    assertThat(IrcMarkup.plain("\u000304,12!echo\u0003 \u0002hi\u000f")).isEqualTo("!echo hi");
    assertThat(IrcMarkup.plain("\u0003,5 \u000312345 \u0003" + "1,x")).isEqualTo(",5 345 ,x");
    assertThat(IrcMarkup.plain("\u0004ff8800,001122x\u0004")).isEqualTo("x");
    assertThat(IrcMarkup.plain("a\u0001\u0007\u0080\tb")).isEqualTo("a b");
  }

  private static String markdown(String source) {
    return IrcMarkup.render(Content.of(Text.markdown(source)));
  }
}

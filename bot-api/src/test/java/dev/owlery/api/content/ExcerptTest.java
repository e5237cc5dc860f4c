package dev.owlery.api.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a reader sees as one is cut in two. */
class ExcerptTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ud83e\udd89",
        "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "\ud83d\udc4d\ud83c\udffd",
        "\ud83c\uddeb\ud83c\uddee",
        "e\u0301",
        "\u2764\ufe0f"
      })
  void aCharacterIsKeptWholeOrNotAtAll(String character) {
    String text = "owls" + character + "owls";
    for (int most = 4; most < 4 + character.length(); most++) {
      assertThat(Excerpt.of(text, most)).isEqualTo("owls\u2026");
    }
    assertThat(Excerpt.of(text, 4 + character.length())).isEqualTo("owls" + character + "\u2026");
  }

  @Test
  void whatFitsStaysAsItIs() {
    assertThat(Excerpt.of("owls", 4)).isEqualTo("owls");
    assertThat(Excerpt.of("owls", 3)).isEqualTo("owl\u2026");
  }

  @Test
  void whatIsOneEndlessCharacterIsCutAllTheSame() {
    String zalgo = "e" + "\u0301".repeat(1_000);
    assertThat(Excerpt.of(zalgo, 100)).hasSizeBetween(2, 101);
  }
}

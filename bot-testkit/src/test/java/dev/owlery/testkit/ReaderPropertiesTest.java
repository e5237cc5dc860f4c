package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The judge of readers, judged. */
final class ReaderPropertiesTest {

  @Test
  void aReaderThatFailsAtOneSignIsFound() {
    ReaderProperties reader =
        ReaderProperties.of("careful", 1_000, ReaderPropertiesTest::refuseBlanks)
            .refusesBy(IllegalArgumentException.class)
            .madeOf("[", " ", "a");
    ReaderProperties careless =
        ReaderProperties.of(
                "careless",
                1_000,
                text -> {
                  if (text.contains("]]")) {
                    throw new IllegalStateException("unforeseen");
                  }
                })
            .madeOf("[", "]", "a");

    assertThatCode(() -> reader.neverFails(1, 250)).doesNotThrowAnyException();
    assertThatThrownBy(() -> careless.neverFails(1, 250))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("careless fails at")
        .hasRootCauseMessage("unforeseen");
  }

  @Test
  void aReaderThatNestsWithItsInputIsFound() {
    ReaderProperties reader =
        ReaderProperties.of("deep", 100_000, ReaderPropertiesTest::nest).madeOf("(");

    assertThatThrownBy(() -> reader.isLinear(1, 0))
        .hasRootCauseInstanceOf(StackOverflowError.class);
  }

  private static void refuseBlanks(String text) {
    if (text.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("has a blank");
    }
  }

  private static long closings(String text) {
    return text.chars().filter(c -> c == '>').count();
  }

  private static int nest(String text) {
    return text.startsWith("(") ? 1 + nest(text.substring(1)) : 0;
  }

  @Test
  void aReaderThatSearchesAgainAndAgainIsFound() {
    ReaderProperties quadratic =
        ReaderProperties.of(
                "quadratic",
                12_000,
                text -> {
                  int found = 0;
                  for (int i = 0; i < text.length(); i++) {
                    found = Math.max(found, text.indexOf('>', i));
                  }
                })
            .madeOf("<");
    ReaderProperties linear =
        ReaderProperties.of("linear", 1 << 20, ReaderPropertiesTest::closings).madeOf("<");

    assertThatThrownBy(() -> quadratic.isLinear(1, 0)).hasMessageContaining("quadratic");
    assertThatCode(() -> linear.isLinear(1, 0)).doesNotThrowAnyException();
  }

  @Test
  void aReaderThatKeepsMuchMoreThanItReadsIsFound() {
    ReaderProperties hoarder =
        ReaderProperties.of(
                "hoarder",
                8_000,
                text -> {
                  byte[][] all = new byte[text.length()][];
                  for (int i = 0; i < all.length; i++) {
                    all[i] = new byte[i];
                  }
                })
            .madeOf("a");

    assertThatThrownBy(() -> hoarder.isLinear(1, 0)).hasMessageContaining("KiB");
  }
}

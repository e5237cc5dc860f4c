package dev.owlery.core.procedure;

import dev.owlery.testkit.FuzzedReaders;
import dev.owlery.testkit.ReaderProperties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read of patterns for addresses, and of addresses: never a failure, within the length. */
final class AddressReadersTest implements FuzzedReaders {
  private static final AddressPattern WORST = AddressPattern.parse("(a*)*@(a|a?)+b(/(a+)+c)?");

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of("addresses", 1 << 12, WORST::matches)
            .madeOf("a", "b", "@", "/", ".", "c", "é", "\uD83D\uDE00")
            .like("aaaa@aaab/aaac", "a@b", "a@b/a/c"),
        ReaderProperties.of(
                "patterns for addresses",
                1 << 10,
                text -> AddressPattern.parse(text).matches("aaaaaaaa@aaaa.b/aaaaaaaa"))
            .refusesBy(IllegalArgumentException.class)
            .madeOf(
                "a", "(", ")", "*", "+", "?", "/", "|", "[", "]", "{1000}", "{2,}", "\\", ".", "(a",
                "(?i)", "[^a", "\\pL", "^", "$")
            .like("ann@example\\.org(/.*)?", "((a{100}){100}){100}", "a*@b/c", "(a|b)*/(c)?"));
  }

  @Tag("proof")
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  @ParameterizedTest
  @MethodSource("readers")
  void neverFailsAndCostsNoMoreThanItsLength(ReaderProperties reader) {
    reader.check();
  }
}

package dev.owlery.core.procedure;

import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import java.util.stream.Stream;

/** What is read of patterns for addresses, and of addresses: never a failure, within the length. */
final class AddressReadersTest implements LinearReaders {
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
}

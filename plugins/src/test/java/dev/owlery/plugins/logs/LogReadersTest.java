package dev.owlery.plugins.logs;

import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import java.util.stream.Stream;

/** What is read of patterns, and by them: never a failure, in a time within the length. */
final class LogReadersTest implements LinearReaders {
  private static final String LINE = "aaaaaaaaab".repeat(90);
  private static final LinePattern WORST = LinePattern.of("(a*)*(a|a?)+[^a-y]$");

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of("patterns", 400, text -> LinePattern.of(text).matches(LINE))
            .refusesBy(IllegalArgumentException.class)
            .madeOf(
                "a",
                "(",
                ")",
                "*",
                "+",
                "?",
                "|",
                "[",
                "]",
                "{9}",
                "{1000}",
                "{2,}",
                "\\",
                ".",
                "(a",
                "(?i)",
                "[^a",
                "\\pL",
                "^",
                "$",
                "\\Q",
                "[[:alpha:]]",
                "\\x{10FFFF}",
                "-",
                "\u1c85",
                "\\x{1c80}")
            .like(
                "(?i)\u1c85",
                "(?i)[a-\\x{ffff}]",
                "(?s-Ui:\\x{01C88})",
                "(a|b)*c$",
                "((a{100}){100}){100}",
                "[a-z]+ failed",
                "(?:(?:(?:"),
        ReaderProperties.of("lines", 64 * 1024, LogReadersTest::match)
            .madeOf("a", "b", "z", " ", "é", "\uD83D\uDE00", "\u2028"));
  }

  /** That a long line took too long is its own refusal, and takes as long as it may. */
  private static void match(String line) {
    try {
      WORST.matches(line);
    } catch (LinePattern.TooSlow tooSlow) {
      // As it should be.
    }
  }
}

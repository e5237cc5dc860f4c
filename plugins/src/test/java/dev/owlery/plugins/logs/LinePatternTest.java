package dev.owlery.plugins.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Patterns from chat cannot hang the bot. */
@Tag("proof")
class LinePatternTest {

  private static final int LENGTH = 50 * 1024;

  /** Known for what they do to machines that go back, and to those that do not. */
  private static final List<String> EVIL =
      List.of(
          "(a+)+$",
          "([a-zA-Z]+)*$",
          "(a|aa)+$",
          "(a|a?)+$",
          "(.*a){12}",
          "(.*a){100}x",
          "(.*)*x",
          "^(([a-z])+.)+[A-Z]([a-z])+$",
          "(a?){50}a{50}",
          "a{1000}",
          "(a{100}){100}",
          "((a{50}){50}){50}",
          "(x+x+)+y",
          "(\\w+\\s?)*$",
          "^(a?a?a?a?a?a?a?a?a?a?)*b",
          "(.+)+(.+)+(.+)+$",
          "([^,]*,){40}z",
          "(a*)*(b*)*(c*)*d",
          ".*.*.*.*.*.*.*=.*",
          "(?i)(A|a|[aA])*Z",
          "\\pL{200}",
          "(\\pL+)+\\PN$",
          "(a|b|c|d|e|f|g|h)*z",
          "(.{1,40}){10}",
          "^.*(\\d+)+.*(\\d+)+.*$",
          "(?:(?:(?:a*)*)*)*b",
          "a.*b.*c.*d.*e.*f.*g",
          "[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*1",
          "(a.{30}){8}",
          "((((((a*)*)*)*)*)*)*b");

  @Test
  void thirty_evil_patterns_are_answered_at_once_or_refused() {
    assertThat(EVIL).hasSize(30);
    List<String> lines =
        List.of(
            "a".repeat(LENGTH),
            "ab1 ".repeat(LENGTH / 4),
            "x".repeat(LENGTH - 1) + "!",
            "\u0436".repeat(LENGTH),
            "a,".repeat(LENGTH / 2));
    LinePattern warm = LinePattern.of("(a|b)*c");
    for (int i = 0; i < 20; i++) {
      answer(warm, lines.get(i % lines.size()));
    }
    long slowest = 0;
    int refused = 0;
    int late = 0;
    for (String evil : EVIL) {
      try {
        LinePattern pattern = LinePattern.of(evil);
        for (String line : lines) {
          long start = cpu();
          late += answer(pattern, line) ? 0 : 1;
          slowest = Math.max(slowest, cpu() - start);
        }
      } catch (IllegalArgumentException tooBig) {
        refused++;
      }
    }
    System.out.printf(
        "[proof] patterns: 30 on lines of 50 KiB: %d refused as too big, %d given up after 75 ms,"
            + " slowest answer %d ms of processor time%n",
        refused, late, slowest / 1_000_000);
    assertThat(slowest / 1_000_000).isLessThan(150);
  }

  /** What others do on the machine does not count. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static boolean answer(LinePattern pattern, String line) {
    try {
      boolean _ = pattern.matches(line);
      return true;
    } catch (LinePattern.TooSlow givenUp) {
      return false;
    }
  }

  @Test
  void ordinary_patterns_match() {
    assertThat(LinePattern.of("(?i)error|warn").matches("a Warning")).isTrue();
    assertThat(LinePattern.of("^5\\d\\d ").matches("404 not found")).isFalse();
    assertThat(LinePattern.everything().matches("")).isTrue();
    assertThat(LinePattern.of("status=[45][0-9]{2}").matches("x".repeat(5_000) + "status=503"))
        .isTrue();
  }

  @Test
  void what_is_no_pattern_is_said() {
    assertThatThrownBy(() -> LinePattern.of("(a")).hasMessageContaining("that is no pattern");
    assertThatThrownBy(() -> LinePattern.of("(?=a)b")).hasMessageContaining("that is no pattern");
    assertThatThrownBy(() -> LinePattern.of("a".repeat(301))).hasMessageContaining("too big");
  }
}

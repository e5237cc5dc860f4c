package dev.owlery.core.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a pattern of the access list names. */
final class AddressPatternTest {

  @ParameterizedTest
  @CsvSource({
    ".*@example\\.org(/.*)?, ann@example.org, true",
    ".*@example\\.org(/.*)?, ann@example.org/x, true",
    ".*@example\\.org(/.*)?, ann@example.org/x@y/z, true",
    ".*@example\\.org(/.*)?, ann@example.org.evil.org/x, false",
    ".*@example\\.org(/.*)?, eve@evil.org/ann@example.org, false",
    ".*@example\\.org(/.*)?, evil.org/@example.org, false",
    ".*@example\\.org, ann@example.org/x, true",
    ".*@example\\.org, eve@evil.org/@example.org, false",
    ".*\\.example\\.org, eve@evil.org/.example.org, false",
    "bot@example\\.org/main, bot@example.org/main, true",
    "bot@example\\.org/main, bot@example.org, false",
    "bot@example\\.org/main, bot@example.org/mainx, false",
    "bot@example\\.org/main, xbot@example.org/main, false",
    "a@x|b@y/r, a@x, false",
    "a@x|b@y/r, a@x/r, true",
    ".*, anybody/at/all, true"
  })
  void aPatternMatchesTheWholeOfEachPart(String pattern, String address, boolean matches) {
    assertThat(AddressPattern.parse(pattern).matches(address)).isEqualTo(matches);
  }

  @Test
  void whatCannotBeReadIsRefusedWithTheReason() {
    assertThatThrownBy(() -> AddressPattern.parse("(a"))
        .hasMessageContaining("\"(a\" is no pattern: missing closing )");
    assertThatThrownBy(() -> AddressPattern.parse("(a/b|c)"))
        .hasMessageContaining("write ADDRESS, ADDRESS/RESOURCE or ADDRESS(/RESOURCE)?");
    assertThatThrownBy(() -> AddressPattern.parse("(?=a)b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AddressPattern.parse("(?i)\u1c85"))
        .hasMessageContaining("write both cases");
  }

  @Test
  void noAddressTakesLong() {
    AddressPattern greedy = AddressPattern.parse("((a*)*)*@((b|b)*)*c");
    String address = "a".repeat(2000) + "@" + "b".repeat(2000);
    Assertions.assertTimeout(
        Duration.ofSeconds(2), () -> assertThat(greedy.matches(address)).isFalse());
    assertThat(AddressPattern.parse(".*").matches("a".repeat(5000))).isFalse();
  }
}

package dev.owlery.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All that RFC 9110 lets a server write. */
class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-30T15:00:00Z");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "0, PT0S",
        " 120 , PT2M",
        "86400, PT1H",
        "99999999999999999999, PT1H",
        "\"Mon, 30 Nov 2026 15:02:00 GMT\", PT2M",
        "\"Tue, 30 Nov 2026 15:02:00 GMT\", PT2M",
        "\"Monday, 30-Nov-26 15:02:00 GMT\", PT2M",
        "Mon Nov 30 15:02:00 2026, PT2M",
        "\"Sun, 6 Dec 2026 15:02:00 GMT\", PT1H",
        "Sun Nov  1 08:49:37 2026, PT0S",
        "\"Sunday, 06-Nov-94 08:49:37 GMT\", PT0S",
        "\"Sun, 06 Nov 1994 08:49:37 GMT\", PT0S"
      })
  void secondsAndDatesAreUnderstood(String value, Duration wait) {
    assertThat(RetryAfter.read(value, NOW, Duration.ofHours(1))).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "-1", "1.5", "Mon, 31 Feb 2026 99:00:00 GMT", "2026-11-30T15:02:00Z"})
  void whatSaysNothingIsEmpty(String value) {
    assertThat(RetryAfter.read(value, NOW, Duration.ofHours(1))).isEmpty();
  }
}

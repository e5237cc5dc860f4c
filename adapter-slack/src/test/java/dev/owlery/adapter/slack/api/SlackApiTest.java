package dev.owlery.adapter.slack.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

/** How long Slack wants not to be asked again. */
class SlackApiTest {

  private static final String DATE = "Mon, 30 Nov 2026 10:00:00 GMT";

  @Test
  void theTimeToWaitIsReadInSecondsAndAsADate() {
    assertThat(asked("Retry-After", "30")).isEqualTo(Duration.ofSeconds(30));
    assertThat(asked("Retry-After", "Mon, 30 Nov 2026 10:00:20 GMT", "Date", DATE))
        .isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void whatCannotBeReadAndWhatHasPassedIsASecond() {
    for (String value : new String[] {"soon", "", "-1", "0", "Mon, 30 Nov 2026 09:00:00 GMT"}) {
      assertThat(asked("Retry-After", value, "Date", DATE))
          .as(value)
          .isEqualTo(Duration.ofSeconds(1));
    }
    assertThat(asked("Retry-After", DATE)).isEqualTo(Duration.ofSeconds(1));
    assertThat(asked()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aWaitIsADayAtMost() {
    assertThat(asked("Retry-After", "99999999999999999999")).isEqualTo(Duration.ofDays(1));
  }

  private static Duration asked(String... headers) {
    return SlackApi.retryAfter(Headers.of(headers));
  }
}

package dev.owlery.adapter.webhook;

import dev.owlery.api.http.RetryAfter;
import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.SettingException;
import dev.owlery.testkit.LinearReaders;
import dev.owlery.testkit.ReaderProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What is read of answers and of settings: never a failure, in a time within the length. */
final class WebhookReadersTest implements LinearReaders {

  static Stream<ReaderProperties> readers() {
    return Stream.of(
        ReaderProperties.of(
                "pauses",
                1 << 14,
                text -> RetryAfter.read(text, Instant.EPOCH, Duration.ofHours(1)))
            .madeOf("0", "9", "-", ".", "Mon, ", "01 Jan 2026 00:00:00 GMT", "1e9")
            .like("120", "999999", "1e999999999", "Thu, 01 Jan 1970 00:02:00 GMT"),
        ReaderProperties.of("addresses", 1 << 14, text -> settings(text, "ci.*"))
            .refusesBy(SettingException.class)
            .madeOf("http://", "https://", "a", "/", ":", "@", "[", "]", "%", "127.0.0.1", ".", "#")
            .like("https://example.org/a?b=c#d", "http://127.0.0.1:1/", "http://[::1]/"),
        ReaderProperties.of("topics", 1 << 14, text -> settings("https://example.org", text))
            .refusesBy(SettingException.class)
            .madeOf("a", ".", "*", "**", "a.", "-"));
  }

  private static void settings(String address, String topic) {
    WebhookSettings _ =
        new WebhookSettings(
            new Secret(address),
            new Secret("a secret of 24 characters"),
            List.of(topic),
            false,
            Duration.ofSeconds(10));
  }
}

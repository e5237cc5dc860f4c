package dev.owlery.adapter.slack.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The example that Slack publishes, and what differs from it. */
final class SignatureTest {

  private static final long AT = 1_531_420_618L;
  private static final String SIGN =
      "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
  private static final String BODY =
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
          + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
          + "&command=%2Fwebhook-collect&text="
          + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
          + "%2F96rGlfmibIGlgcZRskXaIFfN"
          + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

  private static Signature at(long second) {
    return new Signature(
        new Secret("8f742231b10e8888abcd99yyyzzz85a5"),
        Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC));
  }

  private static Optional<Signature.SignatureFault> check(
      Signature signature, String timestamp, String sign, String body) {
    return signature.check(
        Optional.of(timestamp), Optional.of(sign), body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void the_published_example_is_taken_once() {
    Signature signature = at(AT);
    assertThat(check(signature, "" + AT, SIGN, BODY)).isEmpty();
    assertThat(check(signature, "" + AT, SIGN, BODY)).contains(Signature.SignatureFault.REPLAYED);
    signature.forget(Optional.of(SIGN));
    assertThat(check(signature, "" + AT, SIGN, BODY)).isEmpty();
  }

  @Test
  void five_minutes_either_way_and_not_a_second_more() {
    assertThat(check(at(AT + 300), "" + AT, SIGN, BODY)).isEmpty();
    assertThat(check(at(AT - 300), "" + AT, SIGN, BODY)).isEmpty();
    assertThat(check(at(AT + 301), "" + AT, SIGN, BODY)).contains(Signature.SignatureFault.STALE);
    assertThat(check(at(AT - 301), "" + AT, SIGN, BODY)).contains(Signature.SignatureFault.STALE);
  }

  @Test
  void whatever_differs_is_refused() {
    assertThat(check(at(AT), "" + AT, SIGN, BODY + " ")).contains(Signature.SignatureFault.WRONG);
    assertThat(check(at(AT), "" + (AT + 1), SIGN, BODY)).contains(Signature.SignatureFault.WRONG);
    assertThat(check(at(AT), "" + AT, SIGN.toUpperCase(Locale.ROOT), BODY))
        .contains(Signature.SignatureFault.WRONG);
    assertThat(check(at(AT), "" + AT, SIGN.substring(1), BODY))
        .contains(Signature.SignatureFault.WRONG);
    assertThat(check(at(AT), "now", SIGN, BODY)).contains(Signature.SignatureFault.MALFORMED);
    assertThat(check(at(AT), "-1", SIGN, BODY)).contains(Signature.SignatureFault.MALFORMED);
    byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
    assertThat(at(AT).check(Optional.empty(), Optional.of(SIGN), body))
        .contains(Signature.SignatureFault.MALFORMED);
    assertThat(at(AT).check(Optional.of("" + AT), Optional.empty(), body))
        .contains(Signature.SignatureFault.MALFORMED);
  }
}

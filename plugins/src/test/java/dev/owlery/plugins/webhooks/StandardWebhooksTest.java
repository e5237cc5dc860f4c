package dev.owlery.plugins.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.http.StandardWebhook;
import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.SettingException;
import dev.owlery.plugins.webhooks.WebhooksSettings.IncomingWebhookSettings;
import dev.owlery.plugins.webhooks.WebhooksSettings.ItemTemplate;
import dev.owlery.plugins.webhooks.WebhooksSettings.SenderKind;
import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.FakeHttp;
import dev.owlery.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the specification of Standard Webhooks and the tests of its libraries show (version 1.0.0,
 * sections "Payload structure" to "Webhook headers") becomes a line, or a refusal that says what to
 * change.
 */
class StandardWebhooksTest {

  /** The secret of the specification's libraries. */
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final long NOW = ManualClock.BEGINNING.getEpochSecond();
  private static final String OTHER = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
  private static final String THIN =
      "{\"type\":\"contact.created\",\"timestamp\":\"2026-11-03T20:26:10.344522Z\","
          + "\"data\":{\"id\":\"1f81eb52\"}}";

  private int sent;

  private static IncomingWebhookSettings hook(String secret, ItemTemplate parts) {
    return new IncomingWebhookSettings(
        SenderKind.STANDARD,
        new Secret(secret),
        "ci",
        Duration.ofMinutes(5),
        0,
        10_000,
        Optional.empty(),
        Optional.empty(),
        parts);
  }

  private static ItemTemplate parts(String title) {
    return new ItemTemplate(title, "", "{url}", "", "info");
  }

  private static BotScenario bot(String title) {
    return BotScenario.with(WebhooksPlugin.class)
        .settings(new WebhooksSettings(Map.of("crm", hook(SECRET, parts(title)))))
        .topic("ci", "here/#ci")
        .start();
  }

  private static String sign(String id, String time, String body) {
    return StandardWebhook.of(new Secret(SECRET))
        .orElseThrow()
        .sign(id, time, body.getBytes(StandardCharsets.UTF_8));
  }

  private static FakeHttp.Request post(
      BotScenario bot, String id, String time, String signature, String body) {
    return bot.http()
        .request("POST", "/webhooks/crm")
        .body(body.getBytes(StandardCharsets.UTF_8))
        .header("webhook-id", id)
        .header("webhook-timestamp", time)
        .header("webhook-signature", signature);
  }

  /** Posts a message rightly, but for what is given. */
  private String answer(BotScenario bot, long time, String signature) {
    String id = "msg_" + ++sent;
    return post(bot, id, Long.toString(time), signature, THIN).send().text();
  }

  @Test
  void a_payload_as_recommended_is_called_by_its_type() {
    try (BotScenario bot = bot("{title}")) {
      String now = Long.toString(NOW);
      assertThat(post(bot, "msg_1", now, sign("msg_1", now, THIN), THIN).send().text())
          .isEqualTo("ok\n");
      bot.expect("#ci").says("crm: contact.created");
      String bare = "{\"test\": 2432232314}";
      assertThat(post(bot, "msg_2", now, sign("msg_2", now, bare), bare).send().text())
          .isEqualTo("ok\n");
      bot.expect("#ci").says("crm: a message without a title");
    }
  }

  @Test
  void a_template_reads_the_type_and_the_data() {
    try (BotScenario bot = bot("{type} {data.id}")) {
      String now = Long.toString(NOW);
      post(bot, "msg_1", now, sign("msg_1", now, THIN), THIN).send();
      bot.expect("#ci").says("contact.created 1f81eb52");
    }
  }

  @Test
  void one_of_several_signatures_is_enough_and_an_attempt_that_is_repeated_is_told_once() {
    try (BotScenario bot = bot("{type}")) {
      for (long attempt : new long[] {NOW - 299, NOW}) {
        String time = Long.toString(attempt);
        String valid = sign("msg_1", time, THIN);
        String all = String.join(" ", OTHER, "v2" + OTHER.substring(2), "v1a,AAAA", valid, OTHER);
        assertThat(post(bot, "msg_1", time, all, THIN).send().text()).isEqualTo("ok\n");
      }
      bot.expect("#ci").says("contact.created");
      bot.expect("#ci").nothing();
    }
  }

  @Test
  void each_wrong_request_is_refused_with_what_to_change() {
    try (BotScenario bot = bot("{type}")) {
      for (String missing : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
        FakeHttp.Request request = bot.http().request("POST", "/webhooks/crm").body(new byte[2]);
        for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
          if (!name.equals(missing)) {
            request = request.header(name, name.endsWith("timestamp") ? "" + NOW : OTHER);
          }
        }
        assertThat(request.send().text()).contains("the header " + missing + " is missing");
      }
      assertThat(answer(bot, NOW, "v1,dawfeoifkpqwoekfpqoekf")).contains("the same secret");
      assertThat(answer(bot, NOW, OTHER.substring(0, 8))).contains("the same secret");
      assertThat(answer(bot, NOW, "v1,")).contains("the same secret");
      assertThat(answer(bot, NOW, "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5B"))
          .contains("only v1a (ed25519) is there")
          .contains("whsec_");
      assertThat(answer(bot, NOW, OTHER.substring(3))).contains("written v1, and then base64");
      assertThat(answer(bot, NOW - 301, OTHER))
          .contains("301 s behind ours, and 300 s are allowed");
      assertThat(answer(bot, NOW + 301, OTHER)).contains("301 s ahead of ours");
      assertThat(post(bot, "msg_0", "hello", OTHER, THIN).send().text())
          .contains("seconds since 1970");
      assertThat(post(bot, "msg_0", NOW * 1_000 + "", OTHER, THIN).send().text())
          .contains("seconds since 1970");
      String now = Long.toString(NOW);
      assertThat(post(bot, "msg_9", now, sign("msg_9", now, "[1]"), "[1]").send().text())
          .contains("no_json")
          .contains("application/json");
    }
  }

  @Test
  void a_secret_is_taken_with_its_prefix_and_without_and_a_public_key_is_not() {
    String now = Long.toString(NOW);
    String expected = sign("msg_1", now, THIN);
    byte[] body = THIN.getBytes(StandardCharsets.UTF_8);
    StandardWebhook bare =
        StandardWebhook.of(hook(SECRET.substring(6), parts("")).secret()).orElseThrow();
    assertThat(bare.sign("msg_1", now, body)).isEqualTo(expected);
    assertThatThrownBy(() -> hook("whpk_4Xae7w/BvXtnVLHmgKmCGfHRwvoEW/wOA8k=", parts("")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("ed25519");
  }
}

package dev.owlery.plugins.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.SettingException;
import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.FakeHttp;
import dev.owlery.testkit.slack.SlackDouble;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Programs that post to Slack post to us, and we post as they do. */
class HooksPluginTest {

  private static final String SECRET = "0123456789abcdef0123";
  private static final String PATH = "/hooks/builds/" + SECRET;

  private static BotScenario bot(Map<String, HooksSettings.Outgoing> outgoing) {
    var incoming =
        new HooksSettings.Incoming(
            new Secret(SECRET), "here/#dev", List.of("here/#ops", "here/ann"), 5);
    return BotScenario.with(HooksPlugin.class)
        .settings(new HooksSettings(Map.of("builds", incoming), outgoing))
        .grant("ann", "hooks.post")
        .network(network -> network.takesBotInto("#dev"))
        .start();
  }

  private static void says(FakeHttp.Reply reply, int status, String word) {
    assertThat(reply.text()).isEqualTo(word);
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void text_links_and_names_arrive() {
    try (BotScenario bot = bot(Map.of())) {
      String json =
          "{\"text\": \"<https://ci.example/7|build 7> &amp; <mailto:a@b.example|Ann>\","
              + " \"username\": \"CI\", \"icon_emoji\": \":ghost:\"}";
      says(bot.http().post(PATH, json), 200, "ok");
      bot.expect("#dev").says("CI: build 7 <https://ci.example/7> & Ann <mailto:a@b.example>");
    }
  }

  @Test
  void cards_arrive_with_their_fields_and_a_form_does_too() {
    try (BotScenario bot = bot(Map.of())) {
      String json =
          "{\"attachments\": [{\"fallback\": \"f\", \"title\": \"failed\", \"title_link\":"
              + " \"https://ci.example/7\", \"text\": \"see *log*\", \"fields\": [{\"title\":"
              + " \"branch\", \"value\": \"main\", \"short\": true}]}]}";
      FakeHttp.Reply reply =
          bot.http()
              .request("POST", PATH)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .body(
                  ("payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8))
                      .getBytes(StandardCharsets.UTF_8))
              .send();
      says(reply, 200, "ok");
      bot.expect("#dev").says("failed\nsee log\nbranch: main\nhttps://ci.example/7");
    }
  }

  @Test
  void only_listed_places_can_be_named() {
    try (BotScenario bot = bot(Map.of())) {
      says(bot.http().post(PATH, "{\"text\": \"a\", \"channel\": \"#ops\"}"), 200, "ok");
      bot.expect("#ops").says("a");
      says(
          bot.http().post(PATH, "{\"text\": \"a\", \"channel\": \"#other\"}"),
          404,
          "channel_not_found");
      says(
          bot.http().post(PATH, "{\"text\": \"a\", \"channel\": \"@bea\"}"), 400, "user_not_found");
    }
  }

  @Test
  void what_is_wrong_is_said_in_slacks_words() {
    try (BotScenario bot = bot(Map.of())) {
      says(bot.http().post("/hooks/builds/" + SECRET + "x", "{}"), 404, "no_service");
      says(bot.http().post("/hooks/other/" + SECRET, "{}"), 404, "no_service");
      says(bot.http().post(PATH, "not json"), 400, "invalid_payload");
      says(bot.http().post(PATH, "{\"text\": \" \"}"), 400, "no_text");
      String many = String.join(",", Collections.nCopies(101, "{\"text\": \"x\"}"));
      says(bot.http().post(PATH, "{\"attachments\": [" + many + "]}"), 400, "too_many_attachments");
      says(bot.http().post(PATH, "[".repeat(100_000)), 400, "invalid_payload");
      says(bot.http().post(PATH, "{\"text\": \"fifth\"}"), 200, "ok");
      assertThat(bot.http().post(PATH, "{\"text\": \"sixth\"}").status()).isEqualTo(429);
      bot.turn(Duration.ofMinutes(1));
      says(bot.http().post(PATH, "{\"text\": \"next\"}"), 200, "ok");
    }
  }

  @Test
  void posting_to_slack_and_what_it_refuses() {
    try (SlackDouble slack = SlackDouble.start()) {
      var hook = outgoing(slack, Optional.empty());
      var lost = outgoing(slack, Optional.of("#nowhere"));
      try (BotScenario bot = bot(Map.of("slack", hook, "lost", lost))) {
        bot.user("ann").verifiedAs("ann").in("#dev").says("!hook slack hello <!channel>");
        bot.user("ann").verifiedAs("ann").in("#dev").says("!hook lost hello");
        bot.expect("#dev")
            .says("posted", "Not posted: there is no such channel over there (channel_not_found).");
        assertThat(slack.channel("builds").messages().getLast().text())
            .isEqualTo("hello &lt;!channel&gt;");
      }
    }
  }

  private static HooksSettings.Outgoing outgoing(SlackDouble slack, Optional<String> channel) {
    return new HooksSettings.Outgoing(
        new Secret(slack.incomingWebhook("builds").toString()),
        Optional.of("Owl"),
        Optional.of(":owl:"),
        channel);
  }

  @Test
  void a_short_secret_and_an_open_address_are_faults() {
    assertThatThrownBy(
            () -> new HooksSettings.Incoming(new Secret("short"), "here/#dev", List.of(), 1))
        .isInstanceOf(SettingException.class);
    assertThatThrownBy(() ->
            new HooksSettings.Outgoing(
                new Secret("http://hooks.example/x"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()))
        .isInstanceOf(SettingException.class);
  }
}

package dev.owlery.plugins.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.slack.SlackException;
import dev.owlery.api.slack.SlackNotation;
import dev.owlery.api.slack.SlackPost;
import dev.owlery.api.slack.SlackWebhook;
import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.FakeHttp;
import dev.owlery.testkit.slack.SlackDouble;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Programs that post to Slack post to us, and we post as they do. */
class HooksPluginTest {

  private static final String SECRET = "0123456789abcdef0123";
  private static final String PATH = "/hooks/builds/" + SECRET;

  private static BotScenario bot(Map<String, HooksSettings.OutgoingHookSettings> outgoing) {
    var incoming =
        new HooksSettings.IncomingHookSettings(
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
      bot.expect("#dev").says("👻 CI: build 7 <https://ci.example/7> & Ann <mailto:a@b.example>");
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
  void aFormInPartsIsReadAsCurlSendsIt() {
    try (BotScenario bot = bot(Map.of())) {
      for (String end : List.of("\r\n", "\n")) {
        String body =
            String.join(
                end,
                "--BB",
                "Content-Disposition: form-data; name=\"other\"",
                "",
                "x",
                "--BB",
                "Content-Disposition: form-data; filename=\"a.json\"; name=\"payload\"",
                "Content-Type: application/json",
                "",
                "{\"text\":\"by multipart\"}",
                "--BB--",
                "");
        says(parts(bot, body), 200, "ok");
        bot.expect("#dev").says("by multipart");
      }
      says(parts(bot, "--BB--"), 400, "invalid_payload");
      says(parts(bot, "nothing"), 400, "invalid_payload");
    }
  }

  private static FakeHttp.Reply parts(BotScenario bot, String body) {
    return bot.http()
        .request("POST", PATH)
        .header("Content-Type", "multipart/form-data; boundary=\"BB\"")
        .body(body.getBytes(StandardCharsets.UTF_8))
        .send();
  }

  @Test
  void blocks_say_what_they_say_on_slack() {
    try (BotScenario bot = bot(Map.of())) {
      String blocks =
          """
          {"text": "for notifications", "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "Deployed :tada:"}},
            {"type": "section", "text": {"type": "mrkdwn", "text": "to *production* &amp; more"},
             "fields": [{"type": "mrkdwn", "text": "by <https://a.example|Ann>"}],
             "accessory": {"type": "button", "text": {"type": "plain_text", "text": "Open"},
                           "url": "https://ci.example/8", "action_id": "x"}},
            {"type": "divider"},
            {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "ordered",
              "elements": [{"type": "rich_text_section", "elements": [
                {"type": "text", "text": "first*"}, {"type": "emoji", "name": "owl"}]}]}]},
            {"type": "markdown", "text": "**done**"},
            {"type": "context", "elements": [{"type": "image", "alt_text": "a cat",
              "image_url": "https://a.example/c.png"}, {"type": "mrkdwn", "text": "small"}]},
            {"type": "image", "image_url": "https://a.example/graph.png", "alt_text": "a graph"},
            {"type": "input", "label": {"type": "plain_text", "text": "?"}}, 17, {"type": []}]}
          """;
      says(bot.http().post(PATH, blocks), 200, "ok");
      bot.expect("#dev")
          .says(
              "Deployed 🎉\nto production & more\nby Ann <https://a.example>\nOpen"
                  + " <https://ci.example/8>\n1. first*🦉\ndone\na cat\nsmall\n"
                  + "a graph\nhttps://a.example/graph.png");
      String attached =
          "{\"attachments\": [{\"color\": \"#ff0000\", \"blocks\": [{\"type\": \"section\","
              + " \"text\": {\"type\": \"mrkdwn\", \"text\": \"in an _attachment_\"}}]}]}";
      says(bot.http().post(PATH, attached), 200, "ok");
      bot.expect("#dev").says("in an attachment");
    }
  }

  @Test
  void a_client_of_the_web_api_can_post_and_nothing_else() {
    try (BotScenario bot = bot(Map.of())) {
      FakeHttp.Reply reply =
          bot.http()
              .request("POST", PATH + "/chat.postMessage")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .body("channel=%23dev&text=hi+%26+bye&username=CI".getBytes(StandardCharsets.UTF_8))
              .send();
      assertThat(reply.text()).startsWith("{\"ok\":true,\"channel\":\"#dev\",\"ts\":\"");
      bot.expect("#dev").says("CI: hi & bye");
      String lost = "{\"channel\": \"#lost\", \"text\": \"x\"}";
      says(
          bot.http().post(PATH + "/chat.postMessage", lost),
          200,
          "{\"ok\":false,\"error\":\"channel_not_found\"}");
      says(
          bot.http().post(PATH + "/chat.delete", "{}"),
          200,
          "{\"ok\":false,\"error\":\"unknown_method\"}");
      says(
          bot.http().post("/hooks/builds/wrong/chat.postMessage", "{}"),
          200,
          "{\"ok\":false,\"error\":\"invalid_auth\"}");
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

  @Test
  void a_post_carries_links_names_pictures_and_cards_with_every_field() {
    Card card =
        Card.card("build 7 <failed>")
            .colour("#ff0000")
            .pretext(Text.markdown("see **this**"))
            .author(
                new Card.Author(
                    "Ann & Bea",
                    Optional.of(URI.create("https://a.example/ann")),
                    Optional.of(URI.create("https://a.example/ann.png"))))
            .title("Build 7", URI.create("https://ci.example/7?a=1&b=2"))
            .text(Text.markdown("*why*: [log](https://ci.example/7/log)"))
            .field("branch", "main")
            .field(new Card.Field("commit", "<!channel> is a branch", false))
            .image(URI.create("https://ci.example/7.png"))
            .thumbnail(URI.create("https://ci.example/7-small.png"))
            .footer("CI & co")
            .footerIcon(URI.create("https://ci.example/icon.png"))
            .at(Instant.ofEpochSecond(1_700_000_000))
            .build();
    Text text =
        Text.markdown("[Ann](mailto:ann@a.example) broke **it**: [7](https://ci.example/7) <@U1>");
    try (SlackDouble slack = SlackDouble.start();
        HttpClient client = HttpClient.newHttpClient()) {
      slack.channel("ops");
      SlackWebhook hook =
          new SlackWebhook(client, new Secret(slack.incomingWebhook("builds").toString()));
      hook.post(
          SlackPost.of(new Content(text, List.of(card), List.of())).as("CI", ":owl:").to("#ops"));
      var json = slack.channel("ops").messages().getLast().json();
      assertThat(json.path("text").asText())
          .isEqualTo("<mailto:ann@a.example|Ann> broke *it*: <https://ci.example/7|7> &lt;@U1&gt;");
      assertThat(json.path("username").asText()).isEqualTo("CI");
      assertThat(json.path("icons").path("emoji").asText()).isEqualTo(":owl:");
      Map<String, Object> attachment =
          new Gson()
              .fromJson(
                  json.path("attachments").path(0).toString(),
                  new TypeToken<Map<String, Object>>() {});
      assertThat(SlackNotation.card(attachment)).contains(readBack(card));
      hook.post(SlackPost.of(Content.of("see https://a.example/x?y=1&z=2, <!here>")));
      assertThat(slack.channel("builds").messages().getLast().text())
          .isEqualTo("see <https://a.example/x?y=1&amp;z=2>, &lt;!here&gt;");
    }
  }

  /** Marks are written in another way, and mean the same. */
  private static Card readBack(Card card) {
    return new Card(
        card.fallback(),
        card.colour(),
        Optional.of(Text.markdown("see **this**")),
        card.author(),
        card.title(),
        card.titleLink(),
        Optional.of(Text.markdown("*why*\\: [log](<https://ci.example/7/log>)")),
        card.fields(),
        card.image(),
        card.thumbnail(),
        card.footer(),
        card.footerIcon(),
        card.at());
  }

  @Test
  void slacks_seven_errors_are_seven_clear_errors() {
    try (SlackDouble slack = SlackDouble.start();
        HttpClient client = HttpClient.newHttpClient()) {
      SlackWebhook hook =
          new SlackWebhook(client, new Secret(slack.incomingWebhook("builds").toString()));
      SlackPost post = SlackPost.of(Content.of("x"));
      fails(hook, post.to("#nowhere"), "channel_not_found", "no such channel");
      fails(hook, post.to("@nobody"), "user_not_found", "no such member");
      slack.channel("old").isArchived();
      fails(hook, post.to("#old"), "channel_is_archived", "is archived");
      slack.prohibitWebhooks(true);
      fails(hook, post, "action_prohibited", "does not allow it");
      fails(hook, post.to("#general"), "posting_to_general_channel_denied", "general channel");
      slack.prohibitWebhooks(false);
      List<Card> many = Collections.nCopies(101, Card.card("c").build());
      fails(
          hook,
          SlackPost.of(new Content(Text.EMPTY, many, List.of())),
          "too_many_attachments",
          "more than 100");
      fails(hook, SlackPost.of(Content.of("")), "no_text", "nothing to say");
    }
    try (HttpClient client = HttpClient.newHttpClient();
        PlainServer server = PlainServer.answering(400, "invalid_payload")) {
      SlackWebhook hook = new SlackWebhook(client, new Secret(server.address()));
      fails(hook, SlackPost.of(Content.of("x")), "invalid_payload", "cannot read");
    }
  }

  private static void fails(SlackWebhook hook, SlackPost post, String error, String words) {
    assertThatThrownBy(() -> hook.post(post))
        .isInstanceOfSatisfying(
            SlackException.class, failed -> assertThat(failed.error()).isEqualTo(error))
        .hasMessageContaining(words)
        .hasMessageNotContaining("doubleSecret");
  }

  private static HooksSettings.OutgoingHookSettings outgoing(
      SlackDouble slack, Optional<String> channel) {
    return new HooksSettings.OutgoingHookSettings(
        new Secret(slack.incomingWebhook("builds").toString()),
        Optional.of("Owl"),
        Optional.of(":owl:"),
        channel);
  }

  @Test
  void a_short_secret_and_an_open_address_are_faults() {
    assertThatThrownBy(() ->
            new HooksSettings.IncomingHookSettings(new Secret("short"), "here/#dev", List.of(), 1))
        .isInstanceOf(SettingException.class);
    assertThatThrownBy(() ->
            new HooksSettings.OutgoingHookSettings(
                new Secret("http://hooks.example/x"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()))
        .isInstanceOf(SettingException.class);
  }
}

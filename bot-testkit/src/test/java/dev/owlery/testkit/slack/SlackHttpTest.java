package dev.owlery.testkit.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The requests that the double makes, and the addresses that need no token. */
final class SlackHttpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** One request as the bot got it. */
  private record Got(String body, String retry, String reason, boolean isSigned) {}

  private final SlackDouble slack =
      SlackDouble.builder().pace(SlackPace.DOCUMENTED.retryingAfter(Duration.ofMillis(50))).start();
  private final List<Got> got = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final Javalin bot =
      Javalin.create(
              config -> {
                config.startup.showJavalinBanner = false;
                config.jetty.host = "127.0.0.1";
                config.routes.post("/slack", this::answer);
              })
          .start(0);
  private final URI address = URI.create("http://127.0.0.1:" + bot.port() + "/slack");
  private final SlackHttp http = slack.usesHttp(SlackRequestUrls.all(address));
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
    bot.stop();
    slack.close();
  }

  private void answer(Context ctx) {
    String timestamp = ctx.header("X-Slack-Request-Timestamp");
    boolean signed =
        SlackSignatures.sign(slack.signingSecret(), timestamp, ctx.body())
            .equals(ctx.header("X-Slack-Signature"));
    got.add(
        new Got(
            ctx.body(),
            ctx.header("X-Slack-Retry-Num"),
            ctx.header("X-Slack-Retry-Reason"),
            signed));
    if (failures.getAndDecrement() > 0) {
      ctx.status(500);
    } else if (ctx.body().contains("url_verification")) {
      ctx.result(JsonNodes.text(JsonNodes.read(ctx.body()), "challenge"));
    } else if (ctx.body().startsWith("token=")) {
      ctx.result("{\"response_type\":\"in_channel\",\"text\":\"for all\"}");
    }
  }

  @Test
  void the_published_example_has_the_published_signature() {
    String body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2F"
            + "commands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    assertThat(SlackSignatures.sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body))
        .isEqualTo("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
  }

  @Test
  void an_address_is_verified_and_gets_signed_events() throws Exception {
    assertThat(http.verifies()).isTrue();
    slack.channel("general").invitesBot();
    slack.user("robin").in("general").says("hello");
    slack.await("the events", PATIENCE, () -> got.size() == 4);
    assertThat(got).allSatisfy(request -> assertThat(request.isSigned()).isTrue());
    assertThat(got.getLast().body()).contains("\"text\":\"hello\"", "\"event_callback\"");
  }

  @Test
  void what_failed_is_posted_again_and_says_so() {
    failures.set(3);
    slack.sends("{\"type\":\"novelty\"}");
    slack.await(
        "the fourth attempt",
        Duration.ofSeconds(30),
        () -> slack.deliveries().getLast().acknowledged());
    assertThat(got).extracting(Got::retry).containsExactly(null, "1", "2", "3");
    assertThat(got.getLast().reason()).isEqualTo("http_error");
  }

  @Test
  void a_slash_command_is_a_form_and_its_answer_is_shown() {
    SlackUser robin = slack.user("robin");
    SlackRoom general = robin.in("general");
    SlackRoom other = slack.user("ann").in("general");
    robin.slash(general, "/owl", "help me");
    assertThat(got.getLast().body()).contains("command=%2Fowl", "text=help+me", "trigger_id=");
    other.expect("for all");
  }

  @Test
  void a_classic_webhook_carries_its_token() throws Exception {
    String answer =
        http.outgoingWebhook(
            address, "t0k", slack.channel("general"), slack.user("ann"), "owl:", "owl: hi");
    assertThat(JsonNodes.text(JsonNodes.read(answer), "text")).isEqualTo("for all");
    assertThat(got.getLast().body()).contains("token=t0k", "trigger_word=owl%3A");
  }

  @Test
  void an_incoming_webhook_answers_in_the_documented_words() throws Exception {
    URI hook = slack.incomingWebhook("general");
    SlackRoom general = slack.user("robin").in("general");
    assertThat(post(hook, "{\"text\":\"hi\",\"username\":\"postie\"}")).isEqualTo("200 ok");
    SlackMessage seen = general.hears(PATIENCE).orElseThrow();
    assertThat(seen.subtype()).isEqualTo("bot_message");
    assertThat(JsonNodes.text(seen.json(), "username")).isEqualTo("postie");
    assertThat(post(hook, "nonsense")).isEqualTo("400 invalid_payload");
    assertThat(post(hook, "{}")).isEqualTo("400 no_text");
    assertThat(post(hook, "{\"text\":\"x\",\"channel\":\"#none\"}"))
        .isEqualTo("404 channel_not_found");
    assertThat(post(hook, "{\"text\":\"x\",\"channel\":\"@none\"}"))
        .isEqualTo("400 user_not_found");
    assertThat(post(hook, "{\"attachments\":[" + "{},".repeat(100) + "{}]}"))
        .isEqualTo("400 too_many_attachments");
    slack.prohibitWebhooks(true);
    assertThat(post(hook, "{\"text\":\"x\"}")).isEqualTo("403 posting_to_general_channel_denied");
    slack.channel("owls");
    assertThat(post(hook, "{\"text\":\"x\",\"channel\":\"owls\"}"))
        .isEqualTo("403 action_prohibited");
    slack.channel("owls").isArchived();
    assertThat(post(hook, "{\"text\":\"x\",\"channel\":\"owls\"}"))
        .isEqualTo("410 channel_is_archived");
    assertThat(post(URI.create(hook + "x"), "{\"text\":\"x\"}")).isEqualTo("404 no_service");
  }

  private String post(URI to, String body) throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(to).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  @Test
  void a_click_a_modal_and_an_answer_later() throws Exception {
    slack.channel("general").invitesBot();
    SlackUser robin = slack.user("robin");
    SlackRoom general = robin.in("general");
    post("chat.postMessage", CARD.replace("CHANNEL", general.channel()));
    robin.clicks(general.hears(PATIENCE).orElseThrow(), "Fill in");
    JsonNode click = slack.deliveries().getLast().payload();
    assertThat(click.at("/actions/0/value").asText()).isEqualTo("v1");
    String trigger = JsonNodes.text(click, "trigger_id");
    assertThat(post("views.open", MODAL.replace("TRIGGER", trigger))).contains("\"ok\":true");
    SlackModal modal = robin.modal(PATIENCE).orElseThrow();
    assertThat(modal.title()).isEqualTo("Questions");
    modal.fill("Name", "Robin").fill("Drink", "Tea").submit();
    JsonNode sent = slack.deliveries().getLast().payload();
    assertThat(sent.at("/view/state/values/b1/name/value").asText()).isEqualTo("Robin");
    assertThat(sent.at("/view/state/values/b2/drink/selected_option/value").asText())
        .isEqualTo("t");
    assertThat(robin.modal(Duration.ZERO)).isEmpty();
    assertThat(post("views.open", MODAL.replace("TRIGGER", trigger)))
        .contains("invalid_trigger_id");
    URI later = URI.create(JsonNodes.text(click, "response_url"));
    assertThat(post(later, "{\"text\":\"thanks\",\"replace_original\":true}")).isEqualTo("200 ok");
    assertThat(slack.channel("general").messages().getLast().text()).isEqualTo("thanks");
  }

  private static final String CARD =
      """
      {"channel":"CHANNEL","text":"a form","blocks":[{"type":"actions","block_id":"x","elements":[
       {"type":"button","action_id":"go","value":"v1","text":{"type":"plain_text","text":"Fill in"}}]}]}
      """;

  private static final String MODAL =
      """
      {"trigger_id":"TRIGGER","view":{"type":"modal","title":{"type":"plain_text","text":"Questions"},
       "blocks":[{"type":"input","block_id":"b1","label":{"type":"plain_text","text":"Name"},
         "element":{"type":"plain_text_input","action_id":"name"}},
        {"type":"input","block_id":"b2","label":{"type":"plain_text","text":"Drink"},
         "element":{"type":"static_select","action_id":"drink","options":[
          {"text":{"type":"plain_text","text":"Tea"},"value":"t"},
          {"text":{"type":"plain_text","text":"Coffee"},"value":"c"}]}}]}}
      """;

  private String post(String method, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(slack.apiUrl() + method))
            .header("Authorization", "Bearer " + slack.botToken())
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}

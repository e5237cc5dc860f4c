package dev.owlery.plugins.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.http.HmacSha256;
import dev.owlery.api.http.StandardWebhook;
import dev.owlery.api.settings.Secret;
import dev.owlery.plugins.webhooks.WebhooksSettings.IncomingWebhookSettings;
import dev.owlery.plugins.webhooks.WebhooksSettings.ItemTemplate;
import dev.owlery.plugins.webhooks.WebhooksSettings.SenderKind;
import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.FakeHttp;
import dev.owlery.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Only those who share the secret are believed, once, and in time. */
class WebhooksPluginTest {

  private static final String GITHUB = "It's a Secret to Everybody";
  private static final String STANDARD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String TOKEN = "token-of-the-tests";
  private static final long NOW = ManualClock.BEGINNING.getEpochSecond();
  private static final ItemTemplate PARTS =
      new ItemTemplate("{build.name} is {build.states.0}", "", "{url}", "{id}", "{build.states.0}");

  private static IncomingWebhookSettings hook(SenderKind kind, String secret, int perMinute) {
    return hook(kind, secret, perMinute, Optional.empty(), Optional.empty());
  }

  private static IncomingWebhookSettings hook(
      SenderKind kind,
      String secret,
      int perMinute,
      Optional<String> signature,
      Optional<String> time) {
    return new IncomingWebhookSettings(
        kind,
        new Secret(secret),
        "ci",
        Duration.ofMinutes(5),
        perMinute,
        10_000,
        signature,
        time,
        PARTS);
  }

  private static BotScenario bot() {
    return bot(0);
  }

  private static BotScenario bot(int perMinute) {
    Map<String, IncomingWebhookSettings> hooks = new LinkedHashMap<>();
    hooks.put("hub", hook(SenderKind.GITHUB, GITHUB, perMinute));
    hooks.put("lab", hook(SenderKind.GITLAB, TOKEN, perMinute));
    hooks.put("signed", hook(SenderKind.GITLAB, STANDARD, perMinute));
    hooks.put("standard", hook(SenderKind.STANDARD, STANDARD, perMinute));
    hooks.put("bearer", hook(SenderKind.GENERIC, TOKEN, perMinute));
    hooks.put(
        "mac",
        hook(SenderKind.GENERIC, TOKEN, perMinute, Optional.of("X-Sign"), Optional.of("X-Time")));
    return BotScenario.with(WebhooksPlugin.class)
        .settings(new WebhooksSettings(hooks))
        .grant("everyone", "view", "webhooks.manage")
        .topic("ci", "here/#ci")
        .start();
  }

  private static FakeHttp.Request request(BotScenario bot, String hook, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    FakeHttp.Request request = bot.http().request("POST", "/webhooks/" + hook).body(bytes);
    return switch (hook) {
      case "hub" ->
          request
              .header("X-GitHub-Event", "ping")
              .header("X-Hub-Signature-256", "sha256=" + mac(GITHUB).hex("", bytes));
      case "lab" -> request.header("X-Gitlab-Token", TOKEN);
      case "signed", "standard" -> {
        StandardWebhook signing = StandardWebhook.of(new Secret(STANDARD)).orElseThrow();
        String id = "msg_" + body.hashCode();
        yield request
            .header("webhook-id", id)
            .header("webhook-timestamp", Long.toString(NOW))
            .header("webhook-signature", "v1,AAAA " + signing.sign(id, Long.toString(NOW), bytes));
      }
      case "bearer" -> request.header("Authorization", "Bearer " + TOKEN);
      default ->
          request
              .header("X-Time", Long.toString(NOW))
              .header("X-Sign", mac(TOKEN).hex(NOW + ".", bytes));
    };
  }

  private static HmacSha256 mac(String secret) {
    return new HmacSha256(new Secret(secret));
  }

  private static Received received(String body, String... headers) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return new Received(
        name -> Optional.ofNullable(all.get(name)), body.getBytes(StandardCharsets.UTF_8));
  }

  /** From GitHub's page on validating deliveries. */
  @Test
  void the_signature_that_github_documents_is_believed() throws RequestRefused {
    IncomingWebhookSettings github = hook(SenderKind.GITHUB, GITHUB, 0);
    String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    Received good = received("Hello, World!", "X-Hub-Signature-256", signature);
    assertThat(Authenticator.check(github, good, ManualClock.BEGINNING)).isEqualTo(signature);
    assertThatThrownBy(() ->
            Authenticator.check(
                github,
                received("Hello, World?", "X-Hub-Signature-256", signature),
                ManualClock.BEGINNING))
        .hasMessage("wrong_signature");
  }

  /**
   * GitLab prints no signature of its own: it documents that it signs as Standard Webhooks does,
   * and the example is theirs. A secret token is shown as it is.
   */
  @Test
  void the_signature_that_standard_webhooks_document_is_believed_from_gitlab_too()
      throws RequestRefused {
    Instant then = Instant.ofEpochSecond(1_614_265_330);
    String id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    String[] headers = {
      "webhook-id", id,
      "webhook-timestamp", "1614265330",
      "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    };
    Received good = received("{\"test\": 2432232314}", headers);
    Received changed = received("{\"test\": 2432232315}", headers);
    for (SenderKind kind : List.of(SenderKind.STANDARD, SenderKind.GITLAB)) {
      IncomingWebhookSettings hook = hook(kind, STANDARD, 0);
      assertThat(Authenticator.check(hook, good, then)).isEqualTo(id);
      assertThatThrownBy(() -> Authenticator.check(hook, changed, then))
          .hasMessage("wrong_signature");
      assertThatThrownBy(() -> Authenticator.check(hook, good, then.plusSeconds(301)))
          .hasMessage("wrong_timestamp");
    }
    IncomingWebhookSettings token = hook(SenderKind.GITLAB, TOKEN, 0);
    Received shown = received("{}", "X-Gitlab-Token", TOKEN, "Idempotency-Key", "k1");
    assertThat(Authenticator.check(token, shown, then)).isEqualTo("k1");
    assertThatThrownBy(() -> Authenticator.check(token, received("{}"), then))
        .hasMessage("no_signature");
  }

  @Test
  void events_of_github_are_told() {
    try (BotScenario bot = bot()) {
      String push =
          "{\"ref\": \"refs/heads/main\", \"compare\": \"https://github.example/c\", \"pusher\": {\"name\": \"ann\"},"
              + " \"repository\": {\"full_name\": \"o/r\"}, \"commits\": [{\"message\": \"one\\n\\nmore\"}, {\"message\": \"two\"}]}";
      assertThat(request(bot, "hub", push).header("X-GitHub-Event", "push").send().text())
          .isEqualTo("ok\n");
      bot.expect("#ci")
          .says("o/r: ann pushed 2 commits to main\none\ntwo\nhttps://github.example/c");
      String run =
          "{\"action\": \"completed\", \"repository\": {\"full_name\": \"o/r\"}, \"workflow_run\": {\"name\": \"build\","
              + " \"head_branch\": \"main\", \"conclusion\": \"failure\", \"html_url\": \"https://github.example/7\"}}";
      request(bot, "hub", run).header("X-GitHub-Event", "workflow_run").send();
      bot.expect("#ci").says("WARNING: o/r: build on main: failure\nhttps://github.example/7");
      String merge =
          "{\"action\": \"closed\", \"sender\": {\"login\": \"bob\"}, \"repository\": {\"full_name\": \"o/r\"}, \"pull_request\":"
              + " {\"number\": 5, \"merged\": true, \"title\": \"Fix\\nit\", \"html_url\": \"javascript:x\"}}";
      request(bot, "hub", merge).header("X-GitHub-Event", "pull_request").send();
      bot.expect("#ci").says("o/r: bob merged pull request #5: Fix it");
      assertThat(
              request(bot, "hub", "{\"commits\": []}")
                  .header("X-GitHub-Event", "push")
                  .send()
                  .text())
          .isEqualTo("nothing_to_tell\n");
    }
  }

  @Test
  void events_of_gitlab_are_told_with_a_token_and_with_a_signature() {
    try (BotScenario bot = bot()) {
      String pipeline =
          "{\"object_kind\": \"pipeline\", \"project\": {\"path_with_namespace\": \"g/p\"}, \"object_attributes\":"
              + " {\"ref\": \"main\", \"status\": \"failed\", \"url\": \"https://gitlab.example/1\"}}";
      request(bot, "lab", pipeline).send();
      bot.expect("#ci").says("WARNING: g/p: pipeline on main: failed\nhttps://gitlab.example/1");
      String merge =
          "{\"object_kind\": \"merge_request\", \"user\": {\"name\": \"Ann\"}, \"project\": {\"path_with_namespace\": \"g/p\"},"
              + " \"object_attributes\": {\"iid\": 3, \"action\": \"open\", \"title\": \"New\", \"url\": \"https://gitlab.example/3\"}}";
      assertThat(request(bot, "signed", merge).send().status()).isEqualTo(200);
      bot.expect("#ci").says("g/p: Ann opened merge request !3: New\nhttps://gitlab.example/3");
      assertThat(request(bot, "lab", merge).header("X-Gitlab-Token", "other").send().status())
          .isEqualTo(401);
    }
  }

  /** GitHub's signature says no time, so only memory keeps it from being good for ever. */
  @Test
  void aSignatureWithoutATimeIsGoodOnceInAYear() {
    try (BotScenario bot = bot()) {
      String body = "{\"zen\": \"Owls see\"}";
      assertThat(request(bot, "hub", body).send().status()).isEqualTo(200);
      bot.expect("#ci").says("the webhook works: Owls see");
      bot.turn(Duration.ofDays(8)); // other keys are forgotten after seven
      assertThat(request(bot, "hub", body).send().status()).isEqualTo(200);
      bot.expect("#ci").nothing();
    }
  }

  @Test
  void anybodys_json_is_told_by_a_template_once_for_each_key() {
    try (BotScenario bot = bot()) {
      String body =
          "{\"id\": 7, \"url\": \"https://ci.example/7\", \"build\": {\"name\": \"web\", \"states\": [\"failed\"]}}";
      for (String hook : new String[] {"bearer", "mac", "standard"}) {
        assertThat(request(bot, hook, body).send().status()).isEqualTo(200);
        assertThat(request(bot, hook, body).send().status()).isEqualTo(200);
        bot.expect("#ci").says("WARNING: web is failed\nhttps://ci.example/7");
      }
      bot.expect("#ci").nothing();
    }
  }

  @Test
  void what_is_too_old_too_long_or_too_much_is_refused() {
    try (BotScenario bot = bot(3)) {
      String body = "{\"id\": 1}";
      assertThat(request(bot, "bearer", "[1]").send().text()).startsWith("no_json: ");
      assertThat(request(bot, "bearer", "{\"a\": \"" + "x".repeat(20_000) + "\"}").send().status())
          .isEqualTo(413);
      assertThat(request(bot, "nothing", body).send().status()).isEqualTo(404);
      FakeHttp.Request mac = request(bot, "mac", body);
      FakeHttp.Request standard = request(bot, "standard", body);
      assertThat(mac.send().status()).isEqualTo(200);
      bot.turn(Duration.ofMinutes(6));
      assertThat(mac.send().text()).startsWith("wrong_timestamp: the time is 360 s behind ours");
      assertThat(standard.send().text())
          .startsWith("wrong_timestamp: the time is 360 s behind ours");
      for (int i = 0; i < 3; i++) {
        assertThat(request(bot, "bearer", "{\"id\": \"r" + i + "\"}").send().status())
            .isEqualTo(200);
      }
      assertThat(request(bot, "bearer", body).send().status()).isEqualTo(429);
      bot.turn(Duration.ofMinutes(1));
      assertThat(request(bot, "bearer", body).send().status()).isEqualTo(200);
    }
  }

  @Test
  void two_thousand_mutated_requests_are_refused() {
    Random random = new Random(20_261_122);
    String[] hooks = {"hub", "signed", "standard", "mac", "lab", "bearer"};
    try (BotScenario bot = bot()) {
      for (int i = 0; i < 2_000; i++) {
        String hook = hooks[i % hooks.length];
        FakeHttp.Request good =
            request(bot, hook, "{\"id\": \"m" + i + "\", \"zen\": \"keep it\"}");
        FakeHttp.Reply reply = mutated(good, hook, random).send();
        assertThat(reply.status()).as(hook + " " + i).isEqualTo(401);
      }
      bot.expect("#ci").nothing();
      assertThat(request(bot, "hub", "{\"zen\": \"good\"}").send().status()).isEqualTo(200);
      bot.expect("#ci").says("the webhook works: good");
    }
  }

  /** Changes one thing that is signed, or the signature; with a bare token, the token. */
  private static FakeHttp.Request mutated(FakeHttp.Request good, String hook, Random random) {
    String header =
        switch (hook) {
          case "hub" -> "x-hub-signature-256";
          case "lab" -> "x-gitlab-token";
          case "bearer" -> "authorization";
          case "mac" -> random.nextBoolean() ? "x-sign" : "x-time";
          default ->
              new String[] {"webhook-id", "webhook-timestamp", "webhook-signature"}
                  [random.nextInt(3)];
        };
    boolean body = !hook.equals("lab") && !hook.equals("bearer") && random.nextBoolean();
    if (body) {
      byte[] bytes = new byte[good.body().remaining()];
      good.body().duplicate().get(bytes);
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
      return good.body(bytes);
    }
    String value = good.headers().get(header);
    if (header.equals("webhook-signature")) {
      value = value.substring(value.indexOf(' ') + 1);
    }
    int at = random.nextInt(value.length());
    return switch (random.nextInt(4)) {
      case 0 -> good.header(header, "");
      case 1 -> good.header(header, value.substring(0, at));
      case 2 -> good.header(header, value + value.charAt(at));
      default -> {
        char other = value.charAt(at) == 'x' ? 'y' : 'x';
        yield good.header(header, value.substring(0, at) + other + value.substring(at + 1));
      }
    };
  }

  @Test
  void a_webhook_is_tested_by_a_request_like_any_other() {
    try (BotScenario bot = bot()) {
      bot.user("ann").in("#dev").says("!webhook test hub");
      bot.expect("#dev")
          .says(
              "took a signed sample, and publishes it on ci; the address is"
                  + " http://bot.test/webhooks/hub");
      bot.expect("#ci").says("the webhook works: a test of webhook hub");
      for (String hook : List.of("lab", "signed")) {
        bot.user("ann").in("#dev").says("!webhook test " + hook);
        bot.expect("#dev").saysWith("took a signed sample");
        bot.expect("#ci").saysWith("a test of webhook " + hook);
      }
      for (String hook : List.of("standard", "bearer", "mac", "mac")) {
        bot.user("ann").in("#dev").says("!webhook test " + hook);
        bot.expect("#dev").saysWith("took a signed sample");
        bot.expect("#ci").says("name is 0");
      }
      bot.user("ann").in("#dev").says("!webhook list");
      bot.expect("#dev").saysWith("lab: gitlab at http://bot.test/webhooks/lab, on ci");
    }
    try (BotScenario bot = bot(1)) {
      assertThat(request(bot, "bearer", "{\"id\": 1}").send().status()).isEqualTo(200);
      bot.user("ann").in("#dev").says("!webhook test bearer");
      bot.expect("#dev").saysWith("a signed sample is refused: status 429");
    }
  }

  @Test
  void what_comes_again_with_its_idempotency_key_is_told_once() {
    try (BotScenario bot = bot()) {
      String body = "{\"build\": {\"name\": \"web\", \"states\": [\"fine\"]}}";
      for (String key : List.of("one", "one", "two")) {
        FakeHttp.Request post = request(bot, "bearer", body).header("Idempotency-Key", key);
        assertThat(post.send().status()).isEqualTo(200);
      }
      bot.expect("#ci").says("web is fine");
      bot.expect("#ci").says("web is fine");
      bot.expect("#ci").nothing();
    }
  }
}

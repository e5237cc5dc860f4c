package dev.owlery.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.SettingException;
import dev.owlery.testkit.LiveBot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items are posted, signed, in order, until they are taken; under the same id each time. */
class WebhookAdapterTest {

  private static final AccountId PAGER = new AccountId("pager");
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir private Path data;
  private final List<Posted> posted = new CopyOnWriteArrayList<>();
  private final List<Integer> answers = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private HttpServer server;

  private record Posted(Headers headers, String body, int status) {
    String id() {
      return headers.getFirst("webhook-id");
    }

    String key() {
      return json().get("key").getAsString();
    }

    JsonObject json() {
      return JsonParser.parseString(body).getAsJsonObject();
    }
  }

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = answers.isEmpty() ? 204 : answers.removeFirst();
            posted.add(new Posted(exchange.getRequestHeaders(), body, status));
            awaitRelease();
            if (status > 0) {
              exchange.sendResponseHeaders(status, -1);
            }
          }
        });
    server.start();
  }

  /** Keeps the first answer back until the bot has had time to make all items. */
  private void awaitRelease() {
    try {
      boolean isInTime = released.await(10, TimeUnit.SECONDS);
      assertThat(isInTime).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private WebhookSettings settings(String... topics) {
    return new WebhookSettings(
        new Secret("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"),
        new Secret(SECRET),
        List.of(topics),
        false,
        Duration.ofSeconds(30));
  }

  private LiveBot bot() {
    return bot("deploys");
  }

  private LiveBot bot(String... topics) {
    LiveBot bot =
        LiveBot.start(
            PAGER,
            new WebhookAdapterProvider(),
            settings(topics),
            LiveBot.BotParts.of(PublisherPlugin.class).remembering(data));
    released.countDown();
    return bot;
  }

  private void awaitPosted(int count) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (posted.size() < count && System.nanoTime() < end) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(posted).hasSize(count);
  }

  @Test
  void items_are_posted_and_signed() throws Exception {
    try (LiveBot bot = bot()) {
      awaitPosted(3);
      assertThat(bot.phase()).isEqualTo(Phase.ONLINE);
    }
    assertThat(posted.getFirst().json().toString())
        .isEqualTo(
            "{\"topic\":\"deploys\",\"key\":\"k1\",\"title\":\"Version 1\",\"text\":\"more\","
                + "\"link\":\"https://n.example/1\",\"severity\":\"warning\","
                + "\"fields\":{\"host\":\"web\\\"1\"}}");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET.substring(6)), "HmacSHA256"));
    for (Posted each : posted) {
      String signed =
          each.id() + "." + each.headers().getFirst("webhook-timestamp") + "." + each.body();
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      assertThat(each.headers().getFirst("webhook-signature"))
          .isEqualTo("v1," + Base64.getEncoder().encodeToString(signature));
      assertThat(each.headers().getFirst("Idempotency-Key")).isEqualTo(each.id());
    }
    assertThat(posted).extracting(Posted::id).doesNotHaveDuplicates();
  }

  @Test
  void what_is_not_taken_is_posted_again_under_the_same_id_and_in_order() {
    answers.addAll(List.of(503, 500, 204));
    try (LiveBot _ = bot()) {
      awaitPosted(5);
    }
    assertThat(posted).extracting(Posted::key).containsExactly("k1", "k1", "k1", "k2", "k3");
    assertThat(posted.stream().map(Posted::id).distinct()).hasSize(3);
  }

  @Test
  void no_item_overtakes_one_that_the_other_side_does_not_take_yet() {
    answers.addAll(List.of(204, 503, 204, 204));
    try (LiveBot _ = bot()) {
      awaitPosted(4);
    }
    assertThat(posted.stream().filter(each -> each.status() == 204).map(Posted::key))
        .containsExactly("k1", "k2", "k3");
  }

  @Test
  void topics_may_be_patterns_and_an_item_is_posted_once_by_several() {
    try (LiveBot _ = bot("other.*", "deploys.**", "*")) {
      awaitPosted(3);
    }
    assertThat(posted).extracting(Posted::id).doesNotHaveDuplicates();
  }

  @Test
  void an_open_address_and_no_topic_are_faults() {
    assertThatThrownBy(() -> settings("deploys.**.x")).isInstanceOf(SettingException.class);
    assertThatThrownBy(() ->
            new WebhookSettings(
                new Secret("http://hooks.example/x"),
                new Secret(SECRET),
                List.of("deploys"),
                false,
                Duration.ofSeconds(5)))
        .isInstanceOf(SettingException.class);
    assertThatThrownBy(() ->
            new WebhookSettings(
                new Secret("https://hooks.example/x"),
                new Secret(SECRET),
                List.of(),
                false,
                Duration.ofSeconds(5)))
        .isInstanceOf(SettingException.class);
  }
}

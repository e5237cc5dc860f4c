package dev.owlery.adapter.webhook;

import com.google.gson.JsonObject;
import dev.owlery.api.action.PublishItem;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.content.Item;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts items, signed as standardwebhooks.com says. Each attempt at an item has the same id, which
 * is its idempotency key too: whoever gets it twice can tell. Waits; one thread.
 */
final class WebhookOutbound {
  private static final String MAC = "HmacSHA256";
  private static final String PREFIX = "whsec_";
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final WebhookSettings settings;
  private final Clock clock;
  private final HttpClient http;
  private final byte[] key;

  WebhookOutbound(WebhookSettings settings, Clock clock, HttpClient http) {
    this.settings = settings;
    this.clock = clock;
    this.http = http;
    this.key = key(settings.secret().reveal());
  }

  private static byte[] key(String secret) {
    try {
      return secret.startsWith(PREFIX)
          ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
          : secret.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException noBase64) {
      return secret.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Posts an item once. */
  Outcome post(PublishItem publish, String id) {
    String body = body(publish).toString();
    String time = Long.toString(clock.instant().getEpochSecond());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(settings.url().reveal()))
            .timeout(settings.patience())
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "Owlery")
            .header("Idempotency-Key", id)
            .header("webhook-id", id)
            .header("webhook-timestamp", time)
            .header("webhook-signature", signature(id + "." + time + "." + body))
            .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build();
    try {
      return outcome(http.send(request, BodyHandlers.discarding()));
    } catch (ConnectException nobody) {
      return new Outcome.NotSent(Duration.ZERO, "nobody answers there");
    } catch (IOException lost) {
      // The address is a secret, and an exception may name it.
      return new Outcome.Doubtful("there was no answer");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Outcome.Doubtful("the bot stops");
    }
  }

  private static Outcome outcome(HttpResponse<?> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return new Outcome.Settled(Receipt.DELIVERED);
    }
    if (status == 429 || status == 408 || status >= 500) {
      return new Outcome.NotSent(pause(response), "the other side says " + status);
    }
    return Outcome.refused("the other side says " + status);
  }

  private static Duration pause(HttpResponse<?> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("");
    if (!seconds.matches("[0-9]{1,6}")) {
      return Duration.ZERO;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(seconds));
    return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
  }

  private String signature(String signed) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException always) {
      throw new IllegalStateException(always);
    }
  }

  private static JsonObject body(PublishItem publish) {
    Item item = publish.item();
    JsonObject body = new JsonObject();
    body.addProperty("topic", publish.topic());
    body.addProperty("key", item.key());
    body.addProperty("title", item.title());
    body.addProperty("text", item.text().plain());
    item.link().ifPresent(link -> body.addProperty("link", link.toString()));
    body.addProperty("severity", item.severity().name().toLowerCase(Locale.ROOT));
    JsonObject fields = new JsonObject();
    item.fields().forEach(fields::addProperty);
    body.add("fields", fields);
    return body;
  }
}

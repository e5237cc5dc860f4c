package dev.owlery.adapter.webhook;

import com.google.gson.JsonObject;
import dev.owlery.api.action.PublishItem;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.content.Item;
import dev.owlery.api.http.RetryAfter;
import dev.owlery.api.http.StandardWebhook;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/**
 * Posts items, signed as standardwebhooks.com says. Each attempt at an item has the same id, which
 * is its idempotency key too: whoever gets it twice can tell. Waits; one thread.
 */
final class WebhookOutbound {
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final WebhookSettings settings;
  private final Clock clock;
  private final HttpClient http;
  private final StandardWebhook signing;

  WebhookOutbound(WebhookSettings settings, Clock clock, HttpClient http) {
    this.settings = settings;
    this.clock = clock;
    this.http = http;
    this.signing = StandardWebhook.ofText(settings.secret());
  }

  /** Posts an item once. */
  Outcome post(PublishItem publish, String id) {
    byte[] body = body(publish).toString().getBytes(StandardCharsets.UTF_8);
    String time = Long.toString(clock.instant().getEpochSecond());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(settings.url().reveal()))
            .timeout(settings.patience())
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "Owlery")
            .header("Idempotency-Key", id)
            .header(StandardWebhook.ID, id)
            .header(StandardWebhook.TIME, time)
            .header(StandardWebhook.SIGNATURE, signing.sign(id, time, body))
            .POST(BodyPublishers.ofByteArray(body))
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

  private Outcome outcome(HttpResponse<?> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return new Outcome.Settled(Receipt.DELIVERED);
    }
    if (status == 429 || status == 408 || status >= 500) {
      return new Outcome.NotSent(
          response
              .headers()
              .firstValue("Retry-After")
              .flatMap(value -> RetryAfter.read(value, clock.instant(), LONGEST_PAUSE))
              .orElse(Duration.ZERO),
          "the other side says " + status);
    }
    return Outcome.refused("the other side says " + status);
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

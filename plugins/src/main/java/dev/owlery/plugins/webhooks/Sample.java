package dev.owlery.plugins.webhooks;

import com.google.gson.JsonObject;
import dev.owlery.api.http.HmacSha256;
import dev.owlery.api.http.StandardWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request as whoever posts to a webhook makes it, signed with the webhook's secret. */
final class Sample {

  private Sample() {}

  /**
   * Makes a request.
   *
   * @param name the webhook's
   * @param settings its settings
   * @param now when it is made
   * @param mark what makes it another one than those before
   */
  static Received of(
      String name, WebhooksSettings.IncomingWebhookSettings settings, Instant now, String mark) {
    byte[] body = body(name, settings, mark).toString().getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers =
        headers(settings, Long.toString(now.getEpochSecond()), mark, body);
    return new Received(header -> Optional.ofNullable(headers.get(header)), body);
  }

  private static JsonObject body(
      String name, WebhooksSettings.IncomingWebhookSettings settings, String mark) {
    String title = "a test of webhook " + name;
    JsonObject body = new JsonObject();
    switch (settings.kind()) {
      case GITHUB -> body.addProperty("zen", title);
      case GITLAB -> body.addProperty("object_kind", title);
      case STANDARD, GENERIC -> fill(body, settings.template(), mark);
    }
    body.addProperty("sample", mark);
    return body;
  }

  /** Each part of the JSON that the template asks for says its own name. */
  private static void fill(JsonObject body, WebhooksSettings.ItemTemplate parts, String mark) {
    WebhookJson.holes(parts.key())
        .map(hole -> hole.group(1))
        .forEach(path -> set(body, path, mark));
    WebhookJson.holes(parts.title() + parts.text())
        .map(hole -> hole.group(1))
        .forEach(path -> set(body, path, path.substring(path.lastIndexOf('.') + 1)));
  }

  private static void set(JsonObject body, String path, String value) {
    JsonObject at = body;
    String[] steps = path.split("\\.", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      if (!(at.get(steps[i]) instanceof JsonObject)) {
        at.add(steps[i], new JsonObject());
      }
      at = at.getAsJsonObject(steps[i]);
    }
    if (!at.has(steps[steps.length - 1])) {
      at.addProperty(steps[steps.length - 1], value);
    }
  }

  private static Map<String, String> headers(
      WebhooksSettings.IncomingWebhookSettings settings, String time, String mark, byte[] body) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    switch (settings.kind()) {
      case GITHUB -> {
        headers.put("X-GitHub-Event", "ping");
        headers.put(
            Authenticator.GITHUB_SIGNATURE,
            Authenticator.SHA256 + new HmacSha256(settings.secret()).hex("", body));
      }
      case GITLAB -> {
        if (StandardWebhook.isMarked(settings.secret())) {
          sign(headers, settings, time, mark, body);
        }
        headers.put(Authenticator.GITLAB_TOKEN, settings.secret().reveal());
      }
      case STANDARD -> sign(headers, settings, time, mark, body);
      case GENERIC -> {
        headers.put("Authorization", "Bearer " + settings.secret().reveal());
        settings.timestamp().ifPresent(header -> headers.put(header, time));
        String begin = settings.timestamp().isPresent() ? time + "." : "";
        settings
            .signature()
            .ifPresent(
                header -> headers.put(header, new HmacSha256(settings.secret()).hex(begin, body)));
      }
    }
    return headers;
  }

  private static void sign(
      Map<String, String> headers,
      WebhooksSettings.IncomingWebhookSettings settings,
      String time,
      String mark,
      byte[] body) {
    StandardWebhook.of(settings.secret())
        .ifPresent(signing -> {
          headers.put(StandardWebhook.ID, mark);
          headers.put(StandardWebhook.TIME, time);
          headers.put(StandardWebhook.SIGNATURE, signing.sign(mark, time, body));
        });
  }
}

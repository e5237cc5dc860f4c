package dev.owlery.adapter.slack.delivery;

import com.google.gson.JsonObject;
import dev.owlery.adapter.slack.api.SlackSettings;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.http.Http;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import dev.owlery.api.settings.Secret;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Slack asks of our HTTP listener: events, slash commands and interactions at one address,
 * each signed, and classic outgoing webhooks at another. Answers within Slack's three seconds, and
 * well only when the event is recorded. Any thread.
 */
public final class HttpEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
  private static final int LONGEST_BODY = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMillis(2_800);
  private static final HttpReply REFUSED = HttpReply.text(401, "not signed by Slack\n");
  private static final HttpReply LATER =
      HttpReply.text(503, "not recorded, come again\n").with("Retry-After", "1");

  private final String path;
  private final Optional<Signature> signature;
  private final List<Secret> webhookTokens;
  private final Deliveries deliveries;

  public HttpEndpoint(String account, SlackSettings settings, Clock clock, Deliveries deliveries) {
    this.path = "/slack/" + account;
    this.signature = settings.signingSecret().map(secret -> new Signature(secret, clock));
    this.webhookTokens = settings.webhookTokens();
    this.deliveries = deliveries;
  }

  /**
   * Opens the address for events, slash commands and interactions.
   *
   * @param http the listener
   * @return ends it
   */
  Http.Route openEvents(Http http) {
    return http.route("POST", path, this::signed);
  }

  /**
   * Opens the address for classic outgoing webhooks.
   *
   * @param http the listener
   * @return ends it
   */
  public Http.Route openWebhook(Http http) {
    return http.route("POST", path + "/webhook", this::webhook);
  }

  private HttpReply signed(HttpRequest request) throws IOException {
    Optional<String> time = request.header("X-Slack-Request-Timestamp");
    Optional<String> sign = request.header("X-Slack-Signature");
    if (signature.isEmpty()) {
      return refused(request, Signature.SignatureFault.WRONG);
    }
    Optional<Signature.SignatureFault> obvious = signature.get().checkHeaders(time, sign);
    if (obvious.isPresent()) {
      return refused(request, obvious.get());
    }
    byte[] body = request.body(LONGEST_BODY);
    Optional<Signature.SignatureFault> fault = signature.get().check(time, sign, body);
    if (fault.isPresent()) {
      return refused(request, fault.get());
    }
    request.proven();
    HttpReply reply = answer(request.header("Content-Type").orElse(""), body);
    if (reply.status() >= 500) {
      signature.ifPresent(check -> check.forget(sign));
    }
    return reply;
  }

  private static HttpReply refused(HttpRequest request, Signature.SignatureFault fault) {
    request.refused(fault.words());
    return REFUSED;
  }

  private HttpReply answer(String type, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    if (type.startsWith("application/json")) {
      Optional<JsonObject> payload = SlackJson.parse(text);
      return payload.map(this::event).orElseGet(() -> HttpReply.text(400, "this is no JSON\n"));
    }
    JsonObject form = form(text);
    if (SlackJson.has(form, "payload")) {
      return SlackJson.parse(SlackJson.text(form, "payload"))
          .map(payload -> deliver("interactive", payload))
          .orElseGet(() -> HttpReply.text(400, "this is no JSON\n"));
    }
    return SlackJson.has(form, "command") ? deliver("slash_commands", form) : HttpReply.of(200);
  }

  private HttpReply event(JsonObject payload) {
    return switch (SlackJson.text(payload, "type")) {
      case "url_verification" -> HttpReply.text(200, SlackJson.text(payload, "challenge"));
      case "event_callback", "app_rate_limited" -> deliver("events_api", payload);
      default -> HttpReply.of(200);
    };
  }

  private HttpReply deliver(String type, JsonObject payload) {
    CompletableFuture<Optional<JsonObject>> taken =
        deliveries.take(type, payload).toCompletableFuture();
    try {
      return taken
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .map(answer -> HttpReply.json(200, answer.toString()))
          .orElseGet(() -> HttpReply.of(200));
    } catch (ExecutionException | TimeoutException notRecorded) {
      LOG.warn("a delivery was not recorded in time, and so not acknowledged", notRecorded);
      return LATER;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return LATER;
    }
  }

  private HttpReply webhook(HttpRequest request) throws IOException {
    JsonObject form = form(new String(request.body(LONGEST_BODY), StandardCharsets.UTF_8));
    String given = SlackJson.text(form, "token");
    boolean known = false;
    for (Secret token : webhookTokens) {
      known |= token.is(given);
    }
    if (!known) {
      request.refused("it has no token of webhook-tokens");
      return HttpReply.text(401, "no known token\n");
    }
    return deliver("outgoing_webhook", form);
  }

  /** Reads the fields of a form. */
  public static JsonObject form(String body) {
    JsonObject form = new JsonObject();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.addProperty(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException noEscape) {
      return text;
    }
  }
}

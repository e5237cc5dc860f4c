package dev.owlery.plugins.hooks;

import com.google.gson.JsonObject;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a client of Slack's Web API sends, and what it expects to be told. */
final class ApiCall {

  /** So long a client waits to hear what the network said; then the post goes on without it. */
  private static final long PATIENCE_SECONDS = 3;

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Optional<MessageId> NO_ID = Optional.empty();

  private ApiCall() {}

  /**
   * What was posted as a form: with escapes, or in several parts, as {@code curl -F} does.
   *
   * @param request for its content type
   * @param body which has been read
   * @return its fields; empty if it is no form
   */
  static Optional<Fields> form(HttpRequest request, String body) {
    String type = request.header("Content-Type").orElse("").strip();
    if (type.regionMatches(true, 0, FORM, 0, FORM.length())) {
      return Optional.of(form(body));
    }
    return Multipart.boundary(type).map(boundary -> Multipart.fields(boundary, body));
  }

  /** The arguments: of a form or of JSON. */
  static Fields fields(HttpRequest request, int longest) throws IOException {
    String body = new String(request.body(longest), StandardCharsets.UTF_8);
    return form(request, body).or(() -> Fields.parse(body)).orElse(Fields.NONE);
  }

  /** Reads a form; what is no proper escape stands for itself. */
  static Fields form(String body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new Fields(form);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException noEscape) {
      return text;
    }
  }

  static HttpReply refused(String error) {
    return refused(200, error);
  }

  static HttpReply refused(int status, String error) {
    JsonObject answer = new JsonObject();
    answer.addProperty("ok", false);
    answer.addProperty("error", error);
    return HttpReply.json(status, answer.toString());
  }

  static HttpReply whoWeAre(String name) {
    JsonObject answer = new JsonObject();
    answer.addProperty("ok", true);
    answer.addProperty("user", name);
    answer.addProperty("team", name);
    return HttpReply.json(200, answer.toString());
  }

  /** That it is on its way; under the message's own id, if the network gives it in time. */
  static HttpReply posted(CompletionStage<Receipt> said, Payload payload, Instant now) {
    Optional<Receipt> receipt = receipt(said);
    if (receipt.isPresent() && !(receipt.get() instanceof Receipt.Delivered)) {
      return refused("message_not_delivered");
    }
    String ts =
        receipt
            .map(known -> known instanceof Receipt.Delivered(Optional<MessageId> id) ? id : NO_ID)
            .flatMap(id -> id)
            .map(MessageId::value)
            .orElseGet(() -> timestamp(now));
    JsonObject message = new JsonObject();
    message.addProperty("type", "message");
    message.addProperty("text", payload.content().plain());
    message.addProperty("ts", ts);
    JsonObject answer = new JsonObject();
    answer.addProperty("ok", true);
    answer.addProperty("channel", payload.channel());
    answer.addProperty("ts", ts);
    answer.add("message", message);
    return HttpReply.json(200, answer.toString());
  }

  private static Optional<Receipt> receipt(CompletionStage<Receipt> said) {
    try {
      return Optional.of(said.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException unknown) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String timestamp(Instant now) {
    return String.format(Locale.ROOT, "%d.%06d", now.getEpochSecond(), now.getNano() / 1000);
  }
}

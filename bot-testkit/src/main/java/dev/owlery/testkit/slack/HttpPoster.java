package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.owlery.core.schedule.Timers;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Collectors;

/**
 * The Events API, slash commands and interactivity over HTTP. First attempts of one channel go one
 * after the other; what failed is posted again later and holds up nobody.
 */
final class HttpPoster implements DeliveryTransport {
  static final String JSON = "application/json";
  static final String FORM = "application/x-www-form-urlencoded";

  private final SlackIds ids;
  private final SlackPace pace;
  private final Timers timers;
  private final SlackRequestUrls urls;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();
  private final Map<String, Queue<PendingDelivery>> lines = new HashMap<>();

  HttpPoster(SlackIds ids, SlackPace pace, Timers timers, SlackRequestUrls urls) {
    this.ids = ids;
    this.pace = pace;
    this.timers = timers;
    this.urls = urls;
  }

  /** What came back. */
  record PostReply(int status, String body, boolean wantsNoRetry) {
    boolean isFine() {
      return status >= 200 && status < 300;
    }
  }

  @Override
  public void send(PendingDelivery delivery) {
    synchronized (lines) {
      Queue<PendingDelivery> line = lines.get(delivery.channel);
      if (line != null) {
        line.add(delivery);
        return;
      }
      lines.put(delivery.channel, new ArrayDeque<>());
    }
    Thread.ofVirtual().name("slack-double-post").start(() -> work(delivery));
  }

  private void work(PendingDelivery first) {
    for (Optional<PendingDelivery> next = Optional.of(first); next.isPresent(); ) {
      attempt(next.get(), "");
      synchronized (lines) {
        Queue<PendingDelivery> line = lines.getOrDefault(first.channel, new ArrayDeque<>());
        next = Optional.ofNullable(line.poll());
        if (next.isEmpty()) {
          lines.remove(first.channel);
        }
      }
    }
  }

  private void attempt(PendingDelivery delivery, String reason) {
    int before = delivery.attempt();
    Map<String, String> headers = new HashMap<>();
    if (before > 0) {
      headers.put("X-Slack-Retry-Num", Integer.toString(before));
      headers.put("X-Slack-Retry-Reason", reason);
    }
    String failure;
    boolean isFinal = delivery.kind != PendingDelivery.DeliveryKind.EVENT;
    try {
      PostReply reply = post(address(delivery), type(delivery), body(delivery), headers);
      if (reply.isFine()) {
        delivery.acknowledge(answer(reply.body()));
        return;
      }
      isFinal |= reply.wantsNoRetry();
      failure = "http_error";
    } catch (HttpTimeoutException late) {
      failure = "http_timeout";
    } catch (IOException refused) {
      failure = "connection_failed";
    }
    if (isFinal || before >= pace.httpRetries().size()) {
      delivery.giveUp();
    } else {
      String why = failure;
      timers.schedule(pace.httpRetries().get(before), () -> attempt(delivery, why));
    }
  }

  private URI address(PendingDelivery delivery) {
    return switch (delivery.kind) {
      case EVENT -> urls.events();
      case COMMAND -> urls.commands();
      case INTERACTION -> urls.interactions();
    };
  }

  private static String type(PendingDelivery delivery) {
    return delivery.kind == PendingDelivery.DeliveryKind.EVENT ? JSON : FORM;
  }

  private static String body(PendingDelivery delivery) {
    return switch (delivery.kind) {
      case EVENT -> delivery.payload.toString();
      case COMMAND -> form(delivery.payload);
      case INTERACTION -> "payload=" + encoded(delivery.payload.toString());
    };
  }

  /** Plain text is what a slash command may answer too. */
  private static Optional<JsonNode> answer(String body) {
    if (body.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        JsonNodes.parse(body)
            .filter(JsonNode::isObject)
            .orElseGet(() -> JsonNodes.object().put("text", body)));
  }

  static String form(ObjectNode fields) {
    return fields.properties().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue().asText()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Posts something signed. */
  PostReply post(URI to, String type, String body, Map<String, String> headers) throws IOException {
    String timestamp = Long.toString(timers.clock().instant().getEpochSecond());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to)
            .timeout(pace.answerWithin())
            .header("Content-Type", type)
            .header("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
            .header("X-Slack-Request-Timestamp", timestamp)
            .header("X-Slack-Signature", SlackSignatures.sign(ids.signingSecret(), timestamp, body))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      boolean noRetry =
          response.headers().firstValue("X-Slack-No-Retry").filter("1"::equals).isPresent();
      return new PostReply(response.statusCode(), response.body(), noRetry);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }

  void close() {
    client.shutdownNow();
  }
}

package dev.owlery.launcher.proof;

import dev.owlery.testkit.slack.SlackSignatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests as Slack sends them, and such as only look like it. */
final class SlackRequests implements AutoCloseable {
  static final String TIMESTAMP = "X-Slack-Request-Timestamp";
  static final String SIGNATURE = "X-Slack-Signature";
  static final String JSON = "application/json";
  static final String FORM = "application/x-www-form-urlencoded";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * One request.
   *
   * @param headers with those of the signature, as far as it has any
   */
  record Request(URI to, String type, String body, Map<String, String> headers) {

    /** Properly signed, now. */
    static Request signed(URI to, String type, String body, String secret) {
      return signed(to, type, body, secret, 0);
    }

    /** Properly signed, as if some seconds later or earlier. */
    static Request signed(URI to, String type, String body, String secret, long later) {
      String timestamp = Long.toString(Instant.now().getEpochSecond() + later);
      return new Request(to, type, body, Map.of())
          .with(TIMESTAMP, timestamp)
          .with(SIGNATURE, SlackSignatures.sign(secret, timestamp, body));
    }

    static Request unsigned(URI to, String type, String body) {
      return new Request(to, type, body, Map.of());
    }

    Request with(String header, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Request(to, type, body, more);
    }

    Request without(String header) {
      Map<String, String> fewer = new LinkedHashMap<>(headers);
      fewer.remove(header);
      return new Request(to, type, body, fewer);
    }

    Request withBody(String other) {
      return new Request(to, type, other, headers);
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** Sends it; returns the status. */
  int send(Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.to())
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", request.type())
            .POST(BodyPublishers.ofString(request.body(), StandardCharsets.UTF_8));
    request.headers().forEach(builder::header);
    try {
      return client.send(builder.build(), BodyHandlers.ofString()).statusCode();
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

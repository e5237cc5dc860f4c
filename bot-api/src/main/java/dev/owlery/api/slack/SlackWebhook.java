package dev.owlery.api.slack;

import dev.owlery.api.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * An incoming webhook of Slack's, or of a program that understands the same: an address to which
 * one posts without being a member. Any thread.
 *
 * <p>A post is sent once, never again by itself: whether to try again is for the caller to say.
 */
public final class SlackWebhook {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The words that Slack documents, in words for people; first its classic seven. */
  private static final Map<String, String> ERRORS =
      Map.ofEntries(
          Map.entry("invalid_payload", "the other side cannot read the message"),
          Map.entry("user_not_found", "there is no such member over there"),
          Map.entry("channel_not_found", "there is no such channel over there"),
          Map.entry("channel_is_archived", "the channel over there is archived"),
          Map.entry("action_prohibited", "an administrator over there does not allow it"),
          Map.entry(
              "posting_to_general_channel_denied",
              "the general channel over there is not for everybody"),
          Map.entry("too_many_attachments", "more than 100 attachments are too many"),
          Map.entry("no_text", "there is nothing to say"),
          Map.entry("no_service", "the address is not in use any more"),
          Map.entry("no_service_id", "the address is not whole"),
          Map.entry("no_team", "there is no such workspace"),
          Map.entry("team_disabled", "the workspace is closed"),
          Map.entry("invalid_token", "the address is not valid"),
          Map.entry("rate_limited", "too much was posted: later"));

  private final HttpClient client;
  private final Secret address;

  /**
   * Names the address.
   *
   * @param client posts; should follow no redirects, because the address is a secret
   * @param address the address, of which everybody who knows it can post
   */
  public SlackWebhook(HttpClient client, Secret address) {
    this.client = client;
    this.address = address;
  }

  /**
   * Posts. Waits for the other side, ten seconds at most.
   *
   * @param post what
   * @throws SlackException if it was not taken: {@link SlackException#error()} is Slack's word
   *     ({@code invalid_payload}, {@code user_not_found}, {@code channel_not_found}, {@code
   *     channel_is_archived}, {@code action_prohibited}, {@code posting_to_general_channel_denied},
   *     {@code too_many_attachments} and others), {@code http_503} for a status without one, {@code
   *     unsure} if there was no answer; the message says the same in words, and never the address
   */
  public void post(SlackPost post) {
    if (post.content().cards().size() > SlackPost.MOST_CARDS) {
      throw refused("too_many_attachments");
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address.reveal()))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString(post.json(), StandardCharsets.UTF_8))
            .build();
    try {
      HttpResponse<String> reply = client.send(request, BodyHandlers.ofString());
      if (reply.statusCode() != 200) {
        throw refused(error(reply));
      }
    } catch (IOException lost) {
      // Without its cause, which may name the address.
      throw new SlackException("unsure", "it may or may not have arrived: there was no answer");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new SlackException("unsure", "it may or may not have arrived: I had to stop");
    }
  }

  private static String error(HttpResponse<String> reply) {
    String word = reply.body().strip();
    if (reply.statusCode() == 429) {
      return "rate_limited";
    }
    return word.matches("[a-z_]{1,60}") ? word : "http_" + reply.statusCode();
  }

  private static SlackException refused(String error) {
    return new SlackException(
        error, ERRORS.getOrDefault(error, "the other side does not take it") + " (" + error + ")");
  }
}

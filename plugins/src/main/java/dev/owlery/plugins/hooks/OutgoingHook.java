package dev.owlery.plugins.hooks;

import com.google.gson.JsonObject;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.slack.SlackNotation;
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

/** Posts to somebody else's incoming webhook. Waits; any thread. */
final class OutgoingHook {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Slack's documented errors, in words for people. */
  private static final Map<String, String> ERRORS =
      Map.of(
          "invalid_payload", "the other side cannot read the message",
          "user_not_found", "there is no such member over there",
          "channel_not_found", "there is no such channel over there",
          "channel_is_archived", "the channel over there is archived",
          "action_prohibited", "an administrator over there does not allow it",
          "posting_to_general_channel_denied",
              "the general channel over there is not for everybody",
          "too_many_attachments", "more than 100 attachments are too many",
          "no_text", "there is nothing to say",
          "no_service", "the address is not in use any more");

  private final HooksSettings.Outgoing settings;
  private final HttpClient http;

  OutgoingHook(HooksSettings.Outgoing settings, HttpClient http) {
    this.settings = settings;
    this.http = http;
  }

  /**
   * Posts a text.
   *
   * @param text plain; nobody is mentioned by it
   * @throws CommandException if it was not taken; says why
   */
  void post(String text) {
    JsonObject payload = new JsonObject();
    payload.addProperty("text", SlackNotation.escape(text));
    payload.addProperty("mrkdwn", false);
    payload.addProperty("parse", "none");
    payload.addProperty("link_names", false);
    payload.addProperty("unfurl_links", false);
    settings.username().ifPresent(name -> payload.addProperty("username", name));
    settings.channel().ifPresent(channel -> payload.addProperty("channel", channel));
    settings
        .icon()
        .ifPresent(
            icon -> payload.addProperty(icon.startsWith(":") ? "icon_emoji" : "icon_url", icon));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(settings.url().reveal()))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString(payload.toString(), StandardCharsets.UTF_8))
            .build();
    try {
      HttpResponse<String> reply = http.send(request, BodyHandlers.ofString());
      if (reply.statusCode() != 200) {
        throw new CommandException(reason(reply));
      }
    } catch (IOException lost) {
      // The address is a secret, and an exception may name it.
      throw new CommandException("It may or may not have arrived: there was no answer.");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CommandException("It may or may not have arrived: I had to stop.");
    }
  }

  private static String reason(HttpResponse<String> reply) {
    String word = reply.body().strip();
    boolean isWord = word.matches("[a-z_]{1,60}");
    String meaning = ERRORS.getOrDefault(word, "the other side does not take it");
    return "Not posted: "
        + meaning
        + " ("
        + (isWord ? word : "status " + reply.statusCode())
        + ").";
  }
}

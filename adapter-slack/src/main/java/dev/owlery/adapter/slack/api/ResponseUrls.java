package dev.owlery.adapter.slack.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.util.json.GsonFactory;
import dev.owlery.adapter.slack.text.RenderedMessage;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.slack.SlackNotation;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Answers at the address that comes with a slash command or a click: it works for half an hour,
 * five times, also where the bot is no member. Waits for Slack; any thread.
 */
public final class ResponseUrls {
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

  private final OkHttpClient http;
  private final boolean insecure;

  public ResponseUrls(SlackApi api, boolean insecure) {
    this.http = api.http();
    this.insecure = insecure;
  }

  /** A message as such an address takes it. */
  public static JsonObject message(RenderedMessage rendered) {
    JsonObject message = new JsonObject();
    message.addProperty("text", rendered.text());
    message.addProperty("mrkdwn", false);
    message.addProperty("parse", "none");
    message.addProperty("link_names", false);
    message.addProperty("unfurl_links", false);
    message.addProperty("unfurl_media", false);
    message.add("blocks", tree(rendered.blocks()));
    message.add("attachments", tree(rendered.attachments()));
    return message;
  }

  private static JsonElement tree(List<?> what) {
    return GsonFactory.createSnakeCase().toJsonTree(what);
  }

  /**
   * Answers.
   *
   * @param address where
   * @param message what
   * @return what is known of it
   */
  public Outcome post(String address, JsonObject message) {
    URI uri = SlackNotation.address(address).orElseGet(() -> URI.create("none:none"));
    if (!SlackSettings.isSafe(uri, insecure)) {
      return Outcome.refused("there is no address to answer at");
    }
    Request request =
        new Request.Builder()
            .url(uri.toString())
            .post(RequestBody.create(message.toString(), JSON))
            .build();
    try (Response response = http.newCall(request).execute()) {
      int status = response.code();
      if (response.isSuccessful()) {
        return Outcome.DELIVERED;
      }
      if (status == 429) {
        return new Outcome.NotSent(Duration.ofSeconds(1), "Slack's rate limit");
      }
      return status >= 500
          ? new Outcome.Doubtful("Slack answered with status " + status)
          : Outcome.refused("it is too late to answer the command (" + status + ")");
    } catch (IOException lost) {
      return new Outcome.Doubtful("no answer from Slack: " + SlackErrors.line(lost));
    }
  }
}

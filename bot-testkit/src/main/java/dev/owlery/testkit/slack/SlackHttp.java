package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Requests from Slack to a bot's own addresses, all of them signed. */
public final class SlackHttp {
  private final HttpPoster poster;
  private final SlackIds ids;
  private final SlackRequestUrls urls;

  SlackHttp(HttpPoster poster, SlackIds ids, SlackRequestUrls urls) {
    this.poster = poster;
    this.ids = ids;
    this.urls = urls;
  }

  /**
   * Asks whether the address for events is the bot's.
   *
   * @return true when the challenge came back
   * @throws IOException when nobody answers
   */
  public boolean verifies() throws IOException {
    String challenge = UUID.randomUUID().toString();
    ObjectNode body =
        JsonNodes.object()
            .put("token", ids.verificationToken())
            .put("challenge", challenge)
            .put("type", "url_verification");
    HttpPoster.PostReply reply =
        poster.post(urls.events(), HttpPoster.JSON, body.toString(), Map.of());
    return reply.isFine() && reply.body().contains(challenge);
  }

  /**
   * Fires a classic outgoing webhook, which carries a token and no signature that counts.
   *
   * @param to the webhook's address
   * @param token what it proves itself with
   * @param channel the channel's name
   * @param user who speaks
   * @param trigger the word that fired it
   * @param text all that was said
   * @return what the bot answered
   * @throws IOException when nobody answers
   */
  public String outgoingWebhook(
      URI to, String token, SlackChannel channel, SlackUser user, String trigger, String text)
      throws IOException {
    ObjectNode form =
        JsonNodes.object()
            .put("token", token)
            .put("team_id", ids.team())
            .put("team_domain", ids.domain())
            .put("service_id", "1234567890")
            .put("channel_id", channel.id())
            .put("channel_name", channel.name())
            .put("timestamp", Instant.now().getEpochSecond() + ".000100")
            .put("user_id", user.id())
            .put("user_name", user.name())
            .put("text", text)
            .put("trigger_word", trigger);
    return poster.post(to, HttpPoster.FORM, HttpPoster.form(form), Map.of()).body();
  }
}

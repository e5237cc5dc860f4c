package dev.owlery.adapter.slack.text;

import com.google.gson.JsonObject;
import com.slack.api.model.Message;
import dev.owlery.api.content.Tone;
import java.util.Map;

/** The metadata of the bot's own messages, by which they are recognised in histories. */
public final class SentMetadata {
  private static final String EVENT_TYPE = "owlery_sent";
  private static final String TOKEN = "token";
  private static final String AUTOMATIC = "automatic";
  private static final String PAYLOAD = "event_payload";

  private SentMetadata() {}

  public static Message.Metadata of(String token, Tone tone) {
    return Message.Metadata.builder()
        .eventType(EVENT_TYPE)
        .eventPayload(
            tone == Tone.AUTOMATIC ? Map.of(TOKEN, token, AUTOMATIC, "true") : Map.of(TOKEN, token))
        .build();
  }

  /** Whether a message is an automatic answer, of this bot or of another Owlery. */
  public static boolean isAutomatic(JsonObject message) {
    return SlackJson.text(message, "metadata", "event_type").equals(EVENT_TYPE)
        && !SlackJson.text(message, "metadata", PAYLOAD, AUTOMATIC).isEmpty();
  }

  public static boolean hasToken(JsonObject message, String token) {
    return SlackJson.text(message, "metadata", PAYLOAD, TOKEN).equals(token);
  }
}

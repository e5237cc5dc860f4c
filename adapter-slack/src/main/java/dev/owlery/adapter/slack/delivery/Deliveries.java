package dev.owlery.adapter.slack.delivery;

import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What Slack delivers, whichever way it came. */
public interface Deliveries {

  /**
   * Takes one.
   *
   * @param type {@code events_api}, {@code slash_commands} or {@code interactive}
   * @param payload its content
   * @return completes with what to answer, when all that follows from it is recorded; exceptionally
   *     if it could not be recorded, and must not be acknowledged
   */
  CompletionStage<Optional<JsonObject>> take(String type, JsonObject payload);
}

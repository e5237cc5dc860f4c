package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A message as it stands in a channel at one moment.
 *
 * @param channel the channel's id
 * @param ts its id in the channel
 * @param thread the id of the thread's first message, if it stands in one
 * @param user the id of who wrote it, or empty
 * @param text its text in Slack's notation: escaped, with {@code <@U123>} and {@code *bold*}
 * @param subtype for example {@code me_message}, or empty
 * @param isEphemeral whether one person only sees it
 * @param json all of it
 */
public record SlackMessage(
    String channel,
    String ts,
    Optional<String> thread,
    String user,
    String text,
    String subtype,
    boolean isEphemeral,
    JsonNode json) {

  static SlackMessage of(String channel, ObjectNode message) {
    return new SlackMessage(
        channel,
        JsonNodes.text(message, "ts"),
        Optional.of(JsonNodes.text(message, "thread_ts")).filter(ts -> !ts.isEmpty()),
        JsonNodes.text(message, "user"),
        JsonNodes.text(message, "text"),
        JsonNodes.text(message, "subtype"),
        message.path("is_ephemeral").asBoolean(),
        message.deepCopy());
  }

  /**
   * The text as a person reads it, as far as Slack's three escapes are concerned.
   *
   * @return with {@code &}, {@code <} and {@code >}; marks such as {@code <@U123>} remain
   */
  public String plain() {
    return SlackText.unescape(text);
  }

  /**
   * The emoji with which somebody has reacted, without colons.
   *
   * @return in the order in which they came
   */
  public Set<String> reactions() {
    Set<String> names = new LinkedHashSet<>();
    json.path("reactions").forEach(reaction -> names.add(JsonNodes.text(reaction, "name")));
    return names;
  }

  /**
   * Whether it was changed after it was posted.
   *
   * @return false for a message as it was first
   */
  public boolean isEdited() {
    return json.has("edited");
  }
}

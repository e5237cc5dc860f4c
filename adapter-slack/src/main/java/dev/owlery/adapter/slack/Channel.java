package dev.owlery.adapter.slack;

import com.google.gson.JsonObject;
import dev.owlery.api.slack.SlackNotation;

/**
 * A conversation, as Slack describes it.
 *
 * @param id its id
 * @param name its name without {@code #}; empty for a direct chat
 * @param other for a direct chat the other member's id, else empty
 * @param isMember whether the bot is in it
 */
record Channel(String id, String name, String other, boolean isMember) {

  static Channel of(JsonObject channel) {
    boolean direct = Json.flag(channel, "is_im");
    return new Channel(
        Json.text(channel, "id"),
        direct ? "" : SlackNotation.clean(Json.text(channel, "name")).replace('\n', ' ').strip(),
        direct ? Json.text(channel, "user") : "",
        direct || Json.flag(channel, "is_member") || Json.flag(channel, "is_mpim"));
  }

  boolean isDirect() {
    return !other.isEmpty();
  }

  Channel withMember(boolean member) {
    return new Channel(id, name, other, member);
  }

  Channel withName(String newName) {
    return new Channel(id, newName, other, isMember);
  }
}

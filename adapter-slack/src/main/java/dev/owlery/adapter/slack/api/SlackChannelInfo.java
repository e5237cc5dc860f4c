package dev.owlery.adapter.slack.api;

import com.google.gson.JsonObject;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.slack.SlackNotation;

/**
 * A conversation, as Slack describes it.
 *
 * @param id its id
 * @param name its name without {@code #}; empty for a direct chat
 * @param other for a direct chat the other member's id, else empty
 * @param isMember whether the bot is in it
 */
public record SlackChannelInfo(String id, String name, String other, boolean isMember) {

  public static SlackChannelInfo of(JsonObject channel) {
    boolean direct = SlackJson.flag(channel, "is_im");
    return new SlackChannelInfo(
        SlackJson.text(channel, "id"),
        direct
            ? ""
            : SlackNotation.clean(SlackJson.text(channel, "name")).replace('\n', ' ').strip(),
        direct ? SlackJson.text(channel, "user") : "",
        direct || SlackJson.flag(channel, "is_member") || SlackJson.flag(channel, "is_mpim"));
  }

  public boolean isDirect() {
    return !other.isEmpty();
  }

  public SlackChannelInfo withMember(boolean member) {
    return new SlackChannelInfo(id, name, other, member);
  }

  public SlackChannelInfo withName(String newName) {
    return new SlackChannelInfo(id, newName, other, isMember);
  }
}

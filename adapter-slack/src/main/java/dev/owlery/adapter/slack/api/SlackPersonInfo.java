package dev.owlery.adapter.slack.api;

import com.google.gson.JsonObject;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.slack.SlackNotation;

/**
 * A member of the workspace, as Slack describes them.
 *
 * @param id the member's id
 * @param name the unique name behind the {@code @}
 * @param displayName what people call them
 * @param team the workspace that they belong to
 * @param isBot whether they are a program
 * @param isGuest whether they are here as a guest, or from elsewhere
 * @param isKnown whether Slack has told all this; if not, nobody vouches for them
 */
public record SlackPersonInfo(
    String id,
    String name,
    String displayName,
    String team,
    boolean isBot,
    boolean isGuest,
    boolean isKnown) {

  /** Somebody of whom nothing but the id is known. */
  public static SlackPersonInfo unknown(String id) {
    return new SlackPersonInfo(id, id, id, "", false, true, false);
  }

  /** Reads Slack's description of a user. */
  public static SlackPersonInfo of(JsonObject user) {
    String id = SlackJson.text(user, "id");
    String name = clean(SlackJson.text(user, "name"));
    String display = clean(SlackJson.text(user, "profile", "display_name"));
    String real = clean(SlackJson.text(user, "profile", "real_name"));
    String shown = display.isBlank() ? (real.isBlank() ? name : real) : display;
    boolean guest =
        SlackJson.flag(user, "is_restricted")
            || SlackJson.flag(user, "is_ultra_restricted")
            || SlackJson.flag(user, "is_stranger")
            || SlackJson.flag(user, "deleted");
    return new SlackPersonInfo(
        id,
        name.isBlank() ? id : name,
        shown.isBlank() ? id : shown,
        SlackJson.text(user, "team_id"),
        SlackJson.flag(user, "is_bot") || id.equals("USLACKBOT"),
        guest,
        true);
  }

  private static String clean(String name) {
    return SlackNotation.clean(name).replace('\n', ' ').strip();
  }
}

package dev.owlery.adapter.slack;

import com.google.gson.JsonObject;
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
record Person(
    String id,
    String name,
    String displayName,
    String team,
    boolean isBot,
    boolean isGuest,
    boolean isKnown) {

  /** Somebody of whom nothing but the id is known. */
  static Person unknown(String id) {
    return new Person(id, id, id, "", false, true, false);
  }

  /** Reads Slack's description of a user. */
  static Person of(JsonObject user) {
    String id = Json.text(user, "id");
    String name = clean(Json.text(user, "name"));
    String display = clean(Json.text(user, "profile", "display_name"));
    String real = clean(Json.text(user, "profile", "real_name"));
    String shown = display.isBlank() ? (real.isBlank() ? name : real) : display;
    boolean guest =
        Json.flag(user, "is_restricted")
            || Json.flag(user, "is_ultra_restricted")
            || Json.flag(user, "is_stranger")
            || Json.flag(user, "deleted");
    return new Person(
        id,
        name.isBlank() ? id : name,
        shown.isBlank() ? id : shown,
        Json.text(user, "team_id"),
        Json.flag(user, "is_bot") || id.equals("USLACKBOT"),
        guest,
        true);
  }

  private static String clean(String name) {
    return SlackNotation.clean(name).replace('\n', ' ').strip();
  }
}

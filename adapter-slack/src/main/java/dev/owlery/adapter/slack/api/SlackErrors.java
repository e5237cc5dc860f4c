package dev.owlery.adapter.slack.api;

import dev.owlery.api.slack.SlackNotation;
import java.util.Map;
import java.util.Set;

/** Says in one line what is wrong and, where that is known, what to do about it. */
public final class SlackErrors {

  /** After these words a person must change something. */
  private static final Set<String> FATAL =
      Set.of(
          "invalid_auth",
          "not_authed",
          "account_inactive",
          "token_revoked",
          "token_expired",
          "not_allowed_token_type",
          "missing_scope",
          "no_permission",
          "org_login_required",
          "enterprise_is_restricted",
          "access_denied",
          "forbidden_team",
          "team_access_not_granted");

  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("invalid_auth", "the token is not valid: copy it again from the app's page"),
          Map.entry("not_authed", "no token was given"),
          Map.entry(
              "account_inactive", "the app was removed from the workspace, or the token's owner"),
          Map.entry("token_revoked", "the token was revoked: install the app again"),
          Map.entry("token_expired", "the token has expired: install the app again"),
          Map.entry("not_allowed_token_type", "this is the wrong kind of token"),
          Map.entry("channel_not_found", "there is no such channel, or the bot may not see it"),
          Map.entry("not_in_channel", "the bot is not in the channel: /invite it"),
          Map.entry("is_archived", "the channel is archived"),
          Map.entry("msg_too_long", "the message is too long"),
          Map.entry("no_text", "there is nothing to say"),
          Map.entry("cant_update_message", "only the bot's own messages can be changed"),
          Map.entry("cant_delete_message", "only the bot's own messages can be taken back"),
          Map.entry("message_not_found", "there is no such message"),
          Map.entry("restricted_action", "the workspace's settings do not allow it"),
          Map.entry("user_not_found", "there is no such member"),
          Map.entry(
              "method_not_supported_for_channel_type", "not possible in this kind of channel"));

  private SlackErrors() {}

  static String of(ApiMethod method, String error, String needed) {
    if (error.equals("missing_scope")) {
      return "the scope "
          + needed
          + " is missing: add it to the app's bot token scopes and install the app again ("
          + method.wire()
          + ")";
    }
    String meaning = MEANINGS.getOrDefault(error, "Slack refuses");
    return meaning + " (" + method.wire() + ": " + error + ")";
  }

  /** Whether trying again is useless until a person has changed something. */
  public static boolean isFatal(String error) {
    return FATAL.contains(error);
  }

  /** An exception in one line, without addresses that hold a ticket. */
  public static String line(Throwable trouble) {
    String message = String.valueOf(trouble.getMessage());
    String kind = trouble.getClass().getSimpleName();
    String shown = message.equals("null") ? kind : message;
    int query = shown.indexOf('?');
    String safe = query < 0 ? shown : shown.substring(0, query);
    return SlackNotation.clean(safe).replace('\n', ' ');
  }
}

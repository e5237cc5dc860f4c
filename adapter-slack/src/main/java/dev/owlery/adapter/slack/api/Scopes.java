package dev.owlery.adapter.slack.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the bot token may do, as Slack says with each answer ({@code x-oauth-scopes}).
 *
 * @param granted its scopes; empty if Slack has not said
 */
public record Scopes(Set<String> granted) {

  /**
   * Without these there is no login. {@code users.conversations}, asked for conversations of all
   * four types, refuses the whole call if the {@code :read} scope of one of them is missing.
   */
  private static final Set<String> NEEDED =
      Set.of(
          "chat:write",
          "channels:history",
          "channels:read",
          "groups:read",
          "im:read",
          "mpim:read",
          "users:read");

  /** Without these something is not possible, and nobody would be told why. */
  private static final Map<String, String> USEFUL = useful();

  private static Map<String, String> useful() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("groups:history", "hear what is said in private channels");
    all.put("im:history", "hear direct messages");
    all.put("mpim:history", "hear group direct messages");
    all.put("im:write", "begin direct chats");
    all.put("channels:join", "join public channels");
    all.put("files:read", "receive files");
    all.put("files:write", "send files");
    all.put("reactions:read", "see reactions");
    all.put("reactions:write", "react");
    return all;
  }

  /**
   * Reads the headers of an answer.
   *
   * @param headers none if the library does not show them
   * @return the scopes
   */
  public static Scopes of(@Nullable Map<String, List<String>> headers) {
    Set<String> granted = new TreeSet<>();
    if (headers != null) {
      headers.forEach((name, values) -> {
        if (name.equalsIgnoreCase("x-oauth-scopes")) {
          values.forEach(each -> granted.addAll(List.of(each.strip().split("\\s*,\\s*"))));
        }
      });
    }
    return new Scopes(granted);
  }

  /** Which of the scopes are missing that a login needs, with the next step. */
  public Optional<String> lacking() {
    Set<String> missing = new TreeSet<>(NEEDED);
    missing.removeAll(granted);
    return granted.isEmpty() || missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the bot token lacks the scopes "
                + String.join(", ", missing)
                + ": add them to the app and install it again");
  }

  /** What else the token does not allow, with the next step; empty if nothing is missing. */
  public String restrictions() {
    String all =
        USEFUL.entrySet().stream()
            .filter(each -> !granted.contains(each.getKey()))
            .map(each -> each.getValue() + " (" + each.getKey() + ")")
            .collect(Collectors.joining(", "));
    return granted.isEmpty() || all.isEmpty()
        ? ""
        : "the token does not let the bot "
            + all
            + ": add what is wanted to the app's bot token scopes, and install it again";
  }
}

package dev.owlery.launcher;

import dev.owlery.launcher.ExitCodes.StartFailure;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what Slack needs to know to make the bot's app: its manifest. */
@Command(
    name = "slack-manifest",
    description = "Print the manifest from which Slack makes the bot's app.",
    mixinStandardHelpOptions = true)
final class SlackManifestCommand implements Callable<Integer> {

  private static final List<String> SCOPES =
      List.of(
          "app_mentions:read",
          "channels:history",
          "channels:join",
          "channels:manage",
          "channels:read",
          "chat:write",
          "commands",
          "files:read",
          "files:write",
          "groups:history",
          "groups:read",
          "groups:write",
          "im:history",
          "im:read",
          "im:write",
          "metadata.message:read",
          "mpim:history",
          "mpim:read",
          "mpim:write",
          "reactions:read",
          "reactions:write",
          "users:read",
          "users:write");

  private static final List<String> EVENTS =
      List.of(
          "app_mention",
          "app_uninstalled",
          "channel_archive",
          "channel_deleted",
          "channel_left",
          "channel_rename",
          "group_archive",
          "group_deleted",
          "group_left",
          "group_rename",
          "member_joined_channel",
          "member_left_channel",
          "message.channels",
          "message.groups",
          "message.im",
          "message.mpim",
          "reaction_added",
          "reaction_removed",
          "team_join",
          "tokens_revoked",
          "user_change");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the app and the bot are called: ${DEFAULT-VALUE} if left out.")
  private String name = "owl";

  @Option(
      names = "--command",
      paramLabel = "/COMMAND",
      description = "The slash command: / and the name if left out.")
  private Optional<String> command = Optional.empty();

  @Option(
      names = "--http",
      paramLabel = "ADDRESS",
      description =
          "For mode = http: the account's address, such as https://bot.example.org/slack/work;"
              + " for Socket Mode leave it out.")
  private Optional<URI> address = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  SlackManifestCommand() {}

  @Override
  public Integer call() {
    String slash = command.orElse("/" + name);
    if (!name.matches("[a-z0-9][a-z0-9._-]{0,30}")) {
      throw new StartFailure(ExitCodes.WRONG, "a name is made of a-z, 0-9, dots, - and _");
    }
    if (!slash.matches("/[a-z0-9_-]{1,31}")) {
      throw new StartFailure(ExitCodes.WRONG, "a slash command is written /name, in small letters");
    }
    if (address
        .filter(uri -> !"https".equals(uri.getScheme()) || uri.getHost() == null)
        .isPresent()) {
      throw new StartFailure(ExitCodes.WRONG, "Slack sends its requests to an https address only");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(manifest(slash));
    out.flush();
    return ExitCodes.FINE;
  }

  private String manifest(String slash) {
    return """
    {
      "display_information": { "name": "%1$s" },
      "features": {
        "app_home": {
          "home_tab_enabled": false,
          "messages_tab_enabled": true,
          "messages_tab_read_only_enabled": false
        },
        "bot_user": { "display_name": "%1$s", "always_online": true },
        "slash_commands": [
          {
            "command": "%2$s",%3$s
            "description": "Call one of the bot's commands",
            "usage_hint": "help",
            "should_escape": true
          }
        ]
      },
      "oauth_config": {
        "scopes": {
          "bot": [
            %4$s
          ]
        }
      },
      "settings": {
        "event_subscriptions": {%5$s
          "bot_events": [
            %6$s
          ]
        },
        "interactivity": {%5$s
          "is_enabled": true
        },
        "org_deploy_enabled": false,
        "socket_mode_enabled": %7$s,
        "token_rotation_enabled": false
      }
    }
    """
        .formatted(
            name,
            slash,
            address.map(uri -> "\n        \"url\": \"" + uri.toASCIIString() + "\",").orElse(""),
            quoted(SCOPES),
            address
                .map(uri -> "\n      \"request_url\": \"" + uri.toASCIIString() + "\",")
                .orElse(""),
            quoted(EVENTS),
            address.isEmpty());
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(",\n        "));
  }
}

package dev.owlery.launcher.proof;

import dev.owlery.testkit.slack.SlackDouble;

/** Accounts on a double of Slack. */
final class SlackHome {
  private SlackHome() {}

  /** By Socket Mode. */
  static String account(String name, SlackDouble slack, String flood) {
    return """
    %s { protocol = slack, bot-token = "%s", app-token = "%s", api-url = "%s"
         rooms = [], flood { %s }, patience = 5s }
    """
        .formatted(name, slack.botToken(), slack.appToken(), slack.apiUrl(), flood);
  }

  /** By requests to the bot's own listener. */
  static String httpAccount(String name, SlackDouble slack) {
    return """
    %s { protocol = slack, mode = http, bot-token = "%s", signing-secret = "%s"
         webhook-tokens = [ "%s" ], api-url = "%s", rooms = [], flood { burst = 0 } }
    """
        .formatted(
            name,
            slack.botToken(),
            slack.signingSecret(),
            slack.verificationToken(),
            slack.apiUrl());
  }
}

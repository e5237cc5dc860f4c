package dev.owlery.plugins.hooks;

import dev.owlery.api.command.CommandException;
import dev.owlery.api.content.Content;
import dev.owlery.api.slack.SlackException;
import dev.owlery.api.slack.SlackPost;
import dev.owlery.api.slack.SlackWebhook;
import java.net.http.HttpClient;

/** Posts to somebody else's incoming webhook. Waits; any thread. */
final class OutgoingHook {

  private final HooksSettings.OutgoingHookSettings settings;
  private final SlackWebhook webhook;

  OutgoingHook(HooksSettings.OutgoingHookSettings settings, HttpClient client) {
    this.settings = settings;
    this.webhook = new SlackWebhook(client, settings.url());
  }

  /**
   * Posts a text.
   *
   * @param text plain; nobody is mentioned by it
   * @throws CommandException if it was not taken; says why
   */
  void post(String text) {
    SlackPost post =
        new SlackPost(Content.of(text), settings.username(), settings.icon(), settings.channel());
    try {
      webhook.post(post);
    } catch (SlackException failed) {
      String prefix = failed.error().equals("unsure") ? "Posted or not: " : "Not posted: ";
      throw new CommandException(prefix + failed.getMessage() + ".");
    }
  }
}

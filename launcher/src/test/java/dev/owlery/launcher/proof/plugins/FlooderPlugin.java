package dev.owlery.launcher.proof.plugins;

import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;

/** Says a thousand things at once when somebody says so. */
public final class FlooderPlugin implements Plugin {
  private final Bot bot;

  @Inject
  FlooderPlugin(Bot bot) {
    this.bot = bot;
  }

  /**
   * Floods.
   *
   * @param message what was said
   */
  @On
  public void flood(MessagePosted message) {
    if (message.content().text().plain().equals("flood")) {
      for (int number = 0; number < 1_000; number++) {
        bot.say(message.where(), "flood-" + number);
      }
    }
  }
}

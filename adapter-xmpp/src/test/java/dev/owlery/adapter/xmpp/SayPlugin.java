package dev.owlery.adapter.xmpp;

import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;

/** Says what it is asked to: {@code say WORDS}. */
public final class SayPlugin implements Plugin {
  private final Bot bot;

  /** Made by the plugin host. */
  @Inject
  public SayPlugin(Bot bot) {
    this.bot = bot;
  }

  /** Says it where it is asked. */
  @On
  public void hear(MessagePosted event) {
    if (event.text().startsWith("say ")) {
      bot.say(event.where(), event.text().substring("say ".length()));
    }
  }
}

package dev.owlery.adapter.xmpp;

import dev.owlery.api.event.ItemPublished;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;

/** Tells ann what is published. */
public final class ListenerPlugin implements Plugin {
  private final Bot bot;

  /** Made by the plugin host. */
  @Inject
  public ListenerPlugin(Bot bot) {
    this.bot = bot;
  }

  /** Tells it. */
  @On
  public void hear(ItemPublished event) {
    bot.say(
        bot.locate("home/ann@localhost"),
        event.topic()
            + " "
            + event.item().key()
            + " "
            + event.item().title()
            + " "
            + event.item().fields());
  }
}

package dev.owlery.launcher;

import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.settings.Settings;
import dev.owlery.core.plugin.SettingsSource;
import jakarta.inject.Inject;
import java.util.function.Consumer;

/** The one plugin of {@code owlery listen}: hands on what others say in one conversation. */
public final class MessageListener implements Plugin {

  private final Bot bot;
  private final Hearing hearing;

  /**
   * What to listen to.
   *
   * @param address the conversation, written {@code account/room}
   * @param heard takes each message, on the lane's thread
   */
  @Settings
  record Hearing(String address, Consumer<MessagePosted> heard) implements SettingsSource {
    @Override
    public <R extends Record> R read(String pluginId, Class<R> type) {
      return type.cast(this);
    }
  }

  @Inject
  MessageListener(Bot bot, Hearing hearing) {
    this.bot = bot;
    this.hearing = hearing;
  }

  /**
   * Hands a message on, if it is said now, there, and not by this account.
   *
   * @param message what was said
   */
  @On
  public void hear(MessagePosted message) {
    if (message.origin().delivery() == Delivery.LIVE
        && !message.sender().isSelf()
        && message.where().address().equals(bot.locate(hearing.address()).address())) {
      hearing.heard().accept(message);
    }
  }
}

package dev.owlery.testkit;

import dev.owlery.api.event.FileOffered;
import dev.owlery.api.event.TransferDelayed;
import dev.owlery.api.event.TransferEnded;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.Transfers;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.settings.Settings;
import jakarta.inject.Inject;
import java.nio.file.Path;

/** Takes every file, and says what became of it. */
public final class PorterPlugin implements Plugin {

  /**
   * Its settings.
   *
   * @param into where files go
   * @param limit how large they may be
   */
  @Settings
  public record Into(Path into, long limit) {}

  private final Bot bot;
  private final Transfers transfers;
  private final Into settings;

  @Inject
  PorterPlugin(Bot bot, Transfers transfers, Into settings) {
    this.bot = bot;
    this.transfers = transfers;
    this.settings = settings;
  }

  /** Takes a file. */
  @On
  public void offered(FileOffered offer) {
    try {
      transfers.accept(offer, settings.into(), settings.limit());
    } catch (TransferException refused) {
      bot.say(offer.where(), "not taken: " + refused.getMessage());
    }
  }

  /** Says that it does not get on. */
  @On
  public void delayed(TransferDelayed delayed) {
    bot.say(
        delayed.where(),
        "DELAYED " + delayed.transfer().file().name() + " " + delayed.transfer().detail());
  }

  /** Says how it ended. */
  @On
  public void ended(TransferEnded ended) {
    bot.say(
        ended.where(),
        ended.transfer().direction()
            + " "
            + ended.transfer().file().name()
            + " "
            + ended.transfer().state()
            + " "
            + ended.transfer().detail());
  }
}

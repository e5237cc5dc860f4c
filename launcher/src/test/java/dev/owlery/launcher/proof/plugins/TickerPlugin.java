package dev.owlery.launcher.proof.plugins;

import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Every;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;

/** Counts aloud in two rooms, whether the network is there or not, until it is told to stop. */
public final class TickerPlugin implements Plugin {
  private final Bot bot;
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean on;

  @Inject
  TickerPlugin(Bot bot) {
    this.bot = bot;
  }

  /**
   * Starts or stops counting.
   *
   * @param state on or off
   * @return how far it has come
   */
  @Command("ticker <state>")
  @Permission("view")
  public String turn(@Argument("state") String state) {
    on = state.equals("on");
    return "ticker at " + count.get();
  }

  /** Says the next number in one room and in the other. */
  @Every("20ms")
  public void tick() {
    if (on) {
      int number = count.getAndIncrement();
      bot.say(bot.locate("net/#one"), "tick-" + number);
      bot.say(bot.locate("net/#two"), "tick-" + number);
    }
  }
}

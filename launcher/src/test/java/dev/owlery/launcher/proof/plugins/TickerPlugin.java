package dev.owlery.launcher.proof.plugins;

import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Every;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;

/** Counts aloud in two rooms, whether the network is there or not, until it is told to stop. */
public final class TickerPlugin implements Plugin {
  private final Bot bot;
  private final AtomicInteger count = new AtomicInteger();
  private volatile List<String> rooms = List.of();

  @Inject
  TickerPlugin(Bot bot) {
    this.bot = bot;
  }

  /**
   * Starts or stops counting.
   *
   * @param rooms where to count aloud, two with a comma between; or off
   * @return how far it has come
   */
  @Command("ticker <rooms>")
  @Permission("view")
  public String turn(@Argument("rooms") String rooms) {
    this.rooms = rooms.equals("off") ? List.of() : List.of(rooms.split(",", -1));
    return "ticker at " + count.get();
  }

  /** Says the next number in one room and in the other. */
  @Every("20ms")
  public void tick() {
    List<String> where = rooms;
    if (!where.isEmpty()) {
      int number = count.getAndIncrement();
      where.forEach(room -> bot.say(bot.locate(room), "tick-" + number));
    }
  }
}

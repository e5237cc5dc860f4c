package com.example.karma;

import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Handled;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Store;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;

/** Counts points: {@code bob++} gives Bob one, and {@code !karma bob} tells how many he has. */
public final class KarmaPlugin implements Plugin {

  private static final Pattern PRAISE = Pattern.compile("([\\p{L}\\p{N}_-]{1,40})\\+\\+");

  private final Bot bot;
  private final Store store;

  @Inject
  KarmaPlugin(Bot bot, Store store) {
    this.bot = bot;
    this.store = store;
  }

  /**
   * Gives points. What is stored and what is said take effect together, when this returns, and
   * once: also if the bot is killed in between.
   *
   * @return praise is for nobody else: other plugins, and the commands, do not get it
   */
  @On
  public Handled praise(MessagePosted message) {
    if (message.sender().isBot() || message.tone() == Tone.NOTICE) {
      return Handled.CONTINUE; // programs do not praise
    }
    Matcher praise = PRAISE.matcher(message.text());
    if (!praise.matches()) {
      return Handled.CONTINUE;
    }
    give(message, praise.group(1));
    return Handled.STOP;
  }

  private void give(MessagePosted message, String name) {
    if (key(name).equals(key(message.sender().handle()))) {
      bot.say(message.where(), "Nobody praises themselves.");
      return;
    }
    int points = points(name) + 1;
    store.put(key(name), Integer.toString(points));
    bot.say(message.where(), name + ": " + points);
  }

  /** Tells how many points somebody has. */
  @Command("karma <name>")
  @Permission("view")
  @CommandDescription("Tells how many points somebody has")
  public String tell(@Argument("name") String name) {
    int points = points(name);
    return name + " has " + points + (points == 1 ? " point" : " points");
  }

  private int points(String name) {
    return store.get(key(name)).map(Integer::parseInt).orElse(0);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}

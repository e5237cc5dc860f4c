package dev.owlery.plugins.guide;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Scheduler;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.Settings;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;

/** Reminds people, also of what fell due while the bot was away. */
public final class RemindPlugin implements Plugin {

  private final RemindSettings settings;
  private final Bot bot;
  private final Store store;
  private final Scheduler scheduler;
  private final Clock clock;

  /** The block plugin.remind. */
  @Settings
  record RemindSettings(@Default("365d") Duration longest) {}

  /** What is kept of a reminder, as one text: its time, its conversation, its words. */
  record Reminder(Instant due, String where, String text) {
    static Reminder parse(String kept) {
      String[] parts = kept.split("\n", 3);
      return new Reminder(Instant.parse(parts[0]), parts[1], parts[2]);
    }

    @Override
    public String toString() {
      return due + "\n" + where + "\n" + text;
    }
  }

  @Inject
  RemindPlugin(RemindSettings settings, Bot bot, Store store, Scheduler scheduler, Clock clock) {
    this.settings = settings;
    this.bot = bot;
    this.store = store;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Timers end with the process; what they were for is in the store, and is planned again. */
  @Override
  public void start() {
    store.entries("").forEach((key, kept) -> plan(key, Reminder.parse(kept)));
  }

  @Command("remind <in> <text>")
  @Permission("view")
  @CommandDescription("Reminds you, for example: remind 2h30m tea")
  public String remind(
      CommandCall call, @Argument("in") Duration in, @Argument("text") @Greedy String text) {
    if (in.compareTo(settings.longest()) > 0) {
      throw new CommandException("that is too far ahead");
    }
    String words = call.caller().displayName() + ": " + text;
    Reminder reminder = new Reminder(clock.instant().plus(in), call.where().address(), words);
    String key = UUID.randomUUID().toString();
    store.put(key, reminder.toString());
    plan(key, reminder);
    return "I will remind you.";
  }

  private void plan(String key, Reminder reminder) {
    scheduler.at(reminder.due(), () -> remind(key, reminder));
  }

  /** Said and forgotten as one: a crash in between neither loses a reminder nor says it twice. */
  private void remind(String key, Reminder reminder) {
    bot.asOne(() -> {
      bot.say(bot.locate(reminder.where()), reminder.text());
      store.remove(key);
    });
  }
}

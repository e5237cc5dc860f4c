package dev.owlery.plugins.admin;

import static java.util.stream.Collectors.joining;

import dev.owlery.api.action.Join;
import dev.owlery.api.action.Leave;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.plugin.Administration;
import dev.owlery.api.plugin.Administration.Health;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;

/**
 * What an administrator looks at and turns from chat. Every command needs a permission that begins
 * with {@code admin}. Stateless; may be called from any thread.
 */
public final class AdminPlugin implements Plugin {

  /** Rooms and plugins are those of the configuration again at the next start. */
  private static final String OWN_NAME = "admin";

  private static final String ROOM_KEPT =
      "; to be there after a restart too, it must stand in bot.conf, in the account's rooms";

  private static final String PLUGIN_KEPT =
      "; to have it after a restart too, it must stand in bot.conf, in plugins";
  private static final String UNTIL_NEXT_START = "; if bot.conf names it, a restart brings it back";

  private final Bot bot;
  private final Administration administration;

  @Inject
  AdminPlugin(Bot bot, Administration administration) {
    this.bot = bot;
    this.administration = administration;
  }

  /**
   * Tells how each account is.
   *
   * @return a line for each
   */
  @Command("accounts")
  @Permission("admin.accounts")
  @CommandDescription("Tells how each account is")
  public String accounts() {
    return administration.accounts().entrySet().stream()
        .map(account -> account.getKey() + ": " + AdminLines.state(account.getValue()))
        .collect(joining("\n"));
  }

  /**
   * Lists the rooms that the bot is or should be in.
   *
   * @return a line for each
   */
  @Command("rooms")
  @Permission("admin.rooms")
  @CommandDescription("Lists the rooms that the bot is or should be in")
  public String rooms() {
    return AdminLines.linesOr(
        "in no room",
        administration.accounts().values().stream()
            .flatMap(state -> state.rooms().entrySet().stream())
            .map(AdminLines::roomLine)
            .sorted()
            .toList());
  }

  /**
   * Goes into a room, and stays in it over reconnections.
   *
   * @param call who is told what comes of it
   * @param room written {@code account/room}
   * @return one line
   */
  @Command("join <room>")
  @Permission("admin.rooms")
  @CommandDescription("Goes into a room, written ACCOUNT/ROOM")
  public String join(CommandCall call, @Argument("room") String room) {
    Conversation where = room(room);
    report(
        call,
        bot.perform(new Join(where, Optional.empty())),
        "I am in " + where.address(),
        "I could not go into " + where.address());
    return "going to " + where.address() + ROOM_KEPT;
  }

  /** What comes of it is told where it was asked for, when the network has said it. */
  private void report(
      CommandCall call, CompletionStage<Receipt> outcome, String done, String failed) {
    Conversation asked = call.where();
    var _ =
        outcome.thenAcceptAsync(
            receipt -> {
              String line =
                  switch (receipt) {
                    case Receipt.Delivered _ -> done;
                    case Receipt.Refused(String reason) -> failed + ": " + reason;
                    case Receipt.Unsupported(String what) -> failed + ": " + what;
                    case Receipt.Dead(String reason) -> failed + ": " + reason;
                  };
              bot.say(asked, line);
            },
            Thread::startVirtualThread);
  }

  /**
   * Goes out of a room.
   *
   * @param call who is told what comes of it
   * @param room written {@code account/room}
   * @return one line
   */
  @Command("leave <room>")
  @Permission("admin.rooms")
  @CommandDescription("Goes out of a room, written ACCOUNT/ROOM")
  public String leave(CommandCall call, @Argument("room") String room) {
    return leave(call, room, "");
  }

  /**
   * Goes out of a room and says why.
   *
   * @param call who is told what comes of it
   * @param room written {@code account/room}
   * @param reason what to say of it
   * @return one line
   */
  @Command("leave <room> <reason>")
  @Permission("admin.rooms")
  @CommandDescription("Goes out of a room and says why")
  public String leave(
      CommandCall call, @Argument("room") String room, @Argument("reason") @Greedy String reason) {
    Conversation where = room(room);
    report(
        call,
        bot.perform(new Leave(where, reason)),
        "I have left " + where.address(),
        "I could not leave " + where.address());
    return "leaving " + where.address() + UNTIL_NEXT_START;
  }

  /**
   * Lists the loaded plugins, then those that are there but not loaded, with the reason.
   *
   * @return a line for each
   */
  @Command("plugin list")
  @Command("plugins")
  @Permission("admin.plugins")
  @CommandDescription("Lists the plugins, and why some are not loaded")
  public String plugins() {
    return AdminLines.linesOr(
        "no plugins",
        Stream.concat(
                administration.plugins().stream().map(AdminLines::described),
                administration.notLoaded().stream()
                    .map(plugin -> "not loaded: " + plugin.source() + ": " + plugin.reason()))
            .toList());
  }

  /**
   * Loads a plugin.
   *
   * @param name a bundled plugin's name, a class's name, or the id of a jar in {@code plugins.d/}
   * @return one line
   */
  @Command("plugin load <name>")
  @Permission("admin.plugins")
  @CommandDescription("Loads a plugin by name, class or jar")
  public String load(@Argument("name") String name) {
    return "loaded " + AdminLines.described(asked(() -> administration.load(name))) + PLUGIN_KEPT;
  }

  /**
   * Loads a plugin again; if that fails the old one stays.
   *
   * @param name a loaded plugin
   * @return one line
   */
  @Command("plugin reload <name>")
  @Permission("admin.plugins")
  @CommandDescription("Loads a plugin again")
  public String reload(@Argument("name") String name) {
    return "reloaded " + AdminLines.described(asked(() -> administration.reload(name)));
  }

  /**
   * Unloads a plugin.
   *
   * @param name a loaded plugin
   * @return one line
   */
  @Command("plugin unload <name>")
  @Permission("admin.plugins")
  @CommandDescription("Unloads a plugin")
  public String unload(@Argument("name") String name) {
    if (name.equals(OWN_NAME)) {
      throw new CommandException(
          "cannot unload plugin admin: it runs this very command, and nobody could load it again"
              + " from chat. To leave it out, take it out of bot.conf and start the bot anew; to"
              + " load it anew, use reload");
    }
    return asked(() -> {
      administration.unload(name);
      return "unloaded " + name + UNTIL_NEXT_START;
    });
  }

  /**
   * Lists the actions that were given up.
   *
   * @return a line for each
   */
  @Command("outbox list")
  @Permission("admin.outbox")
  @CommandDescription("Lists the actions that were given up")
  public String deadLetters() {
    return AdminLines.linesOr(
        "nothing was given up",
        administration.deadLetters().stream().map(AdminLines::described).toList());
  }

  /**
   * Sends again what was given up.
   *
   * @param number as {@code outbox list} shows it
   * @return one line
   */
  @Command("outbox retry <number>")
  @Permission("admin.outbox")
  @CommandDescription("Sends again what was given up")
  public String retry(@Argument("number") long number) {
    return asked(() -> {
      administration.retry(number);
      return "sending " + number + " again";
    });
  }

  /**
   * Forgets what was given up.
   *
   * @param number as {@code outbox list} shows it
   * @return one line
   */
  @Command("outbox drop <number>")
  @Permission("admin.outbox")
  @CommandDescription("Forgets what was given up")
  public String drop(@Argument("number") long number) {
    return asked(() -> {
      administration.drop(number);
      return "dropped " + number;
    });
  }

  /**
   * Lists the events that were put aside because they ended the bot.
   *
   * @return a line for each
   */
  @Command("inbox list")
  @Permission("admin.inbox")
  @CommandDescription("Lists the events that were put aside because they ended the bot")
  public String deadEvents() {
    return AdminLines.linesOr(
        "no event was put aside",
        administration.deadEvents().stream().map(AdminLines::described).toList());
  }

  /**
   * Shows an event that was put aside.
   *
   * @param number as {@code inbox list} shows it
   * @return all that is known of it
   */
  @Command("inbox show <number>")
  @Permission("admin.inbox")
  @CommandDescription("Shows an event that was put aside")
  public String showEvent(@Argument("number") long number) {
    return administration
        .deadEvent(number)
        .map(event -> AdminLines.described(event) + "\n" + event.text())
        .orElseThrow(() -> new CommandException("no event " + number + " was put aside"));
  }

  /**
   * Has an event handled once more that was put aside.
   *
   * @param number as {@code inbox list} shows it
   * @return one line
   */
  @Command("inbox retry <number>")
  @Permission("admin.inbox")
  @CommandDescription("Has an event handled once more that was put aside")
  public String retryEvent(@Argument("number") long number) {
    return asked(() -> {
      administration.retryEvent(number);
      return "handling " + number + " again";
    });
  }

  /**
   * Forgets an event that was put aside.
   *
   * @param number as {@code inbox list} shows it
   * @return one line
   */
  @Command("inbox drop <number>")
  @Permission("admin.inbox")
  @CommandDescription("Forgets an event that was put aside")
  public String dropEvent(@Argument("number") long number) {
    return asked(() -> {
      administration.dropEvent(number);
      return "dropped " + number;
    });
  }

  /**
   * Tells how the bot as a whole is.
   *
   * @return one line, and one for each account
   */
  @Command("health")
  @Permission("admin.health")
  @CommandDescription("Tells how the bot is")
  public String health() {
    Health health = administration.health();
    long loaded = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    return "up %ds; events %d (%d repeated); outbox %d waiting, %d doubtful, %d dead; incidents %d; heap %d MB"
            .formatted(
                health.uptime().toSeconds(),
                health.events(),
                health.duplicates(),
                health.waiting(),
                health.doubtful(),
                health.dead(),
                health.incidents(),
                loaded >> 20)
        + http()
        + "\n"
        + accounts();
  }

  private String http() {
    List<String> http = administration.http();
    return http.isEmpty() ? "" : "\nHTTP at " + http.getFirst() + ", routes " + (http.size() - 1);
  }

  private Conversation room(String room) {
    Conversation where = asked(() -> bot.locate(room));
    if (where.isDirect()) {
      throw new CommandException(where.address() + " is no room");
    }
    return where;
  }

  /** The core's {@code IllegalArgumentException}s are promised to be fit for a user. */
  private static <T> T asked(Supplier<T> deed) {
    try {
      return deed.get();
    } catch (IllegalArgumentException wrong) {
      throw new CommandException(String.valueOf(wrong.getMessage()));
    }
  }
}

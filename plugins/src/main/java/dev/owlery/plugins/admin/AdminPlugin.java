package dev.owlery.plugins.admin;

import static java.util.stream.Collectors.joining;

import dev.owlery.api.action.Join;
import dev.owlery.api.action.Leave;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.plugin.Administration;
import dev.owlery.api.plugin.Administration.DeadEvent;
import dev.owlery.api.plugin.Administration.DeadLetter;
import dev.owlery.api.plugin.Administration.Health;
import dev.owlery.api.plugin.Administration.PluginState;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
        .map(account -> account.getKey() + ": " + state(account.getValue()))
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
    return linesOr(
        "in no room",
        administration.accounts().values().stream()
            .flatMap(state -> state.rooms().entrySet().stream())
            .map(AdminPlugin::roomLine)
            .sorted()
            .toList());
  }

  /**
   * Goes into a room, and stays in it over reconnections.
   *
   * @param room written {@code account/room}
   * @return one line
   */
  @Command("join <room>")
  @Permission("admin.rooms")
  @CommandDescription("Goes into a room, written ACCOUNT/ROOM")
  public String join(@Argument("room") String room) {
    Conversation where = room(room);
    bot.perform(new Join(where, Optional.empty()));
    return "going to " + where.address();
  }

  /**
   * Goes out of a room.
   *
   * @param room written {@code account/room}
   * @return one line
   */
  @Command("leave <room>")
  @Permission("admin.rooms")
  @CommandDescription("Goes out of a room, written ACCOUNT/ROOM")
  public String leave(@Argument("room") String room) {
    return leave(room, "");
  }

  /**
   * Goes out of a room and says why.
   *
   * @param room written {@code account/room}
   * @param reason what to say of it
   * @return one line
   */
  @Command("leave <room> <reason>")
  @Permission("admin.rooms")
  @CommandDescription("Goes out of a room and says why")
  public String leave(@Argument("room") String room, @Argument("reason") @Greedy String reason) {
    Conversation where = room(room);
    bot.perform(new Leave(where, reason));
    return "leaving " + where.address();
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
    return linesOr(
        "no plugins",
        Stream.concat(
                administration.plugins().stream().map(AdminPlugin::described),
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
    return "loaded " + described(asked(() -> administration.load(name)));
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
    return "reloaded " + described(asked(() -> administration.reload(name)));
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
    return asked(() -> {
      administration.unload(name);
      return "unloaded " + name;
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
    return linesOr(
        "nothing was given up",
        administration.deadLetters().stream().map(AdminPlugin::described).toList());
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
    return linesOr(
        "no event was put aside",
        administration.deadEvents().stream().map(AdminPlugin::described).toList());
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
        .map(event -> described(event) + "\n" + event.text())
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

  private static String linesOr(String nothing, List<String> lines) {
    return lines.isEmpty() ? nothing : String.join("\n", lines);
  }

  private static String state(AccountState state) {
    String phase = state.phase().name().toLowerCase(Locale.ROOT);
    long joined = state.rooms().values().stream().filter(AccountState.RoomState::joined).count();
    String rooms =
        state.rooms().isEmpty() ? "" : ", in " + joined + "/" + state.rooms().size() + " rooms";
    return phase + rooms + (state.detail().isEmpty() ? "" : ", " + state.detail());
  }

  private static String roomLine(Map.Entry<Conversation, AccountState.RoomState> room) {
    AccountState.RoomState state = room.getValue();
    return room.getKey().address()
        + (state.joined() ? "" : " (not in it)")
        + (state.detail().isEmpty() ? "" : ": " + state.detail());
  }

  private static String described(PluginState plugin) {
    return plugin.id()
        + (plugin.version().isEmpty() ? "" : " " + plugin.version())
        + " ("
        + plugin.source()
        + (plugin.paused() ? ", paused because it kept failing)" : ")");
  }

  private static String described(DeadEvent event) {
    return "%d in %s since %s: ended the bot %d times in %s"
        .formatted(event.number(), event.where(), event.since(), event.attempts(), event.handler());
  }

  private static String described(DeadLetter letter) {
    return "%d to %s since %s: %s (%s)"
        .formatted(
            letter.number(), letter.where(), letter.since(), letter.summary(), letter.reason());
  }
}

package dev.owlery.core.command;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandInfo;
import dev.owlery.api.command.Commands;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.core.permission.Permissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.incendo.cloud.permission.Permission;

/**
 * Knows all commands and finds the one that a message calls: by prefix anywhere, by the bot's name,
 * or without either in a direct chat. The grammar and the reading of arguments are the cloud
 * framework's, with a framework of its own for every object that declares commands.
 *
 * <p>A command without {@code @Permission} takes the permission {@code PLUGIN.WORD}, with the
 * plugin's id and its own first word, so that nothing is open to everybody by mistake; harmless
 * commands say {@code @Permission("view")}.
 *
 * <p>Every method may be called from any thread.
 */
public final class CommandRouter implements Commands {

  /** The owner of the commands that the router has by itself. */
  public static final String CORE = "core";

  private final Execution.Station station;
  private final Object registering = new Object();
  private volatile Catalogue catalogue = Catalogue.EMPTY;

  /**
   * Makes a router that knows only {@code more}.
   *
   * @param settings the limits
   * @param permissions who may do what
   * @param clock the bot's
   */
  public CommandRouter(CommandSettings settings, Permissions permissions, InstantSource clock) {
    Leftovers leftovers = new Leftovers(clock);
    station = new Execution.Station(settings, permissions, clock, leftovers);
    add(CORE, new More(leftovers), word -> "");
  }

  /**
   * Registers the commands of an object: its own methods with {@code @Command}, whatever their
   * visibility. All of them or none.
   *
   * @param plugin the plugin's id
   * @param annotatedObject whose class declares them; it may declare none
   * @throws IllegalArgumentException if a declaration is wrong or a first word is taken; then the
   *     text names both owners
   */
  public void register(String plugin, Object annotatedObject) {
    if (Declarations.isDeclaredBy(annotatedObject)) {
      add(plugin, annotatedObject, word -> plugin + "." + word);
    }
  }

  private void add(String plugin, Object object, UnaryOperator<String> unmarked) {
    Declarations declarations = new Declarations(plugin, object, station.permissions(), unmarked);
    synchronized (registering) {
      catalogue = catalogue.with(declarations);
    }
  }

  /**
   * Forgets all commands of a plugin. Calls that run go on.
   *
   * @param plugin the plugin's id; one without commands is fine
   */
  public void unregister(String plugin) {
    synchronized (registering) {
      catalogue = catalogue.without(plugin);
    }
  }

  /**
   * Finds what a message calls. Automatic answers (NOTICE), deeds, other bots and the bot itself
   * call nothing, and neither does an unknown command in a room.
   *
   * @param message what was said
   * @param selfName what the bot is called in the conversation
   * @return what to run in the message's lane; empty if it is no command
   */
  public Optional<Invocation> match(MessagePosted message, String selfName) {
    if (message.tone() != Tone.NORMAL || message.sender().isBot() || message.sender().isSelf()) {
      return Optional.empty();
    }
    String text = message.content().text().plain();
    String prefix = station.settings().prefix();
    Addressed addressed = Addressed.read(text, prefix, selfName, message.where().isDirect());
    if (addressed == null) {
      return Optional.empty();
    }
    String typed = addressed.word();
    Catalogue.Entry entry = catalogue.find(typed);
    if (entry == null) {
      return hint(message, addressed);
    }
    String line = line(entry.word(), addressed.line().substring(typed.length()));
    Declarations declarations = entry.declarations();
    if (isTooOld(message.origin())) {
      return Optional.of(missed(message, addressed.line()));
    }
    return Optional.of(
        new Invocation(
            Invocation.Kind.COMMAND,
            declarations.plugin(),
            addressed.line(),
            message,
            new Execution(declarations, message, line, selfName, station)));
  }

  private static String line(String word, String rest) {
    String arguments = rest.strip();
    return arguments.isEmpty() ? word : word + " " + arguments;
  }

  private boolean isTooOld(Origin origin) {
    return origin.delivery() == Origin.Delivery.CATCH_UP
        && Duration.between(origin.at(), station.clock().instant())
                .compareTo(station.settings().oldestCommand())
            > 0;
  }

  private static Invocation missed(MessagePosted message, String line) {
    String text =
        "missed while away: "
            + Complaint.oneLine(line, 200)
            + " ("
            + Complaint.oneLine(message.sender().displayName(), 64)
            + ")";
    return new Invocation(
        Invocation.Kind.MISSED, CORE, line, message, host -> host.reply(Content.of(text)));
  }

  /** Only who speaks to the bot gets one; in a room only if there is something to suggest. */
  private Optional<Invocation> hint(MessagePosted message, Addressed addressed) {
    if (!addressed.certain() || message.origin().delivery() == Origin.Delivery.CATCH_UP) {
      return Optional.empty();
    }
    String word = addressed.word();
    List<String> near =
        catalogue.like(word, info -> isPermitted(message.sender(), message.where(), info));
    if (near.isEmpty() && !message.where().isDirect()) {
      return Optional.empty();
    }
    String prefix = station.settings().prefix();
    String text =
        "I know no command \""
            + Complaint.oneLine(word, 40)
            + "\"."
            + (near.isEmpty() ? "" : " Did you mean " + prefix + String.join(", " + prefix, near))
            + (near.isEmpty() ? "" : "?");
    return Optional.of(
        new Invocation(
            Invocation.Kind.HINT,
            CORE,
            addressed.line(),
            message,
            host -> host.reply(Content.of(text))));
  }

  /**
   * Completes what somebody types, with commands that they may call only.
   *
   * @param member who types
   * @param where in which conversation
   * @param input what they have typed so far, with or without prefix
   * @return what the last word may become, at most 100
   */
  public List<String> suggestions(Member member, Conversation where, String input) {
    return new Completion(station, catalogue).complete(member, where, input);
  }

  @Override
  public List<CommandInfo> all() {
    return catalogue.commands();
  }

  @Override
  public Decision decide(CommandCall call, CommandInfo command) {
    return station.rules().decide(call.caller(), call.where(), needs(command));
  }

  @Override
  public List<String> like(String input) {
    return catalogue.like(input, info -> true);
  }

  private boolean isPermitted(Member member, Conversation where, CommandInfo command) {
    return station.rules().decide(member, where, needs(command)).permitted();
  }

  private Permission needs(CommandInfo command) {
    return catalogue.permission(command).orElseGet(() -> Permission.of(command.permission()));
  }
}

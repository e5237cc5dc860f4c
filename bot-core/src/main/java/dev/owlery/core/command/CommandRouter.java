package dev.owlery.core.command;

import dev.owlery.api.action.EndCall;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.CommandInfo;
import dev.owlery.api.command.CommandLookup;
import dev.owlery.api.command.Commands;
import dev.owlery.api.command.TypedText;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.FormAnswered;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.core.command.CallOrigin.CallStyle;
import dev.owlery.core.permission.Audit;
import dev.owlery.core.permission.Permissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** The bundled plugin help has it. */
  private static final String WHOAMI = "whoami";

  private final CommandExecution.CommandEnvironment station;
  private final Object registering = new Object();
  private volatile CommandCatalog catalogue = CommandCatalog.EMPTY;

  /**
   * Makes a router that knows only {@code more}.
   *
   * @param settings the limits
   * @param permissions who may do what
   * @param clock the bot's
   */
  public CommandRouter(CommandSettings settings, Permissions permissions, InstantSource clock) {
    Pager leftovers = new Pager(clock);
    station = new CommandExecution.CommandEnvironment(settings, permissions, clock, leftovers);
    add(CORE, new MoreCommand(leftovers), word -> "");
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
    if (CommandDeclarations.isDeclaredBy(annotatedObject)) {
      add(plugin, annotatedObject, word -> plugin + "." + word);
    }
  }

  private void add(String plugin, Object object, UnaryOperator<String> unmarked) {
    CommandDeclarations declarations =
        new CommandDeclarations(plugin, object, station.permissions(), unmarked);
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
   * @param can what the network can do
   * @return what to run in the message's lane; empty if it is no command
   */
  public Optional<RoutedCall> match(MessagePosted message, String selfName, Set<Capability> can) {
    if (message.tone() != Tone.NORMAL || message.sender().isBot() || message.sender().isSelf()) {
      return Optional.empty();
    }
    String text = message.content().text().plain();
    String prefix = station.settings().prefix();
    AddressedText addressed =
        AddressedText.read(text, prefix, selfName, message.where().isDirect());
    if (addressed == null) {
      return Optional.empty();
    }
    return match(CallOrigin.by(message, can), addressed, selfName);
  }

  /**
   * Whether a message calls a command that there is, by the prefix: even a caller who was asked
   * something means the command then, and not an answer.
   *
   * @param message what was said
   * @param selfName what the bot is called in the conversation
   * @return false for whatever may be an answer
   */
  public boolean isCommand(MessagePosted message, String selfName) {
    AddressedText addressed =
        AddressedText.prefixed(
            message.content().text().plain(), station.settings().prefix(), selfName);
    return addressed != null && catalogue.find(addressed.word()) != null;
  }

  /**
   * Finds what a call by a network's own way means: always something, if only a hint.
   *
   * @param called what was called
   * @param selfName what the bot is called in the conversation
   * @return what to run in the event's lane; empty only if the bot called itself
   */
  public Optional<RoutedCall> match(CommandCalled called, String selfName) {
    if (called.caller().isSelf()) {
      return Optional.empty();
    }
    String line = TypedText.strip(called.line());
    String prefix = station.settings().prefix();
    AddressedText addressed =
        new AddressedText(line.startsWith(prefix) ? line.substring(prefix.length()) : line, true);
    return match(CallOrigin.by(called), addressed, selfName);
  }

  /**
   * What to tell somebody whose answer nobody waits for any more.
   *
   * @param answered the answer
   * @return what to run in the event's lane
   */
  public RoutedCall late(FormAnswered answered) {
    return saying(
        RoutedCall.CallKind.HINT, answered.question(), "That question is no longer open.");
  }

  private Optional<RoutedCall> match(CallOrigin calling, AddressedText addressed, String selfName) {
    String typed = addressed.word();
    CommandCatalog.DeclaredCommand entry = catalogue.find(typed);
    if (entry == null) {
      return hint(calling, addressed);
    }
    String line = line(entry.word(), addressed.line().substring(typed.length()));
    CommandDeclarations declarations = entry.declarations();
    if (isTooOld(calling.origin())) {
      return Optional.of(missed(calling, addressed.line()));
    }
    return Optional.of(
        new RoutedCall(
            RoutedCall.CallKind.COMMAND,
            declarations.plugin(),
            addressed.line(),
            new CommandExecution(declarations, calling, line, selfName, this::refusal, station)));
  }

  private static RoutedCall saying(RoutedCall.CallKind kind, String line, String text) {
    return new RoutedCall(
        kind,
        CORE,
        line,
        host -> {
          host.fails(
              kind == RoutedCall.CallKind.HINT
                  ? EndCall.Failure.MISUNDERSTOOD
                  : EndCall.Failure.FAILED);
          host.reply(Content.of(text));
        });
  }

  private static String line(String word, String rest) {
    String arguments = TypedText.strip(rest);
    return arguments.isEmpty() ? word : word + " " + arguments;
  }

  private boolean isTooOld(Origin origin) {
    return origin.delivery() == Origin.Delivery.CATCH_UP
        && Duration.between(origin.at(), station.clock().instant())
                .compareTo(station.settings().oldestCommand())
            > 0;
  }

  private static RoutedCall missed(CallOrigin calling, String line) {
    String text =
        "missed while away: "
            + UserErrors.oneLine(line, 200)
            + " ("
            + UserErrors.oneLine(calling.caller().displayName(), 64)
            + ")";
    return saying(RoutedCall.CallKind.MISSED, line, text);
  }

  /** Only who speaks to the bot gets one; in a room only if there is something to suggest. */
  private Optional<RoutedCall> hint(CallOrigin calling, AddressedText addressed) {
    if (!addressed.certain() || calling.origin().delivery() == Origin.Delivery.CATCH_UP) {
      return Optional.empty();
    }
    String word = addressed.word();
    List<String> near =
        catalogue.like(word, info -> isPermitted(calling.caller(), calling.where(), info));
    if (near.isEmpty() && !calling.where().isDirect() && calling.manner() != CallStyle.FORMS) {
      return Optional.empty();
    }
    String prefix = station.settings().prefix();
    String text =
        "I know no command \""
            + UserErrors.oneLine(word, 40)
            + "\"."
            + (near.isEmpty() ? "" : " Did you mean " + prefix + String.join(", " + prefix, near))
            + (near.isEmpty() ? "" : "?");
    return Optional.of(saying(RoutedCall.CallKind.HINT, addressed.line(), text));
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

  /**
   * The commands that somebody may call, as forms.
   *
   * @param member who would call
   * @param where in which conversation
   * @return by name and syntax
   */
  public List<CommandForm> forms(Member member, Conversation where) {
    return catalogue.forms().stream()
        .filter(form -> isPermitted(member, where, form.info()))
        .toList();
  }

  /**
   * Looks for one command by its name. If somebody may not call it, that leaves an audit line.
   *
   * @param member who would call
   * @param where in which conversation
   * @param name its name
   * @return the command, or why there is none for them
   */
  public CommandLookup lookUp(Member member, Conversation where, String name) {
    List<CommandForm> named =
        catalogue.forms().stream().filter(form -> form.info().name().equals(name)).toList();
    for (CommandForm form : named) {
      if (isPermitted(member, where, form.info())) {
        return new CommandLookup.Found(form);
      }
    }
    if (named.isEmpty()) {
      return new CommandLookup.Unknown();
    }
    Permission needed = needs(named.getFirst().info());
    Decision decision = station.rules().decide(member, where, needed);
    Audit.refused(member, where, PermissionCheck.words(needed), name, decision.reason());
    return new CommandLookup.NotAllowed(refusal(member, where, needed));
  }

  /** What to tell somebody who may not, with the next step for a stranger. */
  private String refusal(Member member, Conversation where, Permission needed) {
    return member.identity().isPresent()
        ? UserErrors.forbidden(needed)
        : UserErrors.forbiddenToStranger(
            needed,
            catalogue.commands().stream()
                .filter(info -> info.name().equals(WHOAMI) && isPermitted(member, where, info))
                .findFirst()
                .map(info -> station.settings().prefix() + info.name()));
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

package dev.owlery.plugins.help;

import static java.util.stream.Collectors.joining;

import dev.owlery.api.chat.Identity;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.command.CommandInfo;
import dev.owlery.api.command.Commands;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;

/**
 * Help made from the commands' declarations, so that it cannot be out of date. Shows nobody what
 * they may not call. Stateless; may be called from any thread.
 */
public final class HelpPlugin implements Plugin {

  private final Commands commands;

  @Inject
  HelpPlugin(Commands commands) {
    this.commands = commands;
  }

  /**
   * Lists what the caller may do.
   *
   * @param call who asks
   * @return the names, and a hint
   */
  @Command("help")
  @Permission("view")
  @CommandDescription("Lists the commands that you may call")
  public String help(CommandCall call) {
    return permitted(call, commands.all()).stream()
            .map(CommandInfo::name)
            .distinct()
            .sorted()
            .collect(joining(", "))
        + "\nhelp COMMAND tells more";
  }

  /**
   * Explains one command, or all whose names begin with that word.
   *
   * @param call who asks
   * @param command what to explain
   * @return a line for each
   */
  @Command("help <command>")
  @Permission("view")
  @CommandDescription("Explains a command")
  public String help(CommandCall call, @Argument("command") @Greedy String command) {
    List<CommandInfo> found = permitted(call, named(command));
    if (found.isEmpty()) {
      throw unknown(call, command);
    }
    return found.stream().map(HelpPlugin::line).collect(joining("\n"));
  }

  /**
   * Explains why the caller may or may not call a command.
   *
   * @param call who asks
   * @param command which command
   * @return one line
   */
  @Command("why <command>")
  @Permission("view")
  @CommandDescription("Explains why you may or may not call a command")
  public String why(CommandCall call, @Argument("command") @Greedy String command) {
    List<CommandInfo> found = named(command);
    if (found.isEmpty()) {
      throw unknown(call, command);
    }
    return found.stream().map(info -> reason(call, info)).distinct().collect(joining("\n"));
  }

  /**
   * Tells the caller who they are to the bot: what permissions can be given to.
   *
   * @param call who asks
   * @return their identity as the configuration writes it, and what to do with it
   */
  @Command("whoami")
  @Permission("view")
  @CommandDescription("Tells who you are to me, as the configuration writes it")
  public String whoami(CommandCall call) {
    Optional<Identity> identity = call.caller().identity();
    if (identity.isEmpty()) {
      return "The network does not say who you are (a name alone can be anybody's), so I cannot"
          + " give you permissions. Log in to the network's services, if it has any, and ask"
          + " again; or use `owlery admin` on the machine that I run on.";
    }
    return call.person()
        .map(person -> "You are " + person + ": " + identity.get())
        .orElseGet(() ->
            "You are "
                + identity.get()
                + ". To be given permissions, be named in bot.conf: permissions { persons { NAME ="
                + " [ \""
                + identity.get()
                + "\" ] } }");
  }

  private static String line(CommandInfo info) {
    return info.description().isEmpty() ? info.syntax() : info.syntax() + ": " + info.description();
  }

  private String reason(CommandCall call, CommandInfo info) {
    Commands.Decision decision = commands.decide(call, info);
    return info.name() + ": " + (decision.permitted() ? "yes, " : "no, ") + decision.reason();
  }

  private List<CommandInfo> permitted(CommandCall call, List<CommandInfo> all) {
    return all.stream().filter(info -> commands.decide(call, info).permitted()).toList();
  }

  /**
   * The commands of that name, and all that begin with it: {@code plugin load} for {@code plugin}.
   */
  private List<CommandInfo> named(String command) {
    String wanted = name(command);
    return Stream.concat(
            commands.all().stream().filter(info -> lower(info.name()).equals(wanted)),
            commands.all().stream().filter(info -> lower(info.name()).startsWith(wanted + " ")))
        .toList();
  }

  private CommandException unknown(CommandCall call, String command) {
    String near =
        commands.like(name(command)).stream()
            .filter(name -> !permitted(call, named(name)).isEmpty())
            .limit(3)
            .collect(joining(", "));
    return new CommandException(
        "I know no such command" + (near.isEmpty() ? "" : "; did you mean " + near + "?"));
  }

  /** People type {@code !help !echo} too. */
  private static String name(String command) {
    String name = lower(command.strip());
    int start = 0;
    while (start < name.length() && !Character.isLetterOrDigit(name.charAt(start))) {
      start++;
    }
    return name.substring(start);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}

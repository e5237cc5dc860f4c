package dev.owlery.launcher;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line as a whole: its commands, and what becomes of their failures. */
@Command(
    name = "owlery",
    description = "A bot that lives in several chat networks at once.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 fine, 2 configuration or usage, 1 anything else.",
      "With no bot.conf, `owlery run` chats in this terminal."
    })
final class CommandLines {

  private CommandLines() {}

  /** What follows the command's first word is the bot's to read, options included. */
  private static CommandLine admin(ProcessEnvironment environment) {
    return new CommandLine(new AdminCommand(environment)).setStopAtPositional(true);
  }

  static CommandLine of(ProcessEnvironment environment) {
    CommandLine line = new CommandLine(new CommandLines());
    line.addSubcommand(new RunCommand(environment))
        .addSubcommand(new CheckCommand(environment))
        .addSubcommand(admin(environment))
        .addSubcommand(new SendCommand(environment))
        .addSubcommand(new ListenCommand(environment))
        .addSubcommand(new WatchCommand(environment))
        .addSubcommand(new ReceiveCommand(environment))
        .addSubcommand(new NewPluginCommand(environment))
        .addSubcommand(new InitCommand(environment))
        .addSubcommand(new SlackManifestCommand())
        .addSubcommand(new AotTraining(environment));
    line.setUsageHelpLongOptionsMaxWidth(24);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> ExitCodes.of(failure, command.getErr()));
    return line;
  }
}

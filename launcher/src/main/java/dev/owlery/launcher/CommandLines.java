package dev.owlery.launcher;

import dev.owlery.core.log.LogText;
import dev.owlery.launcher.config.Fault;
import dev.owlery.launcher.config.FaultyConfiguration;
import java.io.PrintWriter;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line as a whole: its commands, and what becomes of their failures. */
@Command(
    name = "owlery",
    description = "A bot that lives in several chat networks at once.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 fine, 2 configuration or usage, 1 anything else.",
      "With no bot.conf, `owlery run` chats in this terminal."
    })
final class CommandLines {

  /** A failure that the user can do something about; its text is all there is to say. */
  static final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    Failure(int exitCode, String message) {
      super(message);
      this.exitCode = exitCode;
    }
  }

  static final int FINE = 0;
  static final int FAILED = 1;
  static final int WRONG = 2;

  private CommandLines() {}

  static int execute(Environment environment, String... arguments) {
    return of(environment).execute(arguments);
  }

  static CommandLine of(Environment environment) {
    CommandLine line = new CommandLine(new CommandLines());
    line.addSubcommand(new RunCommand(environment))
        .addSubcommand(new CheckCommand(environment))
        .addSubcommand(new SendCommand(environment))
        .addSubcommand(new NewPluginCommand())
        .addSubcommand(new InitCommand(environment))
        .addSubcommand(new Rehearsal(environment));
    line.setUsageHelpLongOptionsMaxWidth(24);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> report(failure, command.getErr()));
    return line;
  }

  private static int report(Exception failure, PrintWriter err) {
    return switch (failure) {
      case FaultyConfiguration faulty -> {
        List<Fault> faults = faulty.faults();
        faults.forEach(err::println);
        err.println(
            faults.size() == 1
                ? "1 fault; nothing was started."
                : faults.size() + " faults; nothing was started.");
        yield WRONG;
      }
      case Failure told -> {
        String.valueOf(told.getMessage()).lines().map(LogText::encode).forEach(err::println);
        yield told.exitCode;
      }
      default -> {
        LoggerFactory.getLogger(CommandLines.class).error("stopped by a fault of its own", failure);
        yield FAILED;
      }
    };
  }
}

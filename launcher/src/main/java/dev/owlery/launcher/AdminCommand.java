package dev.owlery.launcher;

import dev.owlery.core.journal.Durability;
import dev.owlery.core.log.LogText;
import dev.owlery.launcher.ExitCodes.StartFailure;
import dev.owlery.launcher.config.BotSettings;
import dev.owlery.launcher.config.FaultyConfiguration;
import dev.owlery.launcher.control.ControlClient;
import dev.owlery.launcher.control.ControlSocket;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Sends a command to the running bot over its control socket, with an administrator's rights, and
 * prints the answers.
 */
@Command(
    name = "admin",
    description = "Run one of the bot's commands in the running bot, as its administrator.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "For the bot's own user and root, on the bot's machine: owlery admin plugin list",
      "Exit codes: 0 done, 2 no such command or not understood, 1 anything else."
    })
final class AdminCommand implements Callable<Integer> {

  private final ProcessEnvironment environment;

  @Mixin private ConfigFile config = new ConfigFile();

  @Parameters(
      paramLabel = "COMMAND",
      arity = "1..*",
      description = "The command and its arguments, without the prefix.")
  private List<String> words = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  AdminCommand(ProcessEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws FaultyConfiguration {
    BotSettings bot = config.readBot(environment);
    if (bot.durability() == Durability.OFF) {
      throw new StartFailure(
          ExitCodes.WRONG,
          "with durability = off the bot has no data directory, and so no control socket");
    }
    Terminal terminal =
        new Terminal(
            spec.commandLine().getOut(),
            spec.commandLine().getErr(),
            new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())));
    try {
      return new ControlClient(bot.dataDir())
          .ask(
              Map.of(
                  "verb", "command", "line", String.join(" ", words), "asks", Terminal.isThere()),
              terminal);
    } catch (IOException e) {
      Path socket = ControlSocket.in(bot.dataDir());
      throw new StartFailure(
          ExitCodes.FAILED,
          "no bot answers at "
              + socket.toAbsolutePath()
              + " ("
              + e.getMessage()
              + "): is it running, is this the directory that it was started in, and are you its"
              + " user, or root?");
    }
  }

  /** Standard input and output. */
  private record Terminal(PrintWriter out, PrintWriter err, BufferedReader in)
      implements ControlClient.ClientTerminal {

    static boolean isThere() {
      return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    @Override
    public void hears(String text) {
      text.lines()
          .map(line -> LogText.encode(line, Integer.MAX_VALUE))
          .forEach(line -> {
            out.print(line);
            out.print('\n');
          });
      out.flush();
    }

    @Override
    public void isTold(String text) {
      err.println(LogText.encode(text));
      err.flush();
    }

    @Override
    public Optional<String> answers(String question) throws IOException {
      out.print(LogText.encode(question));
      out.flush();
      return Optional.ofNullable(in.readLine());
    }
  }
}

package dev.owlery.launcher;

import dev.owlery.launcher.config.Configuration;
import dev.owlery.launcher.config.FaultyConfiguration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the bot and stays with it. */
@Command(
    name = "run",
    description = "Start the bot.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Stops on SIGTERM, SIGINT (Ctrl-C) and SIGHUP, within ten seconds; a second one ends it at"
          + " once."
    })
final class RunCommand implements Callable<Integer> {

  private final ProcessEnvironment environment;

  @Mixin private ConfigFile config = new ConfigFile();

  RunCommand(ProcessEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws FaultyConfiguration {
    Configuration configuration = config.read(environment);
    return new BotProcess(configuration, environment.endAtOnce()).run();
  }
}

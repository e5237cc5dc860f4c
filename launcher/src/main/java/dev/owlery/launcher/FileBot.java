package dev.owlery.launcher;

import dev.owlery.core.journal.Durability;
import dev.owlery.core.procedure.ProcedureSettings;
import dev.owlery.core.topic.TopicSettings;
import dev.owlery.launcher.ExitCodes.StartFailure;
import dev.owlery.launcher.config.BotSettings;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.launcher.config.FaultyConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A bot that only carries files, as the command line says: with the accounts of the configuration,
 * none of its plugins, and a memory of its own, so that it goes on where it was.
 */
final class FileBot {

  private static final String PLUGIN = "file-relay";

  private FileBot() {}

  /**
   * Runs until it is told to stop.
   *
   * @param directory where the files are or go
   * @param accounts which of the configured ones; all if empty
   * @param block the plugin's block, as it would be in the configuration
   * @return the exit code
   * @throws StartFailure if there is no such folder or account
   */
  static int run(
      ConfigFile config,
      ProcessEnvironment environment,
      Path directory,
      Set<String> accounts,
      Map<String, Object> block)
      throws FaultyConfiguration {
    if (!Files.isDirectory(directory)) {
      throw new StartFailure(ExitCodes.WRONG, directory + " is no folder");
    }
    Configuration whole = config.read(environment);
    accounts.forEach(name -> AccountNames.check(whole, name));
    BotSettings bot = whole.bot();
    Path memory =
        bot.dataDir()
            .resolve(
                "files-" + HexFormat.of().toHexDigits(new TreeMap<>(block).toString().hashCode()));
    Configuration station =
        new Configuration(
            new BotSettings(
                bot.name(),
                bot.prefix(),
                memory,
                bot.durability() == Durability.OFF ? Durability.CRASH : bot.durability(),
                bot.pluginsDir(),
                bot.pluginHashes(),
                List.of()),
            whole.accounts().stream()
                .filter(each -> accounts.isEmpty() || accounts.contains(each.id().name()))
                .toList(),
            List.of(PLUGIN),
            whole.bundled(),
            environment.configurations().pluginSettings(PLUGIN, block),
            whole.limits(),
            whole.permissions(),
            ProcedureSettings.standard(),
            TopicSettings.standard(),
            whole.http(),
            whole.files(),
            List.of());
    return new BotProcess(station, environment.endAtOnce()).run();
  }
}

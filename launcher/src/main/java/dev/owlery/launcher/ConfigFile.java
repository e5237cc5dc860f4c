package dev.owlery.launcher;

import dev.owlery.launcher.ExitCodes.StartFailure;
import dev.owlery.launcher.config.BotSettings;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.launcher.config.ConfigurationReader;
import dev.owlery.launcher.config.FaultyConfiguration;
import dev.owlery.launcher.log.LogSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that all commands with a configuration have. Filled by picocli. */
final class ConfigFile {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration; bot.conf if there is one.")
  private Optional<Path> file;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log details too.")
  private boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      description = "Log only what is wrong.")
  private boolean quiet;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Log to a file too, everything that is logged without --quiet.")
  private Optional<Path> log = Optional.empty();

  ConfigFile() {
    this(Optional.empty());
  }

  ConfigFile(Optional<Path> file) {
    this.file = file;
  }

  Configuration read(ProcessEnvironment environment) throws FaultyConfiguration {
    return read(environment, ConfigurationReader::read);
  }

  /** Reads it as the command {@code check} does, which has time to look closer. */
  Configuration check(ProcessEnvironment environment) throws FaultyConfiguration {
    return read(environment, ConfigurationReader::check);
  }

  /** A way of reading a file. */
  private interface ConfigReading {
    Configuration read(ConfigurationReader reader, Path file) throws FaultyConfiguration;
  }

  private Configuration read(ProcessEnvironment environment, ConfigReading reading)
      throws FaultyConfiguration {
    if (verbose) {
      LogSetup.verbose();
    }
    if (quiet) {
      LogSetup.errorsOnly();
    }
    log.ifPresent(ConfigFile::logTo);
    ConfigurationReader reader = environment.configurations();
    Path standard = Path.of(ConfigurationReader.STANDARD_FILE);
    if (file.isEmpty() && !Files.exists(standard)) {
      return reader.withoutFile();
    }
    Path path = file.orElse(standard);
    Configuration configuration = reading.read(reader, path);
    return configuration.with(new RereadSettings(configuration.pluginSettings(), reader, path));
  }

  private static void logTo(Path log) {
    try {
      LogSetup.to(log);
    } catch (IOException e) {
      throw new StartFailure(ExitCodes.WRONG, "cannot log to " + log + ": " + e);
    }
  }

  /**
   * Reads the block {@code bot} alone: it is enough to find a bot that runs, and asks for no
   * secrets.
   */
  BotSettings readBot(ProcessEnvironment environment) throws FaultyConfiguration {
    return environment
        .configurations()
        .readBot(file.orElse(Path.of(ConfigurationReader.STANDARD_FILE)));
  }

  boolean verbose() {
    return verbose;
  }

  /** What to call the configuration in a sentence. */
  String name() {
    if (file.isPresent()) {
      return file.get().toString();
    }
    return Files.exists(Path.of(ConfigurationReader.STANDARD_FILE))
        ? ConfigurationReader.STANDARD_FILE
        : "the built-in configuration";
  }
}

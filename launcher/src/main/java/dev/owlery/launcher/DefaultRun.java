package dev.owlery.launcher;

import dev.owlery.launcher.config.FaultyConfiguration;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The ordinary start, {@code owlery run [--config FILE]}, without the library for command lines:
 * its classes are of a form too old for the AOT cache, and reading them takes a fifth of the start.
 */
final class DefaultRun {

  private DefaultRun() {}

  /** Runs the bot if the arguments are that plain; the exit code. */
  static OptionalInt attempt(ProcessEnvironment environment, String... arguments) {
    boolean plain = arguments.length == 1;
    boolean withFile =
        arguments.length == 3
            && (arguments[1].equals("--config") || arguments[1].equals("-c"))
            && !arguments[2].isEmpty()
            && !arguments[2].startsWith("-");
    if (!(plain || withFile) || !arguments[0].equals("run")) {
      return OptionalInt.empty();
    }
    Optional<Path> file = plain ? Optional.empty() : Optional.of(Path.of(arguments[2]));
    return OptionalInt.of(run(environment, new ConfigFile(file)));
  }

  private static int run(ProcessEnvironment environment, ConfigFile config) {
    try {
      return new BotProcess(config.read(environment), environment.endAtOnce()).run();
    } catch (FaultyConfiguration | RuntimeException e) {
      // The boundary of the program: nobody else would tell of it.
      return ExitCodes.of(e, new PrintWriter(System.err, true, Charset.defaultCharset()));
    }
  }
}

package dev.owlery.launcher;

import dev.owlery.launcher.config.Configuration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.sqlite.util.LibraryLoaderUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Plays a bot's start and its daily work once, so that the JVM can note for the AOT cache what it
 * loads and runs. Talks only to a server of its own on this machine, and leaves nothing behind.
 */
@Command(name = "rehearse", hidden = true, description = "Train the AOT cache.")
final class AotTraining implements Callable<Integer> {

  private static final int COMMANDS = 200;

  private final ProcessEnvironment environment;

  @Option(names = "--natives", description = "Where to put native libraries.")
  private Optional<Path> natives = Optional.empty();

  AotTraining(ProcessEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws Exception {
    prepareNatives();
    Path stage = Files.createTempDirectory("owlery-rehearsal");
    try (AotTrainingServer server = new AotTrainingServer(COMMANDS)) {
      Path file = Files.writeString(stage.resolve("bot.conf"), script(stage, server.port()));
      Configuration configuration = environment.configurations().read(file);
      BotProcess bot = new BotProcess(configuration, environment.endAtOnce());
      server.start(bot::stop);
      int code = bot.run();
      return server.isDone() ? code : ExitCodes.FAILED;
    } finally {
      delete(stage);
    }
  }

  /** Puts SQLite's native library where {@code ./owlery} tells it to look, and looks there too. */
  private void prepareNatives() throws IOException {
    if (natives.isPresent()) {
      Files.createDirectories(natives.get());
      String name = LibraryLoaderUtil.getNativeLibName();
      String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
      try (InputStream library = AotTraining.class.getResourceAsStream(resource)) {
        Files.write(
            natives.get().resolve(name), Objects.requireNonNull(library, resource).readAllBytes());
      }
      System.setProperty("org.sqlite.lib.path", natives.get().toString());
    }
  }

  private static String script(Path stage, int port) {
    return """
    bot { name = owl, data-dir = "%s/data", durability = crash, plugins-dir = "%s/plugins.d" }
    accounts {
      stage { protocol = irc, host = "127.0.0.1", port = %d, tls = off, nick = owl
        rooms = ["#stage"], flood { burst = 0 } }
      here { protocol = console, mode = pipe }
    }
    limits { commands-per-minute = 0, patience = 30s }
    plugins = [ help, echo, greeter, uptime, poll, admin ]
    permissions {
      persons { alice = ["stage/account:alice"] }
      roles { admin = [alice] }
      grants { admin = ["*"], everyone = [view] }
    }
    """
        .formatted(stage, stage, port);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

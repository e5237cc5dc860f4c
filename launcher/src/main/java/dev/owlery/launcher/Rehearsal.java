package dev.owlery.launcher;

import dev.owlery.launcher.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Plays a bot's start and its daily work once, so that the JVM can note for the AOT cache what it
 * loads and runs. Talks only to a server of its own on this machine, and leaves nothing behind.
 */
@Command(name = "rehearse", hidden = true, description = "Train the AOT cache.")
final class Rehearsal implements Callable<Integer> {

  private static final int COMMANDS = 1_000;

  private final Environment environment;

  Rehearsal(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws Exception {
    Path stage = Files.createTempDirectory("owlery-rehearsal");
    try (RehearsalServer server = new RehearsalServer(COMMANDS)) {
      Path file = Files.writeString(stage.resolve("bot.conf"), script(stage, server.port()));
      // What `owlery run` does before it comes to the bot.
      var _ = CommandLines.of(environment).parseArgs("run", "--config", file.toString());
      var _ = CommandLines.of(environment).getUsageMessage();
      Configuration configuration = environment.configurations().read(file);
      BotProcess bot = new BotProcess(configuration, environment.endAtOnce());
      server.start(bot::stop);
      int code = bot.run();
      return server.isDone() ? code : CommandLines.FAILED;
    } finally {
      delete(stage);
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

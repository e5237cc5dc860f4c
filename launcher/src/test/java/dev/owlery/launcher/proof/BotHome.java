package dev.owlery.launcher.proof;

import dev.owlery.launcher.AssembledProgram;
import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.net.ScratchDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory of its own for one bot: its configuration, its data, and the logs of all its starts.
 * The program is the {@link AssembledProgram}.
 */
public final class BotHome implements AutoCloseable {
  /** For an account whose server dies more often than once a minute: pauses stay short. */
  static final String OFTEN_KILLED = "retry { longest = 2s }";

  private final ScratchDirectory directory = ScratchDirectory.create("bot");
  private final Map<String, String> environment = new HashMap<>();
  private final List<BotProcess> starts = new ArrayList<>();
  private boolean withTestClasses;

  /** Writes the configuration; {@code data-dir} may be given as {@code DATA}. */
  public BotHome(String configuration) {
    configure(configuration);
  }

  /** An account without flood limits on a server of the tests. */
  public static String irc(String name, IrcServer server, String nick, String... rooms) {
    return irc(name, server.port(), nick, "", rooms);
  }

  /** An account without flood limits on a port of 127.0.0.1. */
  public static String irc(String name, int port, String nick, String more, String... rooms) {
    return """
    %s { protocol = irc, host = "127.0.0.1", port = %d, tls = off, nick = %s, %s
         rooms = [%s], flood { burst = 0, per-second = 1 } }
    """
        .formatted(
            name,
            port,
            nick,
            more,
            Arrays.stream(rooms).map(room -> '"' + room + '"').collect(Collectors.joining(", ")));
  }

  /** An account without flood limits at a server of the tests, without TLS. */
  public static String xmpp(String name, int port, String user, String more, String... rooms) {
    return """
    %s { protocol = xmpp, jid = "%s@localhost", password = secret, %s
         host = "127.0.0.1", port = %d, tls = off
         rooms = [%s], flood { burst = 0, per-second = 1 } }
    """
        .formatted(
            name,
            user,
            more,
            port,
            Arrays.stream(rooms).map(room -> '"' + room + '"').collect(Collectors.joining(", ")));
  }

  /** A configuration for load tests: one account, no limits. */
  public static String loadTest(String account, String plugins) {
    return """
    bot { name = owl, prefix = "!", data-dir = "data", durability = crash }
    accounts { %s }
    plugins = [ %s ]
    limits { commands-per-minute = 0 }
    """
        .formatted(account, plugins);
  }

  public void configure(String configuration) {
    directory.write("bot.conf", configuration);
  }

  /** Puts the plugins of these tests on the class path. */
  public BotHome withTestClasses() {
    withTestClasses = true;
    return this;
  }

  public BotHome with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public Path path() {
    return directory.path();
  }

  public Path data() {
    return directory.path().resolve("data");
  }

  /** {@code ./owlery run --config bot.conf}. */
  public BotProcess run() {
    return start("run", "--config", "bot.conf");
  }

  /** {@code ./owlery ARGUMENTS}. */
  public BotProcess start(String... arguments) {
    return start(command(arguments));
  }

  private BotProcess start(List<String> command) {
    int number = starts.size() + 1;
    BotProcess started =
        BotProcess.start(
            command,
            directory.path(),
            environment,
            directory.path().resolve("out-" + number + ".txt"),
            directory.path().resolve("log-" + number + ".txt"));
    starts.add(started);
    return started;
  }

  /**
   * Runs a shell command in the directory, where {@code ./owlery} is the program. What the shell
   * starts may outlive it: {@link BotProcess#descendants}.
   */
  BotProcess shell(String command) {
    String program =
        command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    Path script = directory.write("owlery", "#!/bin/sh\nexec " + program + " \"$@\"\n");
    if (!script.toFile().setExecutable(true)) {
      throw new IllegalStateException("cannot make " + script + " executable");
    }
    return start(List.of("/bin/sh", "-c", command));
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(AssembledProgram.command(List.of(), withTestClasses));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The logs of all starts, the oldest first. */
  public String logs() {
    return starts.stream().map(BotProcess::log).collect(Collectors.joining("-- next start --\n"));
  }

  List<BotProcess> starts() {
    return List.copyOf(starts);
  }

  /** Keeps what a failure needs to be understood; the directory itself goes. */
  public void keep(String name) {
    try {
      Path kept = Files.createDirectories(Path.of("target", "proof-failures", name));
      try (Stream<Path> files = Files.walk(directory.path())) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = kept.resolve(directory.path().relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.deleteIfExists(copy);
          Files.copy(file, copy);
        }
      }
      System.out.println("[proof] kept " + kept.toAbsolutePath());
    } catch (IOException cannotCopy) {
      throw new UncheckedIOException("cannot keep " + name, cannotCopy);
    }
  }

  @Override
  public void close() {
    starts.forEach(BotProcess::close);
    directory.close();
  }
}

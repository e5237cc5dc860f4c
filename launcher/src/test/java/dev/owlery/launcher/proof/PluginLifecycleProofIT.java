package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcWitness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A stranger writes a plugin: the generated project passes its own build, its jar is loaded,
 * reloaded with changed code and unloaded in a running bot, and nothing of it stays behind.
 */
class PluginLifecycleProofIT {
  private static final String PASSWORD = "wonderland-4711";

  @Test
  @Timeout(400)
  void aGeneratedPluginIsBuiltLoadedReloadedAndUnloadedWithoutATrace() throws IOException {
    try (InspIrcd server = InspIrcd.startWithServices();
        BotHome home = new BotHome(configuration(server))) {
      assertThat(home.start("new-plugin", "weather").awaitExit(Duration.ofMinutes(1))).isZero();
      Path project = home.path().resolve("weather");
      Path repository = PrivateRepository.current();
      verify(project, repository, List.of());
      Path plugins = Files.createDirectories(home.path().resolve("plugins.d"));
      install(project, plugins);
      try (IrcWitness owner = IrcWitness.connect(server, "alice")) {
        owner.registerAccount(PASSWORD);
        owner.raw("QUIT");
      }
      BotProcess bot = home.run().awaitReady();
      try (IrcWitness alice = PermissionAttempts.loggedIn(server, "alice", "alice", PASSWORD)) {
        alice.join("#ops");
        say(alice, "!plugin load weather", "loaded weather .*");
        String command = command(project);
        alice.say("#ops", "!" + command);
        alice.expect(":owl!\\S+ PRIVMSG #ops :");
        assertThat(loaders(bot)).hasSize(1);

        change(project);
        verify(project, repository, List.of("-o"));
        install(project, plugins);
        say(alice, "!plugin reload weather", "reloaded weather .*");
        say(alice, "!changed", "changed code");

        say(alice, "!plugin unload weather", "unloaded weather; .*");
        alice.say("#ops", "!changed");
        say(alice, "!echo after", "after");
        assertThat(alice.textsFrom("owl", "#ops").stream().filter("changed code"::equals))
            .hasSize(1);
        IrcWitness.await("the class loaders' end", () -> loaders(bot).isEmpty());
        Form.figures(
            "plugin", "generated, built, loaded, reloaded changed, unloaded; 0 class loaders left");
      }
    }
  }

  private static String configuration(InspIrcd server) {
    return BotHome.loadTest(BotHome.irc("net", server, "owl", "#ops"), "echo, admin")
        + """
        permissions {
          persons { alice = ["net/account:alice"] }
          roles { admin = [alice] }
          grants { admin = ["*"], everyone = [view] }
        }
        """;
  }

  private static void say(IrcWitness alice, String words, String answer) {
    alice.say("#ops", words);
    alice.expect(":owl!\\S+ PRIVMSG #ops :" + answer + "$", Duration.ofSeconds(20));
  }

  /** The class loaders of the plugin that the JVM still has, after a collection. */
  private static List<String> loaders(BotProcess bot) {
    bot.jcmd("GC.run");
    return bot.jcmd("VM.classloaders").lines().filter(line -> line.contains("weather")).toList();
  }

  /** {@code mvn verify}; what it needs is on the machine after the first time. */
  private static void verify(Path project, Path repository, List<String> more) throws IOException {
    List<String> command = new ArrayList<>(List.of(System.getProperty("owlery.maven", "mvn")));
    command.addAll(List.of("-B", "-ntp", "-q", "-Dmaven.repo.local=" + repository));
    command.addAll(more);
    command.add("verify");
    Path log = project.resolveSibling("mvn-" + System.nanoTime() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process maven = builder.redirectOutput(log.toFile()).start();
    try {
      boolean ended = maven.waitFor(120, TimeUnit.SECONDS);
      maven.destroyForcibly();
      assertThat(ended && maven.exitValue() == 0)
          .as(() -> "mvn verify of the plugin:\n" + read(log))
          .isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void install(Path project, Path plugins) throws IOException {
    try (Stream<Path> files = Files.list(project.resolve("target"))) {
      Path jar = files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
      Files.copy(jar, plugins.resolve("weather.jar"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path source(Path project) throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(project.resolve("src/main/java"))) {
      files
          .filter(file -> Files.isRegularFile(file) && read(file).contains("@Command("))
          .forEach(sources::add);
    }
    assertThat(sources).hasSize(1);
    return sources.getFirst();
  }

  /** The first words of the first command that the generated plugin declares. */
  private static String command(Path project) throws IOException {
    String source = read(source(project));
    int start = source.indexOf("@Command(\"") + 10;
    return source.substring(start, source.indexOf('"', start)).replaceAll("<[^>]+>", "word");
  }

  /** Gives it one more command. */
  private static void change(Path project) throws IOException {
    Path file = source(project);
    String source = read(file);
    int end = source.lastIndexOf('}');
    Files.writeString(
        file,
        source.substring(0, end)
            + """

              @org.incendo.cloud.annotations.Command("changed")
              @org.incendo.cloud.annotations.Permission("view")
              String changed() {
                return "changed code";
              }
            }
            """);
  }
}

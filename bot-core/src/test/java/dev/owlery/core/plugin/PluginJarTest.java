package dev.owlery.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.owlery.core.permission.AuditLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginJarTest {

  private static final String OWL =
      """
      package acme;

      import dev.owlery.api.plugin.Plugin;
      import org.incendo.cloud.annotations.Command;

      public final class Owl implements Plugin {
        @Command("hoot")
        public String hoot() { return "HOOT"; }
      }
      """;

  @TempDir private Path directory;

  private final FakeEngine engine = new FakeEngine();
  private final HandTimers timers = new HandTimers();

  @Test
  void aJarIsLoadedByItsIdWhateverItsFileIsCalled() throws Exception {
    owl("hoo").write(directory.resolve("something-else.jar"));
    PluginHost host = host();

    assertThat(host.load("owl").toString())
        .contains("id=owl", "version=1.0.0", "source=something-else.jar");
    assertThat(engine.command("hoot")).isEqualTo("hoo");
  }

  @Test
  void aChangedJarTakesEffectWithTheReloadAndNotBefore() throws Exception {
    Path jar = owl("before").write(directory.resolve("owl.jar"));
    PluginHost host = host();
    host.load("owl");

    Files.delete(jar);
    owl("after").manifest("Plugin-Version", "2.0.0").write(jar);

    assertThat(engine.command("hoot")).isEqualTo("before");
    assertThat(host.reload("owl").version()).isEqualTo("2.0.0");
    assertThat(engine.command("hoot")).isEqualTo("after");
  }

  @Test
  void aBrokenJarLeavesTheLoadedOneAtWork() throws Exception {
    Path jar = owl("before").write(directory.resolve("owl.jar"));
    PluginHost host = host();
    host.load("owl");

    Files.writeString(jar, "half a ja");
    assertThatThrownBy(() -> host.reload("owl")).hasMessageContaining("owl.jar: it is no jar");
    owl("x").remove("acme/Owl.class").write(jar);
    assertThatThrownBy(() -> host.reload("owl"))
        .hasMessageContaining("names acme.Owl, and there is no such class in it");
    JarWriter.plugin("owl", "acme.Owl").source("acme.Owl", FAILING).write(jar);
    assertThatThrownBy(() -> host.reload("owl")).hasMessageContaining("its start failed");

    assertThat(engine.command("hoot")).isEqualTo("before");
    assertThat(host.plugins()).hasSize(1);
  }

  @Test
  void aPluginWhoseCommandsTheFrameworkRefusesIsNamedAndTheLoadedOneStaysAtWork() throws Exception {
    Path jar = owl("before").write(directory.resolve("owl.jar"));
    PluginHost host = host();
    host.load("owl");
    AtomicBoolean refuses = new AtomicBoolean(true);
    engine.reader =
        object -> {
          if (refuses.getAndSet(false)) {
            throw new IllegalStateException("Ambiguous Node: [x]");
          }
        };

    assertThatThrownBy(() -> host.reload("owl"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot reload plugin owl: owl.jar: ")
        .hasMessageContaining("Ambiguous Node: [x]");

    assertThat(engine.command("hoot")).isEqualTo("before");
    assertThat(host.plugins()).hasSize(1);
    refuses.set(true);
    assertThat(host().inspect(List.of("owl")))
        .singleElement()
        .asString()
        .startsWith("owl.jar: ")
        .contains("Ambiguous Node: [x]");
    Files.delete(jar);
  }

  private static final String FAILING =
      """
      package acme;

      public final class Owl implements dev.owlery.api.plugin.Plugin {
        @Override public void start() { throw new IllegalStateException("no"); }
      }
      """;

  @Test
  void aPluginSeesItsOwnClassesAndServicesButNeitherTheEngineNorItsNeighbours() throws Exception {
    String source =
        """
        package acme;

        import dev.owlery.api.plugin.Plugin;
        import java.util.ArrayList;
        import java.util.List;
        import java.util.ServiceLoader;
        import org.incendo.cloud.annotations.Command;

        public final class Curious implements Plugin {
          private final List<String> seen = new ArrayList<>();

          public Curious() throws Exception {
            ServiceLoader.load(Runnable.class).forEach(Runnable::run);
            try (var in = Curious.class.getResourceAsStream("/words with space.txt")) {
              seen.add(new String(in.readAllBytes()));
            }
            for (String name : List.of(
                "dev.owlery.core.plugin.PluginHost", "acme.Owl", "com.google.inject.Guice",
                "java.sql.Connection", "org.slf4j.Logger")) {
              try {
                Class.forName(name);
                seen.add(name);
              } catch (ClassNotFoundException e) {
                seen.add("-");
              }
            }
          }

          @Command("seen")
          public String seen() { return seen + " " + System.getProperty("curious", ""); }

          public static final class Service implements Runnable {
            @Override public void run() { System.setProperty("curious", "served"); }
          }
        }
        """;
    owl("hoo").write(directory.resolve("owl.jar"));
    JarWriter.plugin("curious", "acme.Curious")
        .source("acme.Curious", source)
        .file("words with space.txt", "words")
        .file("META-INF/services/java.lang.Runnable", "acme.Curious$Service\n")
        .write(directory.resolve("curious.jar"));
    PluginHost host = host();
    host.load("owl");
    host.load("curious");

    assertThat(engine.command("seen"))
        .isEqualTo("[words, -, -, -, java.sql.Connection, org.slf4j.Logger] served");
    System.clearProperty("curious");
  }

  @Test
  void aClassThatThePluginCannotSeeIsNamed() throws Exception {
    String source =
        """
        package acme;

        public final class Nosy implements dev.owlery.api.plugin.Plugin {
          @dev.owlery.api.plugin.On
          public void all(dev.owlery.core.plugin.PluginHost host) {}
        }
        """;
    JarWriter.plugin("nosy", "acme.Nosy")
        .source("acme.Nosy", source)
        .write(directory.resolve("nosy.jar"));
    assertThatThrownBy(() -> host().load("nosy"))
        .hasMessage(
            "cannot load plugin nosy: nosy.jar: it needs a class that it cannot see:"
                + " dev.owlery.core.plugin.PluginHost (a plugin sees the JDK, the bot's API and"
                + " what is in its own jar: put it in there)");
  }

  @Test
  void whatIsWrongWithAJarIsSaid() throws Exception {
    unfit(
        owl("x").without("Plugin-Id"),
        "owl.jar: META-INF/MANIFEST.MF has no Plugin-Id: write small letters, digits and -, like"
            + " \"Plugin-Id: karma\"");
    unfit(
        owl("x").without("Plugin-Class"),
        "owl.jar: META-INF/MANIFEST.MF has no Plugin-Class: write the full name of the class");
    unfit(
        owl("x").manifest("Plugin-Id", "../owl"),
        "owl.jar: META-INF/MANIFEST.MF:2: Plugin-Id cannot be \"../owl\": write small letters");
    unfit(
        owl("x").manifest("Plugin-Requires", "owlery>0"),
        "owl.jar: META-INF/MANIFEST.MF:5: Plugin-Requires has \"owlery>0\": write names with"
            + " least");
    unfit(owl("x").file("../../etc/cron.d/owl", "x"), "a file with an odd name: ../../etc");
    unfit(owl("x").file("/etc/passwd", "x"), "a file with an odd name: /etc/passwd");
    unfit(owl("x").file("a\\..\\b", "x"), "a file with an odd name: a\\..\\b");
    unfit(owl("x").file("a\u001b[2Jb", "x"), "a file with an odd name: a\\u001b[2Jb");
    unfit(new JarWriter().file("a", "b"), "it has no META-INF/MANIFEST.MF");
    unfit(
        owl("x").manifest("Plugin-Class", "java.lang.String"), "owl.jar: META-INF/MANIFEST.MF:4: ");
  }

  @Test
  void aJarThatIsTooLargeIsNotRead() throws Exception {
    Path jar = directory.resolve("owl.jar");
    try (var channel =
        java.nio.channels.FileChannel.open(
            jar, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {0}), 64L << 20);
    }
    assertThatThrownBy(() -> host().load("owl")).hasMessageContaining("it is larger than 64 MiB");
  }

  @Test
  void aJarThatAnybodyMayWriteIsRefused() throws Exception {
    Path jar = owl("x").write(directory.resolve("owl.jar"));
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThatThrownBy(() -> host().load("owl"))
        .hasMessageContaining("owl.jar: anybody may write to it");
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> host().load("owl"))
        .hasMessageContaining(
            "the plugins' directory is not used: anybody may write to it: chmod o-w");
  }

  @Test
  void requirementsAreCheckedAndHeld() throws Exception {
    owl("x").write(directory.resolve("owl.jar"));
    Path jar = directory.resolve("friend.jar");
    friend("owlery>=99").write(jar);
    PluginHost host = host();
    assertThatThrownBy(() -> host.load("friend"))
        .hasMessageContaining("it requires owlery 99 or newer, and the one that runs is 0.");

    friend("owlery>=0.1, owl>=1.0.0").write(jar);
    assertThatThrownBy(() -> host.load("friend"))
        .hasMessageContaining("it requires the plugin owl, which is not loaded");
    host.load("owl");
    host.load("friend");
    assertThatThrownBy(() -> host.unload("owl"))
        .hasMessage("cannot unload plugin owl: friend requires it; unload that first");
    host.unload("friend");
    host.unload("owl");

    friend("owl>=1.0.1").write(jar);
    host.load("owl");
    assertThatThrownBy(() -> host.load("friend"))
        .hasMessageContaining(
            "it requires owl 1.0.1 or newer, and the one that runs is 1.0.0: load a");
  }

  @Test
  void classesForANewerJavaOverrideTheOlderOnes() throws Exception {
    JarWriter jar =
        owl("x")
            .manifest("Multi-Release", "true")
            .file("a.txt", "base")
            .file("META-INF/versions/9/a.txt", "nine")
            .file("META-INF/versions/25/a.txt", "twenty-five")
            .file("META-INF/versions/999/a.txt", "never");
    PluginJar read = PluginJar.read(jar.write(directory.resolve("owl.jar")));
    assertThat(new String(read.files().get("a.txt"), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("twenty-five");
  }

  @Test
  void aJarOrDirectoryThatItsGroupMayWriteIsNotLoaded() throws Exception {
    Path jar = owl("x").write(directory.resolve("owl.jar"));
    PosixFileAttributes of = Files.readAttributes(jar, PosixFileAttributes.class);
    if (isRoot(jar)) {
      Files.setAttribute(jar, "unix:gid", 7);
    } else {
      assumeFalse(of.group().getName().equals(of.owner().getName()), "the group is one user's");
    }
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThatThrownBy(() -> host().load("owl"))
        .hasMessageMatching("cannot load plugin owl: owl.jar: its group \\S+ may write to it: .*");
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(host().load("owl").id()).isEqualTo("owl");
  }

  @Test
  void aJarThatBelongsToAnotherUserIsNotLoaded() throws Exception {
    Path jar = owl("x").write(directory.resolve("owl.jar"));
    assumeTrue(isRoot(jar), "only root can give a file away");
    Files.setAttribute(jar, "unix:uid", 65_534);
    assertThatThrownBy(() -> host().load("owl"))
        .hasMessageContaining("owl.jar: it belongs to ")
        .hasMessageContaining("chown it to the bot's user or to root");
  }

  private static boolean isRoot(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid").equals(0);
  }

  @Test
  void withHashesOnlyTheJarsThatTheyNameAreLoadedAndTheAuditNamesEach() throws Exception {
    Path jar = owl("x").write(directory.resolve("owl.jar"));
    String hash = PluginJar.read(jar).sha256();
    assertThat(hash).hasSize(64);
    try (AuditLines audit = new AuditLines()) {
      assertThat(host(Map.of("owl", hash.toUpperCase(Locale.ROOT))).load("owl").id())
          .isEqualTo("owl");
      assertThat(audit.take())
          .containsExactly("loaded plugin=\"owl\" file=\"owl.jar\" sha256=" + hash);
    }
    assertThatThrownBy(() -> host(Map.of("owl", "0".repeat(64))).load("owl"))
        .hasMessageContaining("another file than bot.plugin-hashes says: its SHA-256 is " + hash);
    assertThatThrownBy(() -> host(Map.of("hawk", hash)).load("owl"))
        .hasMessageContaining("bot.plugin-hashes does not name it")
        .hasMessageContaining("\"owl\" = " + hash);
    assertThat(host(Map.of("hawk", hash)).inspect(List.of()))
        .singleElement()
        .asString()
        .contains("bot.plugin-hashes does not name it");
  }

  private void unfit(JarWriter jar, String message) throws IOException {
    jar.write(directory.resolve("owl.jar"));
    assertThatThrownBy(() -> host().load("owl"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot load plugin owl: ")
        .hasMessageContaining(message)
        .hasMessageNotContainingAny("\n", "\u001b");
    assertThat(List.of(engine.registered(), timers.waiting())).containsOnly(0);
  }

  private static JarWriter owl(String says) throws IOException {
    return JarWriter.plugin("owl", "acme.Owl").source("acme.Owl", OWL.replace("HOOT", says));
  }

  private static JarWriter friend(String requires) throws IOException {
    return JarWriter.plugin("friend", "acme.Friend")
        .manifest("Plugin-Requires", requires)
        .source(
            "acme.Friend",
            "package acme; public class Friend implements dev.owlery.api.plugin.Plugin {}");
  }

  private PluginHost host() {
    return host(Map.of());
  }

  private PluginHost host(Map<String, String> hashes) {
    SettingsSource none =
        new SettingsSource() {
          @Override
          public <R extends Record> R read(String plugin, Class<R> type) {
            throw new IllegalArgumentException("no settings");
          }
        };
    return new PluginHost(
        new PluginHostSettings(directory, Map.of(), hashes, none), engine, engine, timers);
  }
}

package dev.owlery.launcher.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.plugins.admin.AdminPlugin;
import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.FakeUser;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of the plugin that {@code new-plugin} writes, in a bot that runs all the while. */
final class PluginLifeTest {

  private static final String WITNESS = "owlery.test.loaders";
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir private Path directory;

  private final List<WeakReference<?>> loaders = Collections.synchronizedList(new ArrayList<>());
  private Path project;
  private Path jars;

  @BeforeEach
  void write() throws IOException {
    System.getProperties().put(WITNESS, loaders);
    project = PluginProject.write(directory, "weather");
    jars = Files.createDirectory(directory.resolve("plugins.d"));
  }

  @AfterEach
  void forget() {
    System.getProperties().remove(WITNESS);
  }

  @Test
  void aPluginIsLoadedAnswersIsReloadedWithChangedCodeAndUnloadedWithoutATrace() throws Exception {
    build("");
    try (BotScenario bot = BotScenario.with(AdminPlugin.class).pluginsDirectory(jars).start()) {
      FakeUser admin = bot.user("olga").verifiedAs("admin");

      admin.in("#dev").says("!plugin load weather");
      bot.expect("#dev").saysWith("loaded", "weather", "1.0.0", "weather.jar");
      bot.user("ann").in("#dev").says("!weather bob");
      bot.expect("#dev").says("Hello, bob! Greetings here: 1");

      build(" already");
      bot.user("ann").in("#dev").says("!weather bob");
      bot.expect("#dev").says("Hello, bob! Greetings here: 2");
      admin.in("#dev").says("!plugin reload weather");
      bot.expect("#dev").saysWith("reloaded", "weather");
      bot.user("ann").in("#dev").says("!weather bob");
      bot.expect("#dev").says("Hello, bob! Greetings here: 3 already");
      awaitCollected(1);

      admin.in("#dev").says("!plugin unload weather");
      bot.expect("#dev").saysLike("unloaded weather; .*");
      bot.user("ann").in("#dev").says("!weather bob");
      bot.expect("#dev").nothing();
      awaitCollected(2);
    }
  }

  @Test
  void fiftyReloadsUnderLoadLeaveNothingBehind() throws Exception {
    build("");
    try (BotScenario bot = BotScenario.with(AdminPlugin.class).pluginsDirectory(jars).start()) {
      bot.administration().load("weather");
      for (int i = 1; i <= 50; i++) {
        bot.user("ann").in("#dev").says("!weather bob");
        bot.expect("#dev").says("Hello, bob! Greetings here: " + i);
        bot.administration().reload("weather");
      }
      awaitCollected(50);
      bot.administration().unload("weather");
      awaitCollected(51);
    }
  }

  private void awaitCollected(int wanted) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (collected() < wanted && System.nanoTime() < deadline) {
      System.gc();
    }
    assertThat(collected()).as("collected of %s class loaders", loaders.size()).isEqualTo(wanted);
  }

  private long collected() {
    return loaders.stream().filter(loader -> loader.refersTo(null)).count();
  }

  /** Compiles the project's source, changed a little, and puts its jar where the bot looks. */
  private void build(String change) throws IOException {
    Path source = project.resolve("src/main/java/com/example/weather/WeatherPlugin.java");
    String code =
        Files.readString(source)
            .replace("\" + count;", "\" + count + \"" + change + "\";")
            .replaceFirst(
                "class WeatherPlugin implements Plugin \\{",
                """
                $0
                  @SuppressWarnings("unchecked")
                  private static void witness() {
                    ((java.util.List<Object>) System.getProperties().get("%s"))
                        .add(new java.lang.ref.WeakReference<>(WeatherPlugin.class.getClassLoader()));
                  }
                  static { witness(); }
                """
                    .formatted(WITNESS));
    Path changed =
        Files.createDirectories(directory.resolve("changed")).resolve("WeatherPlugin.java");
    Files.writeString(changed, code);
    Path classes = Files.createDirectories(directory.resolve("classes"));
    compile(changed, classes);
    pack(classes, jars.resolve("weather.jar"));
  }

  private static void compile(Path source, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }

  private static void pack(Path classes, Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Plugin-Id", "weather");
    attributes.putValue("Plugin-Version", "1.0.0");
    attributes.putValue("Plugin-Class", "com.example.weather.WeatherPlugin");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest);
        Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }
}

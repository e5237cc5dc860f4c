package dev.owlery.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.plugin.Administration.NotLoaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is wrong with a plugin's jar is said with the jar's name, the line or method, and what to
 * do: when it is loaded, when it is inspected, and in the list of what is not loaded.
 */
final class PluginFaultsTest {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private static final SettingsSource NONE =
      new SettingsSource() {
        @Override
        public <R extends Record> R read(String plugin, Class<R> type) {
          throw new IllegalArgumentException("bot.conf:7: plugin." + plugin + ".word is missing");
        }
      };

  @TempDir private Path directory;

  private final FakeEngine engine = new FakeEngine();
  private final HandTimers timers = new HandTimers();

  private PluginHost host() {
    return new PluginHost(
        new PluginHostSettings(directory, Map.of(), NONE), engine, engine, timers);
  }

  /** A plugin {@code owl} whose class is written in one line each, from line 7 on. */
  private JarWriter owl(String... lines) throws IOException {
    return JarWriter.plugin("owl", "acme.Owl")
        .source(
            "acme.Owl",
            """
            package acme;
            import dev.owlery.api.plugin.*;
            import dev.owlery.api.event.*;
            import jakarta.inject.Inject;
            import org.incendo.cloud.annotations.*;
            public final class Owl implements Plugin {
            %s
            }
            """
                .formatted(String.join("\n", lines)));
  }

  private void fails(JarWriter jar, String... parts) throws IOException {
    Path file = jar.write(directory.resolve("owl.jar"));
    fails(file, parts);
  }

  /** Loading, the list and the inspection say the same. */
  private void fails(Path file, String... parts) throws IOException {
    PluginHost host = host();
    assertThatThrownBy(() -> host.load("owl"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot load plugin owl: owl.jar: ")
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
    assertThat(host.notLoaded())
        .singleElement()
        .satisfies(plugin -> {
          assertThat(plugin.source()).isEqualTo("owl.jar");
          assertThat(plugin.reason()).contains(parts);
        });
    assertThat(host().inspect(List.of("owl")))
        .singleElement()
        .satisfies(text -> assertThat(text).startsWith("owl.jar: ").contains(parts));
    assertThat(List.of(engine.registered(), timers.waiting())).containsOnly(0);
    Files.delete(file);
  }

  @Test
  void aWrongManifestIsSaidWithItsLineAndWhatToWrite() throws IOException {
    fails(owl().without("Plugin-Id"), MANIFEST + " has no Plugin-Id", "\"Plugin-Id: karma\"");
    fails(owl().without("Plugin-Class"), MANIFEST + " has no Plugin-Class", "org.example.Karma");
    fails(owl().manifest("Plugin-Version", "one"), MANIFEST + ":3", "cannot be \"one\"");
    fails(owl().manifest("Plugin-Class", "acme Owl"), MANIFEST + ":4", "cannot be \"acme Owl\"");
    fails(owl().manifest("Plugin-Requires", "b >> 1"), MANIFEST + ":5", "\"b >> 1\"");
    fails(
        owl().manifest("Plugin-Class", "acme.Eagle"),
        MANIFEST + ":4: Plugin-Class names acme.Eagle, and there is no such class in it",
        "there is acme.Owl");
    fails(
        JarWriter.plugin("owl", "acme.Owl").source("acme.Owl", "package acme; class Owl {}"),
        MANIFEST + ":4: the class acme.Owl does not implement dev.owlery.api.plugin.Plugin");
    fails(
        owl().manifest("Plugin-Requires", "eagle"),
        "it requires the plugin eagle, which is not loaded: name it before this one");
  }

  private void fails(String manifest, String... parts) throws IOException {
    fails(owl().rawManifest(manifest), parts);
  }

  @Test
  void aLineOfTheManifestThatJavaWouldIgnoreIsSaid() throws IOException {
    String rest = "Plugin-Class: acme.Owl\n";
    fails("Plugin-Id owl\n" + rest, MANIFEST + ":1: \"Plugin-Id owl\" cannot be read", "a colon");
    fails("Plugin-Id:owl\n" + rest, MANIFEST + ":1: \"Plugin-Id:owl\" cannot be read");
    fails(
        "Plugin-Id: owl\nPlugin-Id: eagle\n" + rest,
        MANIFEST + ":2: Plugin-Id stands in line 1, too: remove one of the two");
    fails("\uFEFFPlugin-Id: owl\n" + rest, MANIFEST + ":1: it begins with a byte order mark");
    fails(
        "Manifest-Version: 1.0\n\nName: x\nPlugin-Id: owl\n" + rest,
        MANIFEST + ":4: Plugin-Id does not count below an empty line: move it above");
    fails(
        "Plugin-Id: owl\nPlugin-Class: acme.Owl",
        MANIFEST + ":2: no line break ends this line, so that it does not count");
  }

  @Test
  void aManifestWithLongLinesAndOtherSectionsIsRead() throws IOException {
    owl()
        .rawManifest(
            "Manifest-Version: 1.0\r\nplugin-id: owl\r\nPlugin-Class: acme.\r\n Owl\r\n\r\n"
                + "Name: acme/\r\nSealed: true")
        .write(directory.resolve("owl.jar"));
    PluginHost host = host();
    host.load("owl");
    assertThat(host.notLoaded()).isEmpty();
  }

  @Test
  void whatIsNoFileIsSaid() throws IOException {
    Path place = directory.resolve("owl.jar");
    fails(Files.createDirectory(place), "it is a directory: put the jar itself here");
    fails(
        Files.createSymbolicLink(place, directory.resolve("gone")),
        "it is a link to a file that is not there");
  }

  @Test
  void aJarWithTheNameOfABundledPluginIsSaid() throws IOException {
    owl().write(directory.resolve("owl.jar"));
    PluginHost host =
        new PluginHost(
            new PluginHostSettings(directory, Map.of("owl", "acme.Bundled"), NONE),
            engine,
            engine,
            timers);
    assertThat(host.inspect(List.of()))
        .containsExactly(
            "owl.jar: its Plugin-Id is the name of the bundled plugin owl, which is used: give it"
                + " another one");
    assertThat(host.notLoaded()).extracting(NotLoaded::source).containsExactly("owl.jar");
  }

  @Test
  void whoTakesTheNameOfTheFileForThatOfThePluginIsTold() throws IOException {
    owl().write(directory.resolve("eagle-1.0.jar"));
    assertThatThrownBy(() -> host().load("eagle"))
        .hasMessageContaining("there is no such plugin; eagle-1.0.jar is the plugin owl");
  }

  @Test
  void aFileThatIsNoJarIsSaid() throws IOException {
    Path file = directory.resolve("owl.jar");
    fails(Files.writeString(file, "hoot"), "it is no jar, or only a part of one");
    fails(Files.createFile(file), "it is no jar, or only a part of one");
    byte[] whole = Files.readAllBytes(owl().write(file));
    fails(
        Files.write(file, Arrays.copyOf(whole, whole.length / 2)), "it is no jar, or only a part");
    fails(
        Files.write(file, Arrays.copyOf(whole, whole.length - 22)), "it is no jar, or only a part");
    fails(new JarWriter().file("a", "b").write(file), "it has no " + MANIFEST);
  }

  @Test
  void aClassForANewerJavaIsSaid() throws IOException {
    int feature = Runtime.version().feature();
    fails(
        owl().patch("acme/Owl.class", 7, (byte) (44 + feature + 1)),
        "it was compiled for a newer Java than this one, which is " + feature,
        "compile it with --release " + feature,
        "acme/Owl");
    fails(owl().patch("acme/Owl.class", 0, (byte) 1), "one of its classes is broken");
  }

  @Test
  void aConstructorThatCannotBeCalledIsNamed() throws IOException {
    fails(
        owl("Owl(Bot bot) {}"),
        "acme.Owl has no constructor that the bot may call: write @jakarta.inject.Inject above"
            + " Owl(Bot)");
    fails(
        owl("@Inject Owl(java.util.concurrent.ExecutorService s) {}"),
        "Owl(ExecutorService) asks for java.util.concurrent.ExecutorService, which the bot does not"
            + " have; it has Administration, Bot, Clock");
    fails(
        owl("record Word(String word) {}", "@Inject Owl(Word word) {}"),
        "Owl(Word) asks for the record Word, which is not marked @Settings");
    fails(owl("@Inject Owl() {}", "@Inject Owl(Bot b) {}"), "several constructors marked @Inject");
  }

  @Test
  void aConstructorThatThrowsIsSaidWithItsLine() throws IOException {
    fails(
        owl("@Inject Owl(Bot bot) {", "  throw new IllegalStateException(\"no luck\");", "}"),
        "its constructor failed: java.lang.IllegalStateException: no luck, at Owl.java:8");
    fails(
        owl("private static final int X = Integer.parseInt(\"x\");", "@Inject Owl(Bot bot) {}"),
        "java.lang.NumberFormatException: For input string: \"x\", at Owl.java:7");
  }

  @Test
  void aSettingThatIsMissingIsSaidWithItsPlaceInTheConfiguration() throws IOException {
    fails(
        owl(
            "@dev.owlery.api.settings.Settings record Word(String word) {}",
            "@Inject Owl(Word word) {}"),
        "bot.conf:7: plugin.owl.word is missing");
  }

  @Test
  void aDeclarationThatIsWrongIsSaidWithItsMethod() throws IOException {
    fails(owl("@Every(\"soon\") public void x() {}"), "@Every x(): \"soon\" is not an interval");
    fails(
        owl("@Cron(\"61 * * * *\") public void x() {}"),
        "@Cron x(): \"61 * * * *\" is not a schedule like",
        "61 not in range");
    fails(owl("@On public void x(String s) {}"), "@On x(String) must have one parameter");
    fails(
        owl("@Command(\"owl <x\") public String x(@Argument(\"x\") String x) { return x; }"),
        "@Command(\"owl <x\") of x(String): \"<x\" must be a word, <needed> or [optional]");
    fails(
        owl("@Command(\"owl <y>\") public String x(@Argument(\"x\") String x) { return x; }"),
        "@Command(\"owl <y>\") of x(String): it has no <x>, which @Argument is to take");
    fails(
        owl(
            "@Command(\"owl [a] <b>\") public void x(@Argument(\"a\") String a,"
                + " @Argument(\"b\") String b) {}"),
        "@Command(\"owl [a] <b>\") of x(String, String): <b> must stand before");
  }

  @Test
  void aStartThatThrowsIsSaidWithItsLineAndIsNotRunByAnInspection() throws IOException {
    owl(
            "@Override public void start() throws Exception {",
            "  System.setProperty(\"owl.started\", \"yes\");",
            "  throw new java.io.IOException(\"no port\", new IllegalStateException(\"taken\"));",
            "}")
        .write(directory.resolve("owl.jar"));
    assertThat(host().inspect(List.of("owl"))).isEmpty();
    assertThat(System.clearProperty("owl.started")).isNull();
    assertThatThrownBy(() -> host().load("owl"))
        .hasMessage(
            "cannot load plugin owl: owl.jar: its start failed: java.io.IOException: no port,"
                + " caused by java.lang.IllegalStateException: taken, at Owl.java:9");
    assertThat(System.clearProperty("owl.started")).isEqualTo("yes");
  }

  @Test
  void ofAJarThatIsNotAskedForNothingIsRunButItsFaultsAreFound() throws IOException {
    owl("static { System.setProperty(\"owl.run\", \"yes\"); }", "Owl(Bot bot) {}")
        .write(directory.resolve("owl.jar"));
    owl("static { System.setProperty(\"owl.run\", \"yes\"); }")
        .manifest("Plugin-Id", "sound")
        .write(directory.resolve("sound.jar"));
    Files.writeString(directory.resolve("zip.jar"), "hoot");

    assertThat(host().inspect(List.of()))
        .satisfiesExactly(
            owl -> assertThat(owl).startsWith("owl.jar: acme.Owl has no constructor"),
            zip -> assertThat(zip).startsWith("zip.jar: it is no jar"));
    assertThat(System.getProperty("owl.run")).isNull();
  }

  @Test
  void aPluginWhoseConstructorIsToBeInspectedIsGivenUpAfterwards() throws IOException {
    owl(
            "@Inject Owl(Scheduler s, Bot bot) { s.every(java.time.Duration.ofMillis(1), () -> {});"
                + " }",
            "@Command(\"owl\") public String owl() { return \"\"; }")
        .write(directory.resolve("owl.jar"));
    PluginHost host = host();
    assertThat(host.inspect(List.of("owl"))).isEmpty();
    assertThat(List.of(engine.registered(), timers.waiting())).containsOnly(0);
    assertThat(host.plugins()).isEmpty();
  }

  @Test
  void oneThatDoesNotLoadIsLeftOutAndTheOthersAreLoaded() throws IOException {
    owl("Owl(Bot bot) {}").write(directory.resolve("owl.jar"));
    owl().manifest("Plugin-Id", "eagle").write(directory.resolve("eagle.jar"));
    owl().manifest("Plugin-Id", "eagle").write(directory.resolve("second.jar"));
    owl().without("Plugin-Id").write(directory.resolve("hawk.jar"));
    PluginHost host = host();

    List<String> leftOut =
        host.loadAll(List.of("owl", "eagle", "hawk")).stream().map(Throwable::getMessage).toList();

    assertThat(host.plugins()).singleElement().matches(plugin -> plugin.id().equals("eagle"));
    assertThat(leftOut)
        .satisfiesExactly(
            owl -> assertThat(owl).contains("owl.jar: acme.Owl has no"),
            hawk -> assertThat(hawk).contains("hawk.jar: " + MANIFEST + " has no Plugin-Id"));
    assertThat(host.notLoaded())
        .extracting(NotLoaded::source)
        .containsExactly("hawk.jar", "owl.jar", "second.jar");
    assertThat(host.notLoaded().getLast().reason()).contains("the same Plugin-Id as eagle.jar");
  }

  @Test
  void aNameThatNothingIsKnownByKeepsAllFromBeingLoaded() throws IOException {
    owl().write(directory.resolve("owl.jar"));
    PluginHost host = host();
    assertThatThrownBy(() -> host.loadAll(List.of("owl", "hawk")))
        .hasMessageContaining("there is no such plugin");
    assertThat(host.plugins()).isEmpty();
  }

  @Test
  void whatIsMendedIsNoLongerInTheList() throws IOException {
    Path file = owl("Owl(Bot bot) {}").write(directory.resolve("owl.jar"));
    PluginHost host = host();
    assertThatThrownBy(() -> host.load("owl")).hasMessageContaining("owl.jar");
    owl().write(file);
    host.load("owl");
    assertThat(host.notLoaded()).isEmpty();
  }
}

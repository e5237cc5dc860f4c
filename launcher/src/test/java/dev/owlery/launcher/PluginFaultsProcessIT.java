package dev.owlery.launcher;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jars with a fault each, beside a sound one: {@code check}, the log and the chat say which file it
 * is, which line or method, and what to do; the bot runs with the sound one.
 */
final class PluginFaultsProcessIT {

  @TempDir private Path folder;

  private void write(String names) throws IOException {
    PluginJars jars = new PluginJars(folder);
    jars.write(
        "sound",
        "Sound",
        "@Command(\"hoot\") @Permission(\"view\") public String hoot() { return \"hoo\"; }",
        PluginJars.manifest("sound", "Sound"));
    jars.write("noid", "NoId", "", "Plugin-Class: acme.NoId");
    jars.write(
        "luck",
        "Luck",
        "@Inject Luck() { throw new IllegalStateException(\"no luck\"); }",
        PluginJars.manifest("luck", "Luck"));
    jars.write("mark", "Mark", "Mark(Bot bot) {}", PluginJars.manifest("mark", "Mark"));
    jars.write(
        "soon",
        "Soon",
        "@Every(\"soon\") public void tick() {}",
        PluginJars.manifest("soon", "Soon"));
    jars.write(
        "start",
        "Start",
        "@Override public void start() { int[] x = {}; x[1]++; }",
        PluginJars.manifest("start", "Start"));
    Files.writeString(folder.resolve("plugins.d/text.jar"), "hoot");
    Files.writeString(
        folder.resolve("bot.conf"),
        "bot { durability = off }\naccounts { here { protocol = console } }\nplugins = [ "
            + names
            + " ]\n");
  }

  @Test
  void aCheckNamesThemAll() throws Exception {
    write("admin, sound, luck, mark");
    try (OwleryProcess check = OwleryProcess.start(folder, "check")) {
      assertThat(check.exitCode()).isEqualTo(2);
      assertThat(check.out()).isEmpty();
      assertThat(check.err().lines().filter(line -> !line.startsWith("WARNING: ")))
          .containsExactly(
              "luck.jar: its constructor failed: java.lang.IllegalStateException: no luck, at"
                  + " Luck.java:6",
              "mark.jar: acme.Mark has no constructor that the bot may call: write"
                  + " @jakarta.inject.Inject above Mark(Bot)",
              "noid.jar: META-INF/MANIFEST.MF has no Plugin-Id: write small letters, digits and -,"
                  + " like \"Plugin-Id: karma\"",
              "soon.jar: @Every tick(): \"soon\" is not an interval like \"5m\"",
              "text.jar: it is no jar, or only a part of one: copy or build it again (zip END"
                  + " header not found)",
              "5 plugins would not load.");
    }
  }

  @Test
  void aNamedPluginWhoseJarHasNoIdIsLeftOut() throws Exception {
    write("echo, noid");
    Files.writeString(folder.resolve("bot.conf"), "plugin.noid { word = owl }\n", APPEND);
    try (OwleryProcess check = OwleryProcess.start(folder, "check")) {
      assertThat(check.exitCode()).isEqualTo(2);
      assertThat(check.err()).contains("noid.jar: META-INF/MANIFEST.MF has no Plugin-Id");
    }
    try (OwleryProcess bot = OwleryProcess.start(folder, "run")) {
      bot.type("!echo still here");
      bot.endInput();
      assertThat(bot.exitCode()).as(bot.err()).isZero();
      assertThat(bot.out()).contains("still here");
      assertThat(bot.err())
          .contains("cannot load plugin noid: noid.jar: META-INF/MANIFEST.MF has no Plugin-Id");
    }
  }

  @Test
  void aBundledPluginThatDoesNotStartIsLeftOutAndTheOthersRun() throws Exception {
    Files.writeString(
        folder.resolve("bot.conf"),
        """
        bot { durability = off }
        accounts { here { protocol = console } }
        plugins = [ file-relay, admin, echo ]
        plugin.file-relay { receive { into = "/no/such/folder" } }
        """);
    try (OwleryProcess bot = OwleryProcess.start(folder, "run")) {
      bot.type("!echo still here");
      bot.type("!plugins");
      bot.endInput();
      assertThat(bot.exitCode()).as(bot.err()).isZero();
      assertThat(bot.out())
          .contains("still here")
          .contains(
              "not loaded: file-relay: plugin.file-relay.receive.into: /no/such/folder is no"
                  + " folder");
      assertThat(bot.err())
          .contains(
              "cannot load plugin file-relay: plugin.file-relay.receive.into: /no/such/folder is"
                  + " no folder");
    }
  }

  @Test
  void theBotRunsWithTheSoundOneAndTellsOfTheOthersInItsLogAndInChat() throws Exception {
    write("admin, luck, start, sound");
    try (OwleryProcess bot = OwleryProcess.start(folder, "run")) {
      bot.type("!hoot");
      bot.type("!plugins");
      bot.type("!plugin load mark");
      bot.type("!plugin load noid");
      await().atMost(Duration.ofSeconds(30)).until(() -> bot.out().contains("plugin noid"));
      bot.endInput();

      assertThat(bot.exitCode()).isZero();
      assertThat(bot.out().lines())
          .contains(
              "hoo",
              "sound (sound.jar)",
              "not loaded: luck.jar: its constructor failed: java.lang.IllegalStateException: no"
                  + " luck, at Luck.java:6",
              "not loaded: text.jar: it is no jar, or only a part of one: copy or build it again"
                  + " (zip END header not found)",
              "cannot load plugin mark: mark.jar: acme.Mark has no constructor that the bot may"
                  + " call: write @jakarta.inject.Inject above Mark(Bot)",
              "cannot load plugin noid: noid.jar: META-INF/MANIFEST.MF has no Plugin-Id: write"
                  + " small letters, digits and -, like \"Plugin-Id: karma\"")
          .anyMatch(line -> line.startsWith("not loaded: noid.jar: META-INF/MANIFEST.MF has no"));
      assertThat(bot.err())
          .contains("WARN", "cannot load plugin luck: luck.jar: its constructor failed")
          .contains("//acme.Luck.<init>(Luck.java:6)")
          .contains("cannot load plugin start: start.jar: its start failed:")
          .contains("//acme.Start.start(Start.java:6)")
          .contains("noid.jar is not loaded: META-INF/MANIFEST.MF has no Plugin-Id")
          .contains("text.jar is not loaded: it is no jar")
          .contains("cannot load plugin mark: mark.jar");
    }
  }
}

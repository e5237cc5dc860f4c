package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP of the bot as a process. */
final class HttpProcessIT {

  private static final Pattern ADDRESS =
      Pattern.compile("listening, to be reached at (http://127\\.0\\.0\\.1:\\d+/)");

  @TempDir private Path folder;

  private OwleryProcess run(String more, String... options) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("test.conf"),
            "bot { durability = off }\naccounts { here { protocol = console } }\n" + more);
    return OwleryProcess.start(folder, List.of(options), "run", "--config", file.toString());
  }

  private static void awaitReady(OwleryProcess bot) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !bot.isAlive() || bot.err().contains(" ready: "));
    assertThat(bot.err()).contains(" ready: ");
  }

  @Test
  void aPluginsPageIsServedOnTheConfiguredPort() throws Exception {
    try (OwleryProcess bot =
            run("http { port = 0 }\nplugins = [ \"" + PagePlugin.class.getName() + "\" ]");
        HttpClient client = HttpClient.newHttpClient()) {
      awaitReady(bot);
      Matcher address = ADDRESS.matcher(bot.err());
      assertThat(address.find()).isTrue();

      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address.group(1) + "page"))
              .timeout(Duration.ofSeconds(20))
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("a page\n");
      bot.terminate();
      assertThat(bot.exitCode()).isZero();
      assertThat(bot.err())
          .doesNotContainIgnoringCase("jetty")
          .doesNotContainIgnoringCase("javalin");
    }
  }

  @Test
  void withoutTheBlockAPluginThatNeedsItSaysSoAndTheOthersRun() throws Exception {
    try (OwleryProcess bot = run("plugins = [ echo, \"" + PagePlugin.class.getName() + "\" ]")) {
      bot.type("!echo still here");
      bot.endInput();
      assertThat(bot.exitCode()).as(bot.err()).isZero();
      assertThat(bot.out()).contains("still here");
      assertThat(bot.err())
          .contains("cannot load plugin " + PagePlugin.class.getName())
          .contains("the configuration has no http block");
    }
  }

  @Test
  void aBotWithoutRoutesLoadsNothingOfTheServer() throws Exception {
    Path classes = folder.resolve("classes.txt");
    try (OwleryProcess bot =
        run("http { port = 0 }\nplugins = [ echo ]", "-Xlog:class+load:file=" + classes)) {
      awaitReady(bot);
      bot.terminate();
      assertThat(bot.exitCode()).isZero();
    }
    String loaded = Files.readString(classes);
    assertThat(loaded).contains("dev.owlery.web.WebListener");
    assertThat(loaded)
        .doesNotContain("dev.owlery.web.WebServer")
        .doesNotContain("io.javalin")
        .doesNotContain("org.eclipse.jetty")
        .doesNotContain("kotlin.")
        .doesNotContain("jakarta.servlet");
  }
}

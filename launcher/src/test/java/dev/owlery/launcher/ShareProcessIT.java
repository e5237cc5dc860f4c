package dev.owlery.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Links of the bot as a process, fetched by curl and by a browser. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
final class ShareProcessIT {

  private static final Pattern LINK =
      Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/share/\\S+) \\(");
  private static final Pattern TRANSFER =
      Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/transfer/\\S+)");
  private static final int SIZE = 4 * 1024 * 1024;

  @TempDir private Path folder;

  @Test
  void curlFetchesOnceAndResumes() throws Exception {
    Path shared = Files.createDirectories(folder.resolve("shared/sub"));
    byte[] bytes = new byte[SIZE];
    new Random(1).nextBytes(bytes);
    Files.write(folder.resolve("shared/big file.bin"), bytes);
    Files.writeString(shared.resolve("small.txt"), "small");
    try (OwleryProcess bot = run()) {
      String link = link(bot, "share \"docs/big file.bin\"", 1);
      Path half = folder.resolve("half.bin");
      assertThat(curl("--limit-rate", "8M", "--max-filesize", "1000", "-o", half.toString(), link))
          .as("too big for it: it goes away at once")
          .startsWith("63 ");
      assertThat(curl("-r", "0-1000000", "-o", half.toString(), link)).isEqualTo("0 206");
      assertThat(curl("-H", "X-Forwarded-For: 203.0.113.9", "-o", "/dev/null", link))
          .isEqualTo("0 410");
      assertThat(curl("-C", "-", "-o", half.toString(), link)).isEqualTo("0 206");
      assertThat(half).hasBinaryContent(bytes);
      assertThat(curl("-o", "/dev/null", link)).isEqualTo("0 410");
      awaitSaid(bot, "203.0.113.9 wanted big file.bin too");
      awaitSaid(bot, "big file.bin was fetched by 127.0.0.1.");

      Path zip = folder.resolve("docs.zip");
      assertThat(curl("-OJ", link(bot, "share docs", 2))).isEqualTo("0 200");
      assertThat(ran("python3", "-m", "zipfile", "-l", zip.toString()))
          .startsWith("0 ")
          .contains("small.txt");
      Path tar = folder.resolve("docs.tar.gz");
      assertThat(curl("-OJ", link(bot, "share docs --as tar.gz", 3))).isEqualTo("0 200");
      assertThat(ran("tar", "-tzf", tar.toString()))
          .isEqualTo("0 docs/\ndocs/big file.bin\ndocs/sub/\ndocs/sub/small.txt");
      bot.terminate();
      assertThat(bot.exitCode()).isZero();
    }
  }

  @Test
  void aBrowserSavesOnceAndSaysThatItIsGone() throws Exception {
    Path shared = Files.createDirectories(folder.resolve("shared/sub"));
    byte[] bytes = new byte[SIZE];
    new Random(2).nextBytes(bytes);
    Files.write(folder.resolve("shared/big 100% file.bin"), bytes);
    Files.writeString(shared.resolve("small.html"), "<b>small</b>");
    try (OwleryProcess bot = run();
        Chromium browser = Chromium.start(folder)) {
      String link = link(bot, "share \"docs/big 100% file.bin\"", 1);
      Path saved = browser.download(link);
      assertThat(saved).hasFileName("big 100% file.bin").hasBinaryContent(bytes);
      awaitSaid(bot, "big 100% file.bin was fetched by 127.0.0.1.");
      Chromium.Page gone = browser.page(link);
      assertThat(gone.status()).isEqualTo(410);
      assertThat(gone.text()).contains("link");

      assertThat(browser.download(link(bot, "share docs/sub/small.html", 2)))
          .as("what a browser could show is saved all the same")
          .hasContent("<b>small</b>");
      Path zip = browser.download(link(bot, "share docs", 3));
      assertThat(zip).hasFileName("docs.zip");
      assertThat(ran("python3", "-m", "zipfile", "-l", zip.toString()))
          .startsWith("0 ")
          .contains("docs/big 100% file.bin", "docs/sub/small.html");

      bot.type("send \"big 100% file.bin\"");
      Path sent = browser.download(link(bot, TRANSFER, 1));
      assertThat(sent).hasBinaryContent(bytes);
      awaitSaid(bot, "sent big 100% file.bin (4.0 MiB) to here/you for you, SHA-256 ");
    }
  }

  private OwleryProcess run() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("test.conf"),
            """
            bot { durability = off }
            accounts { here { protocol = console, mode = pipe } }
            http { port = 0, trusted-proxies = [ "127.0.0.1" ] }
            plugins = [ share, file-relay ]
            plugin.share { folders { docs { path = "shared" } } }
            plugin.file-relay { folders = [ { directory = shared } ] }
            """);
    OwleryProcess bot = OwleryProcess.start(folder, "run", "--config", file.toString());
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !bot.isAlive() || bot.err().contains(" ready: "));
    assertThat(bot.err()).contains(" ready: ");
    return bot;
  }

  private static String link(OwleryProcess bot, String command, int number) {
    bot.type(command);
    return link(bot, LINK, number);
  }

  private static String link(OwleryProcess bot, Pattern written, int number) {
    List<String> links = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          links.clear();
          Matcher link = written.matcher(bot.out());
          while (link.find()) {
            links.add(link.group(1));
          }
          return links.size() >= number;
        });
    return links.getLast();
  }

  private static void awaitSaid(OwleryProcess bot, String words) {
    await().atMost(Duration.ofSeconds(20)).until(() -> bot.out().contains(words));
  }

  /** Its exit code and the status. */
  private String curl(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("curl", "-s", "-m", "30", "-w", "%{http_code}", "--noproxy", "*"));
    command.addAll(List.of(arguments));
    return ran(command.toArray(String[]::new));
  }

  private String ran(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + " " + out;
  }
}

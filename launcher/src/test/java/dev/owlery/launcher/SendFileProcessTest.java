package dev.owlery.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.slack.SlackDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code ./owlery send --file}, with somebody who watches and without. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
final class SendFileProcessTest {

  @TempDir private Path folder;
  private final byte[] bytes = new byte[3 << 20];

  @Test
  void aBarIsDrawnOnATerminalAndReachesItsEnd() throws Exception {
    new Random(3).nextBytes(bytes);
    Files.write(folder.resolve("plan.bin"), bytes);
    try (SlackDouble slack = SlackDouble.start()) {
      configure(slack);
      String seen = ran("script", "-qec", command(), "/dev/null");
      assertThat(seen).startsWith("0 ").contains("plan.bin", "100% [=", "] 3/3 MiB");
      assertThat(shown(slack)).containsExactly("plan.bin");

      String unseen = ran("/bin/sh", "-c", command());
      assertThat(unseen).startsWith("0 ").doesNotContain("%", "\r");
      assertThat(shown(slack)).containsExactly("plan.bin", "plan.bin");
    }
  }

  private void configure(SlackDouble slack) throws IOException {
    slack.channel("owls").invitesBot();
    Files.writeString(
        folder.resolve("bot.conf"),
        """
        accounts {
          work { protocol = slack, bot-token = "%s", app-token = "%s", api-url = "%s" }
        }
        """
            .formatted(slack.botToken(), slack.appToken(), slack.apiUrl()));
  }

  private static List<String> shown(SlackDouble slack) {
    return slack.channel("owls").messages().stream()
        .map(message -> message.json().at("/files/0/name").asText())
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** For a shell. */
  private static String command() {
    return Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Main.class.getName(),
            "send",
            "work/#owls",
            "--file",
            "plan.bin")
        .map(word -> "'" + word + "'")
        .collect(Collectors.joining(" "));
  }

  /** Its exit code and what it said. */
  private String ran(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + " " + out;
  }
}

package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.testkit.irc.Ngircd;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code check --connect} says of servers that cannot be reached, and when. */
@Timeout(120)
final class CheckConnectTest {

  private static final Pattern PROGRESS = Pattern.compile("\\((\\d+) of (\\d+) s\\)");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int owlery(String accounts, String... arguments) {
    Path file = folder.resolve("bot.conf");
    try {
      Files.writeString(
          file,
          "bot { data-dir = \"%s\" }\naccounts {\n%s\n}\n"
              .formatted(folder.resolve("data"), accounts));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    CommandLine line = CommandLines.of(new ProcessEnvironment(Map.of(), () -> {}));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--config";
    all[arguments.length + 1] = file.toString();
    return line.execute(all);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static String irc(String name, String host, int port, String tls) {
    return "%s { protocol = irc, host = \"%s\", port = %d, tls = %s, nick = owl }\n"
        .formatted(name, host, port, tls);
  }

  private static String xmpp(String name, String host, int port, String tls) {
    return "%s { protocol = xmpp, jid = \"owl@%s\", password = secret, %sport = %d, tls = %s }\n"
        .formatted(name, host, host.equals("localhost") ? "host = \"127.0.0.1\", " : "", port, tls);
  }

  private static String slack(String name, int port) {
    return ("%s { protocol = slack, bot-token = \"xoxb-1\", app-token = \"xapp-1\", insecure = true,"
            + " api-url = \"http://127.0.0.1:%d/api/\" }\n")
        .formatted(name, port);
  }

  private List<Integer> progressOf(String account) {
    return err.toString()
        .lines()
        .filter(line -> line.startsWith(account + ": "))
        .flatMap(line -> PROGRESS.matcher(line).results())
        .map((MatchResult found) -> Integer.valueOf(found.group(1)))
        .toList();
  }

  @Test
  void serversThatCannotBeReachedAreSaidAtOnceWithTheNextStep() throws IOException {
    int port = freePort();
    String accounts =
        irc("down", "127.0.0.1", port, "off")
            + irc("nowhere", "no-such-host.invalid", 6697, "required")
            + xmpp("jabber", "localhost", port, "off")
            + xmpp("unknown", "no-such-host.invalid", 5222, "required")
            + slack("work", port);

    assertThat(owlery(accounts, "check", "--connect")).isEqualTo(1);

    assertThat(out.toString())
        .contains(
            "down: not online (nobody takes connections at 127.0.0.1:" + port + " (refused)",
            "nowhere: not online (no server is known under the name of no-such-host.invalid",
            "jabber: not online (nobody takes connections at 127.0.0.1:" + port + " (refused)",
            "unknown: not online (no server is known under the name of no-such-host.invalid",
            "work: not online (Slack cannot be reached: nobody takes connections at 127.0.0.1:")
        .doesNotContain("next attempt", "Exception");
    // Looking up a name that nobody knows may take some seconds, depending on the name service.
    assertThat(progressOf("unknown")).allMatch(second -> second < 20);
  }

  @Test
  void aServerThatSaysNothingIsWaitedForWithALineEveryFewSeconds() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      int port = mute.getLocalPort();
      String accounts =
          irc("net", "127.0.0.1", port, "required") + xmpp("home", "localhost", port, "direct");

      assertThat(owlery(accounts, "check", "--connect")).isEqualTo(1);

      for (String account : List.of("net", "home")) {
        List<Integer> seconds = progressOf(account);
        assertThat(seconds).as(err.toString()).hasSizeBetween(2, 3);
        assertThat(seconds.getFirst()).isLessThanOrEqualTo(5);
        assertThat(seconds.get(1) - seconds.getFirst()).isLessThanOrEqualTo(5);
        assertThat(err.toString()).contains(account + ": connecting to 127.0.0.1:" + port);
        assertThat(out.toString())
            .contains(account + ": not online (127.0.0.1:" + port + " does not answer");
      }
    }
  }

  @Test
  void whatIsStillUnderWayAtTheEndIsSaidWithTheNextStep() {
    assertThat(
            CheckCommand.detail(
                new AccountState(AccountState.Phase.CONNECTING, "connecting to x.example:6667")))
        .isEqualTo(
            "nothing has come of it within 30 s: connecting to x.example:6667; check the address,"
                + " the port, and whether it speaks TLS");
  }

  @Test
  void plainMeetsTlsAndAnOwnAuthorityIsToldWithTheFingerprint() throws IOException {
    try (Ngircd server = Ngircd.start()) {
      String accounts =
          irc("plain", "127.0.0.1", server.tlsPort(), "off")
              + irc("own", "127.0.0.1", server.tlsPort(), "required");

      assertThat(owlery(accounts, "check", "--connect")).isEqualTo(1);

      assertThat(out.toString())
          .contains("own: not online (the server's certificate is not signed by an authority")
          .containsPattern("own: .*fingerprint = \"[0-9a-f]{64}\"")
          .containsPattern("plain: not online \\(.*TLS.*");
      assertThat(progressOf("plain")).as(err.toString()).hasSizeLessThan(3);
    }
  }

  @Test
  void whoSendsSeesWhatIsWaitedForAndAServerThatComesBackIsUsed() throws Exception {
    int port = freePort();
    try (Ngircd server = Ngircd.start()) {
      CompletableFuture<Integer> sending =
          CompletableFuture.supplyAsync(
              () -> owlery(irc("net", "127.0.0.1", port, "off"), "send", "net/#owls", "hello"));
      await().atMost(Duration.ofSeconds(30)).until(() -> !progressOf("net").isEmpty());
      assertThat(err.toString()).contains("nobody takes connections at 127.0.0.1:" + port);
      try (Sluice _ = new Sluice(port, server.port(), Integer.MAX_VALUE)) {
        assertThat(sending.get(60, TimeUnit.SECONDS)).as(err.toString()).isZero();
      }
    }
  }
}

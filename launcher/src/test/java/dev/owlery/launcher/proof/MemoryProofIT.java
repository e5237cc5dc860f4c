package dev.owlery.launcher.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.http.HmacSha256;
import dev.owlery.api.settings.Secret;
import dev.owlery.launcher.proof.HeldBodies.Kind;
import dev.owlery.launcher.proof.plugins.ThrowerPlugin;
import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.slack.SlackDouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Strangers without a secret cannot use the memory up, by whatever they hold open; and where memory
 * is used up all the same, the process ends, so that it is started again.
 */
@Timeout(300)
@Isolated("measures times")
class MemoryProofIT {
  private static final int CONNECTIONS = 254;
  private static final int MEBIBYTE = 1 << 20;
  private static final Duration HOLD = Duration.ofMillis(Form.of(1_500, 16_000));
  private static final Duration AFTERWARDS = Duration.ofSeconds(5);
  private static final long MOST_RESIDENT_KIB = 400 << 10;
  private static final String SECRET = "a-secret-of-the-tests";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int asked;
  private int delivered;

  private static List<Kind> kinds() {
    Function<Integer, String> nothing = _ -> "";
    Function<Integer, String> github = n -> "X-Hub-Signature-256: sha256=" + hex(n) + "\r\n";
    Function<Integer, String> slack =
        n ->
            "X-Slack-Request-Timestamp: %d\r\nX-Slack-Signature: v0=%s\r\n"
                .formatted(Instant.now().getEpochSecond(), hex(n));
    return List.of(
        new Kind("unsigned", "/webhooks/hub", nothing, MEBIBYTE, false),
        new Kind("wrongly signed", "/webhooks/hub", github, MEBIBYTE, false),
        new Kind("chunked", "/webhooks/hub", github, MEBIBYTE, true),
        new Kind("small", "/webhooks/hub", github, 1_000, false),
        new Kind("to Slack's address", "/slack/work", slack, MEBIBYTE, false),
        new Kind("to Slack's old address", "/slack/work/webhook", nothing, MEBIBYTE, false),
        new Kind("to a hook", "/hooks/builds/guessed", nothing, MEBIBYTE, false),
        new Kind("to nothing", "/nothing", nothing, MEBIBYTE, false));
  }

  private static String hex(int number) {
    return "%064x".formatted(number);
  }

  @Test
  void bodiesThatAreHeldOpenKeepNobodyFromTheBot() throws Exception {
    int port = LoopbackPorts.reserve();
    try (InspIrcd server = InspIrcd.start();
        SlackDouble slack = SlackDouble.builder().start();
        BotHome home = new BotHome(configuration(server, slack, port))) {
      BotProcess bot = home.run().awaitReady();
      IrcWitness ann = IrcWitness.connect(server, "ann");
      ann.join("#owls");
      echoes(ann, 3);
      String before = memory(bot, "VmRSS");
      for (Kind kind : kinds()) {
        underAttack(bot, ann, port, kind);
      }
      long most = Long.parseLong(memory(bot, "VmHWM"));
      Form.figures(
          "held bodies",
          "%d kinds of %d connections, each held for %s: all commands answered; resident %s KiB"
                  .formatted(kinds().size(), CONNECTIONS, HOLD, before)
              + " before, at most %d KiB".formatted(most));
      assertThat(most).as("KiB at most").isLessThan(MOST_RESIDENT_KIB);
      ann.close();
    }
  }

  private void underAttack(BotProcess bot, IrcWitness ann, int port, Kind kind)
      throws IOException, InterruptedException {
    try (HeldBodies held = new HeldBodies(port, CONNECTIONS, kind)) {
      long end = System.nanoTime() + HOLD.toNanos();
      echoes(ann, 8);
      LockSupport.parkNanos(Math.max(0, end - System.nanoTime()));
      echoes(ann, 1);
      System.out.printf(
          "[proof] %s: %d of %d refused, resident %s KiB%n",
          kind.name(), held.refused(), CONNECTIONS, memory(bot, "VmRSS"));
    }
    long over = System.nanoTime();
    int status = 0;
    while (status != 200 && System.nanoTime() - over < AFTERWARDS.toNanos()) {
      status = post(port);
    }
    assertThat(status).as("a signed webhook after: " + kind.name()).isEqualTo(200);
    ann.expect("PRIVMSG #owls :.*build " + delivered + " ", AFTERWARDS);
    echoes(ann, 1);
  }

  private void echoes(IrcWitness ann, int count) {
    int first = asked;
    for (int i = 0; i < count; i++) {
      ann.say("#owls", "!echo number " + asked++ + " ");
    }
    for (int i = first; i < asked; i++) {
      ann.expect("PRIVMSG #owls :number " + i + "$", Duration.ofSeconds(10));
    }
  }

  private int post(int port) throws InterruptedException {
    String body =
        "{\"title\": \"build %d done\", \"id\": \"%d\"}".formatted(++delivered, delivered);
    String signature = new HmacSha256(new Secret(SECRET)).hex("", body.getBytes(UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhooks/builds"))
            .timeout(AFTERWARDS)
            .header("X-Signature", signature)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException full) {
      return 0;
    }
  }

  private static String configuration(InspIrcd server, SlackDouble slack, int port) {
    return """
    %s
    http { port = %d }
    topics { "ci.*" { to = [ "net/#owls" ] } }
    plugin.webhooks.incoming {
      hub { kind = github, secret = %s, topic = ci.hub }
      builds { kind = generic, secret = %s, topic = ci.builds, signature = "X-Signature" }
    }
    plugin.hooks.incoming.builds { secret = %s, to = "net/#owls" }
    """
        .formatted(
            BotHome.loadTest(
                BotHome.irc("net", server, "owl", "#owls") + SlackHome.httpAccount("work", slack),
                "echo, topics, webhooks, hooks"),
            port,
            SECRET,
            SECRET,
            SECRET);
  }

  /** A line of what the system knows about the process, in KiB. */
  private static String memory(BotProcess bot, String name) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(bot.pid()), "status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.replaceAll("\\D", ""))
        .findFirst()
        .orElse("0");
  }

  @Test
  void anErrorInAPluginIsAnIncidentAndRealExhaustionEndsTheProcess() {
    try (InspIrcd server = InspIrcd.start();
        BotHome home =
            new BotHome(
                    BotHome.loadTest(
                        BotHome.irc("net", server, "owl", "#owls"),
                        "echo, \"" + ThrowerPlugin.class.getName() + '"'))
                .withTestClasses()) {
      BotProcess bot = home.run().awaitReady();
      IrcWitness ann = IrcWitness.connect(server, "ann");
      ann.join("#owls");
      ann.say("#owls", "throw error");
      ann.say("#owls", "throw memory");
      echoes(ann, 2);
      ann.say("#owls", "exhaust memory");
      assertThat(bot.awaitExit(Duration.ofSeconds(60))).isEqualTo(3);
      assertThat((bot.output() + bot.log()).lines().filter(line -> line.contains("Terminating")))
          .containsExactly("Terminating due to java.lang.OutOfMemoryError: Java heap space");
      ann.close();
    }
  }
}

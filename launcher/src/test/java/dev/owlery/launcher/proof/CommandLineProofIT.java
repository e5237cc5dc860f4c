package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import dev.owlery.testkit.net.LoopbackPorts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the program does with bad configurations, absent servers, wrong passwords and SIGTERM. */
@Timeout(120)
class CommandLineProofIT {

  @Test
  void everyFaultOfAConfigurationIsNamedAtOnce() {
    String faulty =
        """
        bot { name = owl, prefx = "!" }
        accounts {
          net { protocol = irc, host = "127.0.0.1", port = sixty, tls = off, nick = owl, rooms = [] }
          far { protocol = icq }
        }
        plugins = [ help, ecko ]
        limits { comands-per-minute = 12 }
        """;
    try (BotHome home = new BotHome(faulty)) {
      BotProcess check = home.start("check", "--config", "bot.conf");
      assertThat(check.awaitExit(Duration.ofSeconds(30))).isEqualTo(2);
      String said = check.output() + check.log();
      assertThat(said.lines().filter(line -> line.startsWith("bot.conf:")))
          .hasSize(5)
          .anySatisfy(line -> assertThat(line).contains(":1:", "bot.prefx", "prefix"))
          .anySatisfy(line -> assertThat(line).contains(":3:", "accounts.net.port"))
          .anySatisfy(line -> assertThat(line).contains(":4:", "accounts.far.protocol", "irc"))
          .anySatisfy(line -> assertThat(line).contains(":6:", "plugins", "echo"))
          .anySatisfy(line -> assertThat(line).contains(":7:", "comands", "commands-per-minute"));
      BotProcess run = home.run();
      assertThat(run.awaitExit(Duration.ofSeconds(30))).isEqualTo(2);
      assertThat(home.data()).doesNotExist();
      Form.figures("configuration", "5 faults of 5 named with line, key and advice, exit 2");
    }
  }

  @Test
  void aBotWithoutConfigurationAnswersOnThePipe() {
    try (BotHome home = new BotHome("")) {
      home.path().resolve("bot.conf").toFile().delete();
      BotProcess bot = home.start("run");
      bot.type("!echo hello");
      bot.endInput();
      assertThat(bot.awaitExit(Duration.ofSeconds(30))).isZero();
      assertThat(bot.output().lines()).containsExactly("hello");
      Form.figures("pipe", "printf '!echo hello\\n' | owlery run: hello, exit 0");
    }
  }

  @Test
  void aServerThatIsDownIsTriedAgainUntilItIsThere() {
    int port = LoopbackPorts.reserve();
    try (BotHome home =
        new BotHome(BotHome.loadTest(BotHome.irc("net", port, "owl", "", "#a"), "echo"))) {
      BotProcess bot = home.run();
      bot.awaitLog("(?m)^.*net.*connecting.*$", Duration.ofSeconds(20));
      LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
      assertThat(bot.log()).doesNotContain("\tat ", "Exception:");
      assertThat(bot.isRunning()).isTrue();
      long lines = bot.log().lines().filter(line -> line.contains("net")).count();
      assertThat(lines).isBetween(1L, 12L);
      try (Ngircd server = Ngircd.start();
          Relay late = Relay.on(port, server.port())) {
        bot.awaitReady();
        assertThat(late.connections()).isPositive();
      }
      assertThat(bot.log()).doesNotContain("\tat ");
      Form.figures(
          "server down", lines + " lines in 3 s, no stack trace, online once it was there");
    }
  }

  @Test
  void aWrongPasswordIsAWarningOnceAndTriedAFewTimesOnly() {
    String secret = "wrong-password-4711";
    try (InspIrcd server = InspIrcd.startWithServices();
        Relay relay = new Relay(server.port())) {
      try (IrcWitness owner = IrcWitness.connect(server, "owl")) {
        owner.registerAccount("right-password-4711");
        owner.raw("QUIT");
      }
      try (BotHome home =
          new BotHome(
              BotHome.loadTest(
                  BotHome.irc(
                      "net",
                      relay.port(),
                      "owl",
                      "sasl { user = owl, password = ${SECRET} }",
                      "#a"),
                  "echo"))) {
        BotProcess bot = home.with("SECRET", secret).run();
        bot.awaitLog("(?mi)^.*net.*(password|login|sasl).*$", Duration.ofSeconds(20));
        LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
        String log = bot.log();
        String plain =
            Base64.getEncoder()
                .encodeToString(("owl\0owl\0" + secret).getBytes(StandardCharsets.UTF_8));
        String bare =
            Base64.getEncoder()
                .encodeToString(("\0owl\0" + secret).getBytes(StandardCharsets.UTF_8));
        assertThat(log).doesNotContain(secret, plain, bare, "\tat ");
        List<String> clear =
            log.lines()
                .filter(line -> line.matches("(?i).* WARN .*net.*(password|login|sasl).*"))
                .toList();
        assertThat(clear).hasSize(1);
        // Services that restart refuse everybody: so it is tried again, six times in all.
        assertThat(relay.connections()).isBetween(1, 6);
        Form.figures(
            "wrong password",
            relay.connections() + " attempts in 5 s; it says: " + clear.getFirst());
      }
    }
  }

  @Test
  void onSigtermItFinishesAndNothingIsLost() {
    List<String> rooms = List.of("#one", "#two");
    try (InspIrcd server = InspIrcd.start();
        IrcWitness witness =
            IrcWitness.connect(server, "ann", "echo-message", "message-tags", "server-time");
        BotHome home =
            new BotHome(
                BotHome.loadTest(BotHome.irc("net", server, "owl", "#one", "#two"), "echo"))) {
      for (String room : rooms) {
        witness.join(room);
        witness.raw("MODE " + room + " +H 3000:1h");
      }
      int terms = Form.of(2, 10);
      double slowest = 0;
      try (Speaker speaker = new Speaker(witness, rooms, "t", 300)) {
        for (int term = 1; term <= terms; term++) {
          BotProcess bot = home.run().awaitReady();
          speaker.allow(300);
          LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
          long start = System.nanoTime();
          bot.terminate();
          assertThat(bot.awaitExit(Duration.ofSeconds(10))).isZero();
          slowest = Math.max(slowest, (System.nanoTime() - start) / 1e9);
          witness.expect(":owl!\\S+ QUIT", Duration.ofSeconds(5));
        }
        home.run().awaitReady();
        speaker.awaitSaid(Duration.ofSeconds(30));
        Verdict verdict = Verdict.await(speaker, "owl", witness);
        Form.figures(
            "SIGTERM",
            "%d times under load, exit 0, slowest %.1f s; %s"
                .formatted(terms, slowest, verdict.counts()));
        if (!verdict.isClean() || slowest > 3) {
          home.keep("sigterm");
        }
        assertThat(verdict.isClean())
            .as(() -> verdict.forensics(speaker, "owl", witness.lines()))
            .isTrue();
      }
    }
  }
}

package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.net.InstalledConfiguration;
import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.xmpp.Ejabberd;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.XmppServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A file of 3 MB from bot to bot over servers as Debian installs them. Within 30 s it is there, or
 * both sides have said in their logs, at INFO, why it is not.
 */
@Timeout(900)
@Execution(ExecutionMode.CONCURRENT)
class FileDefaultsProofIT {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int SIZE = 3_000_000;

  private final byte[] content = new byte[SIZE];

  FileDefaultsProofIT() {
    new Random(SIZE).nextBytes(content);
  }

  @Test
  void overProsodyAsInstalledBothSidesSayHowSlowItIsAndItArrives() throws Exception {
    assumeReadable(InstalledConfiguration.PROSODY);
    try (Prosody server = Prosody.asInstalled();
        Pair bots = new Pair(xmpp(server, "owl"), xmpp(server, "kea"), "")) {
      bots.send("prosody, in-band");
      bots.bothSay(" is under way: slow: [0-9.]+ kB/s, about \\d+ more minutes");
      if (Form.NOW == Form.FULL) {
        bots.arrives("prosody, in-band, whole", Duration.ofMinutes(10));
      }
    }
  }

  @Test
  void overEjabberdAsInstalledBothSidesSayHowSlowItIs() throws Exception {
    assumeReadable(InstalledConfiguration.EJABBERD);
    try (Ejabberd server = Ejabberd.asInstalled();
        Pair bots = new Pair(xmpp(server, "owl"), xmpp(server, "kea"), "")) {
      bots.send("ejabberd, in-band");
      bots.bothSay(" is under way: slow: [0-9.]+ kB/s, about \\d+ more minutes");
    }
  }

  @Test
  void aLinkOfTheBotsOwnListenerArrivesOverEjabberdAsInstalled() throws Exception {
    assumeReadable(InstalledConfiguration.EJABBERD);
    try (Ejabberd server = Ejabberd.asInstalled();
        Pair bots = new Pair(xmpp(server, "owl"), xmpp(server, "kea"), link())) {
      bots.send("ejabberd, link");
      bots.arrives("ejabberd, link", BOUND);
    }
  }

  @Test
  void overInspIrcdAsInstalledBothSidesSayThatNobodyVouchesForTheSender() throws Exception {
    assumeReadable(InstalledConfiguration.INSPIRCD);
    String dcc = "dcc { enabled = true, allow = [ \"127.0.0.0/8\" ] }";
    try (InspIrcd server = InspIrcd.asInstalled();
        Pair bots =
            new Pair(
                BotHome.irc("net", server.port(), "owl", dcc),
                BotHome.irc("net", server.port(), "kea", dcc),
                "")) {
      bots.send("inspircd as installed, dcc");
      bots.sending.awaitLog("is given up: they do not want it", BOUND);
      bots.receiving.awaitLog("a file from owl is refused", BOUND);
    }
  }

  @Test
  void overInspIrcdWithServicesItArrivesByDcc() throws Exception {
    try (InspIrcd server = InspIrcd.startWithServices()) {
      for (String nick : List.of("owl", "kea")) {
        try (IrcWitness witness = IrcWitness.connect(server, nick)) {
          witness.registerAccount("secret");
        }
      }
      try (Pair bots = new Pair(withAccount(server, "owl"), withAccount(server, "kea"), "")) {
        bots.send("inspircd, dcc");
        bots.arrives("inspircd, dcc", BOUND);
      }
    }
  }

  private static String withAccount(InspIrcd server, String nick) {
    return BotHome.irc(
        "net",
        server.port(),
        nick,
        """
        sasl { user = %s, password = secret }
        dcc { enabled = true, address = "127.0.0.1", allow = [ "127.0.0.0/8" ] }
        """
            .formatted(nick));
  }

  private static void assumeReadable(Path configuration) {
    assumeTrue(
        InstalledConfiguration.isReadable(configuration), configuration + " is not readable");
  }

  private static String xmpp(XmppServer server, String user) {
    server.register(user, "secret");
    return """
    net { protocol = xmpp, jid = "%s@localhost", password = secret, host = "127.0.0.1", port = %d
          authority = "%s" }
    """
        .formatted(user, server.port(), server.certificates().authority());
  }

  private static String link() {
    int port = LoopbackPorts.reserve();
    return """
    http { port = %1$d, public-url = "http://127.0.0.1:%1$d/" }
    files { transport = link }
    """
        .formatted(port);
  }

  /** Owl watches a folder for Kea, who receives: as the guide shows it. */
  private final class Pair implements AutoCloseable {
    private final BotHome owl;
    private final BotHome kea;
    private final BotProcess receiving;
    private final BotProcess sending;
    private final Path received;
    private long begun;

    Pair(String owls, String keas, String block) throws IOException {
      boolean irc = owls.contains("protocol = irc");
      owl = new BotHome(configuration(owls, block, sends(irc ? "kea" : "kea@localhost")));
      kea = new BotHome(configuration(keas, "", takes(irc ? "account:owl" : "owl@localhost")));
      Files.createDirectory(owl.path().resolve("outbox"));
      received = Files.createDirectory(kea.path().resolve("received"));
      receiving = kea.run().awaitReady();
      sending = owl.run().awaitReady();
    }

    private String configuration(String account, String block, String plugin) {
      return """
      bot { data-dir = "data", durability = crash }
      accounts { %s }
      plugins = [ help, file-relay ]
      %s
      plugin.file-relay { %s }
      """
          .formatted(account, block, plugin);
    }

    private String sends(String to) {
      return "watch = [ { directory = outbox, to = \"net/" + to + "\", after = keep } ]";
    }

    private String takes(String from) {
      return "receive { into = received, accept = [ \"net/"
          + from
          + "\" ] }, links { allow = [ \"127.0.0.0/8\" ] }";
    }

    void send(String what) throws IOException {
      System.out.println("[proof] files over defaults: " + what);
      Path aside = Files.write(owl.path().resolve("plan.bin"), content);
      Files.move(
          aside, owl.path().resolve("outbox").resolve("plan.bin"), StandardCopyOption.ATOMIC_MOVE);
      begun = System.nanoTime();
    }

    void bothSay(String pattern) {
      String there = sending.awaitLog("INFO.*plan\\.bin" + ".*" + pattern, BOUND).group();
      String here = receiving.awaitLog("INFO.*plan\\.bin" + ".*" + pattern, BOUND).group();
      figures("said after", there + " | " + here);
      assertThat(seconds()).isLessThanOrEqualTo(BOUND.toSeconds());
    }

    void arrives(String what, Duration patience) throws IOException {
      Path file = received.resolve("plan.bin");
      await(() -> Files.exists(file), patience);
      assertThat(Files.readAllBytes(file)).isEqualTo(content);
      sending.awaitLog("ready", BOUND);
      figures("arrived after", what);
    }

    private long seconds() {
      return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    }

    private void figures(String what, String more) {
      Form.figures("files over defaults", what + " " + seconds() + " s: " + more);
    }

    private void await(BooleanSupplier condition, Duration patience) {
      long deadline = System.nanoTime() + patience.toNanos();
      while (!condition.getAsBoolean()) {
        assertThat(System.nanoTime())
            .as(() ->
                "deadline; the sender:\n"
                    + BotProcess.tail(sending.log())
                    + "\nthe receiver:\n"
                    + BotProcess.tail(receiving.log()))
            .isLessThan(deadline);
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }

    @Override
    public void close() {
      owl.close();
      kea.close();
    }
  }
}

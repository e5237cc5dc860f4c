package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import dev.owlery.testkit.xmpp.Ejabberd;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.XmppServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code ./owlery send ACCOUNT/PERSON --file FILE} to an Owlery that runs and accepts the sender:
 * exit code 0 means that it has the file. What cannot be sent is said at once, with exit code 1.
 */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
final class SendFileToOwleryIT {

  private final byte[] plan = new byte[200_000];
  @TempDir private Path folder;
  private Path received;

  @BeforeEach
  void makeFiles() throws IOException {
    new Random(4).nextBytes(plan);
    Files.write(folder.resolve("plan.pdf"), plan);
    received = Files.createDirectory(folder.resolve("received"));
  }

  @Test
  void anOwleryOnProsodyHasTheFileWhateverItsResource() throws Exception {
    isFound(Prosody::start);
  }

  @Test
  void anOwleryOnEjabberdHasTheFileWhateverItsResource() throws Exception {
    isFound(Ejabberd::start);
  }

  private void isFound(Supplier<XmppServer> start) throws Exception {
    try (XmppServer server = start.get()) {
      Path robin = xmpp(server, "robin", "resource = nest");
      Path owl = xmpp(server, "owl", "");
      try (OwleryProcess receiver =
          start("receive", robin, "--from", "home/owl@localhost", received.toString())) {
        awaitReady(receiver);
        assertThat(sent(owl, "home/robin@localhost")).startsWith("0 ").contains("sent by ");
        assertThat(received.resolve("plan.pdf")).hasBinaryContent(plan);
      }
    }
  }

  @Test
  void whoDoesNotAcceptTheSenderIsNamedWithTheReason() throws Exception {
    try (Prosody server = Prosody.start()) {
      Path robin = xmpp(server, "robin", "");
      Path owl = xmpp(server, "owl", "");
      try (OwleryProcess receiver =
          start("receive", robin, "--from", "home/ann@localhost", received.toString())) {
        awaitReady(receiver);
        assertThat(sent(owl, "home/robin@localhost"))
            .startsWith("1 ")
            .contains("home/robin@localhost", "files from you are not taken");
        assertThat(receiver.err()).containsOnlyOnce("a file from owl@localhost is refused");
        assertThat(received).isEmptyDirectory();
      }
    }
  }

  @Test
  void whoIsNotThereIsSaidWithTheNextStep() throws Exception {
    try (Prosody server = Prosody.start(Prosody.Option.BARE)) {
      Path owl = xmpp(server, "owl", "");
      assertThat(sent(owl, "home/robin@localhost"))
          .startsWith("1 ")
          .contains(
              "socks5: the server has no SOCKS5 proxy, and files.listen is not set",
              "in-band: robin@localhost has no client online that takes files",
              "upload: the server stores no files",
              "see that the other side is online");
    }
  }

  @Test
  void onIrcWhatIsMissingIsSaid() throws Exception {
    try (IrcServer server = Ngircd.start();
        IrcWitness ann = IrcWitness.connect(server, "ann")) {
      ann.join("#owls");
      Path owl = irc(server, "");
      assertThat(sent(owl, "net/ann")).startsWith("1 ").contains("dcc: dcc.enabled is not set");
      assertThat(sent(owl, "net/#owls")).startsWith("1 ").contains("see that the other side");
    }
  }

  @Test
  void anOwleryOnIrcWithoutDccTurnsTheOfferDownAtOnce() throws Exception {
    try (IrcServer server = InspIrcd.start()) {
      Path robin = Files.writeString(folder.resolve("robin.conf"), account(server, "robin", ""));
      Path owl = irc(server, "dcc { enabled = true, address = \"127.0.0.1\" }");
      try (OwleryProcess receiver =
          start("receive", robin, "--from", "net/account:owl", received.toString())) {
        awaitReady(receiver);
        assertThat(sent(owl, "net/robin")).startsWith("1 ").contains("they do not want it");
      }
    }
  }

  private static void awaitReady(OwleryProcess bot) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !bot.isAlive() || bot.err().contains(" ready: "));
    assertThat(bot.err()).contains(" ready: ");
  }

  private Path irc(IrcServer server, String more) throws IOException {
    return Files.writeString(folder.resolve("owl.conf"), account(server, "owl", more));
  }

  private String account(IrcServer server, String nick, String more) {
    return """
    bot { data-dir = "%s" }
    accounts { net { protocol = irc, host = "127.0.0.1", port = %d, tls = off, nick = %s
                     %s } }
    """
        .formatted(folder.resolve("data-" + nick), server.port(), nick, more);
  }

  private Path xmpp(XmppServer server, String name, String more) throws IOException {
    server.register(name, "secret");
    return Files.writeString(
        folder.resolve(name + ".conf"),
        """
        bot { data-dir = "%s" }
        accounts { home { protocol = xmpp, jid = "%s@localhost", password = secret
                          host = "127.0.0.1", port = %d, tls = off
                          %s } }
        """
            .formatted(folder.resolve("data-" + name), name, server.port(), more));
  }

  private OwleryProcess start(String command, Path config, String... more) throws IOException {
    String[] line = new String[more.length + 4];
    line[0] = command;
    line[1] = "-v";
    line[2] = "--config";
    line[3] = config.toString();
    System.arraycopy(more, 0, line, 4, more.length);
    return OwleryProcess.start(Files.createTempDirectory(folder, "process-"), line);
  }

  /** Its exit code, and what it said. */
  private String sent(Path config, String to) throws Exception {
    String file = folder.resolve("plan.pdf").toString();
    try (OwleryProcess sender =
        OwleryProcess.start(
            Files.createTempDirectory(folder, "process-"),
            "send",
            "--config",
            config.toString(),
            to,
            "--file",
            file)) {
      return sender.exitCode() + " " + sender.err();
    }
  }
}

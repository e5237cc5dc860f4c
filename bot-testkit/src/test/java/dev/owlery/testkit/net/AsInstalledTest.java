package dev.owlery.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import dev.owlery.testkit.xmpp.Ejabberd;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppServer;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Servers as Debian installs them run side by side with others, and lack what they lack there. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
final class AsInstalledTest {

  private static void assumeReadable(Path configuration) {
    assumeTrue(
        InstalledConfiguration.isReadable(configuration), configuration + " is not readable");
  }

  @Test
  void prosodyInsistsOnTlsAndOffersNoWayForFiles() {
    assumeReadable(InstalledConfiguration.PROSODY);
    chats(Prosody::asInstalled);
  }

  @Test
  void ejabberdInsistsOnTlsAndOffersNoWayForFiles() {
    assumeReadable(InstalledConfiguration.EJABBERD);
    chats(Ejabberd::asInstalled);
  }

  private static void chats(Supplier<XmppServer> start) {
    try (XmppServer server = start.get();
        RawXmppClient ann = RawXmppClient.join(server, "ann");
        RawXmppClient ben = RawXmppClient.join(server, "ben")) {
      ann.say(ben.address(), "hello");
      ben.expect("hello");
      String items =
          ann.ask("localhost", "get", "<query xmlns='http://jabber.org/protocol/disco#items'/>")
              .toString();
      assertThat(items).contains("disco#items").doesNotContain("proxy", "upload");
    }
  }

  @Test
  void inspIrcdKnowsNoCapabilities() {
    assumeReadable(InstalledConfiguration.INSPIRCD);
    try (IrcServer server = InspIrcd.asInstalled()) {
      talks(server);
    }
  }

  @Test
  void ngircdRunsWithItsOwnLimits() {
    assumeReadable(InstalledConfiguration.NGIRCD);
    try (IrcServer server = Ngircd.asInstalled()) {
      talks(server);
    }
  }

  private static void talks(IrcServer server) {
    try (IrcWitness ann = IrcWitness.connect(server, "ann");
        IrcWitness ben = IrcWitness.connect(server, "ben")) {
      ann.join("#owls");
      ben.join("#owls");
      ben.say("#owls", "hello");
      IrcWitness.await("the line", () -> ann.textsFrom("ben", "#owls").contains("hello"));
    }
  }
}

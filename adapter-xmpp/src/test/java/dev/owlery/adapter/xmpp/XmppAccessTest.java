package dev.owlery.adapter.xmpp;

import static dev.owlery.adapter.xmpp.Bots.allow;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.owlery.testkit.LiveBot;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Whoever is not on the access list, under whatever name they come. */
@Isolated("reads what all accounts log")
final class XmppAccessTest {

  private static final String OWL = "owl@localhost/owlery";
  private static final String ROOM = "owls@rooms.localhost";

  private static String call(String method) {
    return "<query xmlns='jabber:iq:rpc'><methodCall><methodName>"
        + method
        + "</methodName><params><param><value><i4>1</i4></value></param></params></methodCall></query>";
  }

  private static void assertForbidden(String who, XmppStanza answer) {
    assertThat(answer.raw())
        .as("the answer to %s", who)
        .contains("type='error'", "type='auth'", "<forbidden ");
  }

  @Test
  void thirtyAttemptsOfOthersAreForbiddenAndWrittenDown() throws Exception {
    Logger audit = (Logger) LoggerFactory.getLogger("owlery.audit");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    audit.setLevel(Level.INFO);
    lines.start();
    audit.addAppender(lines);
    try (Prosody server = Prosody.start()) {
      server.register("owl", TestAccount.PASSWORD);
      try (LiveBot owl =
          Bots.serving(
              new TestAccount.With(server).rooms(ROOM).settings(),
              Duration.ofSeconds(2),
              allow("(robin|admin)@localhost(/.*)?", "samples\\.(add|echo)"),
              allow("bot@localhost/main", "samples\\..*"))) {
        int attempts = 0;
        attempts += clients(server);
        attempts += occupant(server);
        attempts += component(server);
        attempts += methods(server);
        assertThat(attempts).isGreaterThanOrEqualTo(30);
        assertThat(lines.list)
            .hasSize(attempts + 1)
            .filteredOn(line -> line.getFormattedMessage().startsWith("refused caller=\"net/"))
            .hasSize(attempts);
        assertThat(owl.engine().administration().accounts()).hasSize(1);
      }
    } finally {
      audit.detachAppender(lines);
    }
  }

  /** Other accounts of the same server, and other programs of our own account. */
  private static int clients(Prosody server) {
    List<String> users =
        List.of(
            "eve",
            "robin.",
            "xrobin",
            "robinx",
            "r\u043ebin", // a Cyrillic o
            "admin\\40x",
            "admin\\40localhost",
            "robin\\2fx",
            "bot");
    for (String user : users) {
      server.register(user, TestAccount.PASSWORD);
      attempt(server, user, "");
    }
    attempt(server, "eve", "robin@localhost");
    attempt(server, "eve", "robin@localhost/desk");
    attempt(server, "eve", "admin");
    attempt(server, "bot", "main/x");
    attempt(server, "bot", "xmain");
    attempt(server, "owl", "elsewhere");
    attempt(server, "owl", "robin@localhost");
    return users.size() + 7;
  }

  private static void attempt(Prosody server, String user, String resource) {
    try (RawXmppClient client =
        RawXmppClient.connect(server, user, TestAccount.PASSWORD, resource)) {
      assertForbidden(client.address(), client.ask(OWL, "set", call("samples.echo")));
    }
  }

  /** A room passes requests on, under the nick's address; nicks are free. */
  private static int occupant(Prosody server) {
    try (RawXmppClient eve = RawXmppClient.connect(server, "eve", TestAccount.PASSWORD)) {
      for (String nick : List.of("robin", "robin@localhost", "admin")) {
        eve.enter(ROOM, nick);
        assertForbidden(nick, eve.ask(ROOM + "/owl", "set", call("samples.echo")));
        eve.raw("<presence type='unavailable' to='" + ROOM + "/" + nick + "'/>");
        eve.expect("type='unavailable'");
      }
    }
    return 3;
  }

  /** Another server may send from any address at its own domain. */
  private static int component(Prosody server) {
    List<String> addresses =
        List.of(
            "robin@bridge.localhost/desk",
            "robin@bridge.localhost",
            "bridge.localhost",
            "bridge.localhost/robin@localhost",
            "bridge.localhost/robin@localhost/desk",
            "eve@bridge.localhost/robin@localhost/desk",
            "robin\\40localhost@bridge.localhost/desk",
            "bot@bridge.localhost/main");
    try (RawXmppClient bridge =
        RawXmppClient.component(
            server.host(), server.componentPort(), "bridge.localhost", "secret")) {
      for (String address : addresses) {
        bridge.raw(
            "<iq type='set' id='%s' from='%s' to='%s'>%s</iq>"
                .formatted(
                    bridge.nextId(), RawXmppClient.escape(address), OWL, call("samples.echo")));
        assertForbidden(address, bridge.expect("type='error'"));
      }
    }
    return addresses.size();
  }

  /** Somebody who may call something, but not this. */
  private static int methods(Prosody server) {
    server.register("robin", TestAccount.PASSWORD);
    List<String> methods =
        List.of(
            "samples.relay", "xsamples.echo", "samples.echox", "samplesXecho", "system.shutdown");
    try (RawXmppClient robin = RawXmppClient.connect(server, "robin", TestAccount.PASSWORD)) {
      for (String method : methods) {
        assertForbidden(method, robin.ask(OWL, "set", call(method)));
      }
      assertThat(robin.ask(OWL, "set", call("samples.echo")).raw()).contains("<i4>1</i4>");
    }
    return methods.size();
  }
}

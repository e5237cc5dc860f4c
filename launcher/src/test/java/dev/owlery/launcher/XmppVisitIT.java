package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.Prosody.Option;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code check --connect} on a real XMPP server, and how servers are found. */
final class XmppVisitIT {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();

  private Path configuration(String more) throws Exception {
    return Files.writeString(
        folder.resolve("bot.conf"),
        """
        bot { data-dir = "%s" }
        accounts {
          home { protocol = xmpp, jid = "owl@localhost", password = secret
                 %s }
        }
        """
            .formatted(folder.resolve("data"), more));
  }

  private int check(Prosody server, String more) throws Exception {
    server.register("owl", "secret");
    Path file =
        configuration(
            "host = \"127.0.0.1\", port = %d, tls = off\n%s".formatted(server.port(), more));
    CommandLine line = CommandLines.of(new ProcessEnvironment(Map.of(), () -> {}));
    line.setOut(new PrintWriter(out));
    return line.execute("check", "--connect", "--config", file.toString());
  }

  @Test
  void whatTheServerOffersIsTold() throws Exception {
    try (Prosody server = Prosody.start()) {
      assertThat(check(server, "rooms = [ \"ops@rooms.localhost\" ]")).isZero();
    }
    assertThat(out.toString())
        .contains(
            "home: online (owl@localhost/owlery-",
            "; offers sm, mam, carbons, csi, pep, muc, pubsub, upload, proxy65; missing offline)",
            "  home/ops@rooms.localhost: joined");
  }

  @Test
  void whatIsMissingIsTold() throws Exception {
    try (Prosody server =
        Prosody.start(Option.BARE, Option.NO_ARCHIVE, Option.NO_STREAM_MANAGEMENT)) {
      assertThat(check(server, "rooms = []")).isZero();
    }
    assertThat(out.toString())
        .contains(
            "; offers nothing; missing sm, mam, offline, carbons, csi, pep, muc, pubsub, upload,"
                + " proxy65)");
  }

  @Test
  void aRoomThatDoesNotLetTheBotInHasAReason() throws Exception {
    try (Prosody server = Prosody.start();
        RawXmppClient ann = RawXmppClient.join(server, "ann")) {
      ann.enter("secret@rooms.localhost", "ann");
      ann.ask(
          "secret@rooms.localhost",
          "set",
          "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data'"
              + " type='submit'><field"
              + " var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field><field"
              + " var='muc#roomconfig_roomsecret'><value>sesame</value></field></x></query>");
      assertThat(check(server, "rooms = [ \"secret@rooms.localhost\", \"ops@rooms.localhost\" ]"))
          .isEqualTo(1);
    }
    assertThat(out.toString())
        .contains(
            "  home/secret@rooms.localhost: not joined (the room asks for a password",
            "  home/ops@rooms.localhost: joined");
  }

  @Test
  void theServerIsFoundByTheDomainsRecords() throws Exception {
    try (Prosody server = Prosody.start()) {
      server.register("owl", "secret");
      List<Integer> plain = List.of(1, server.port());
      List<Integer> direct = List.of(1, server.tlsPort());
      try (RecordsServer names =
          RecordsServer.start(
              Map.of(
                  "_xmpp-client._tcp.localhost", plain, "_xmpps-client._tcp.localhost", direct))) {
        for (String tls : List.of("required", "direct")) {
          Path file =
              configuration(
                  "tls = %s, authority = \"%s\"".formatted(tls, server.certificates().authority()));
          try (OwleryProcess check =
              OwleryProcess.start(
                  folder,
                  List.of("-Djava.naming.provider.url=dns://127.0.0.1:" + names.port()),
                  "check",
                  "--connect",
                  "--config",
                  file.toString())) {
            assertThat(check.exitCode()).as(check.err()).isZero();
            assertThat(check.out()).as(tls).contains("home: online (owl@localhost/owlery");
          }
        }
      }
    }
  }
}

package dev.owlery.testkit.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.testkit.net.ServerProcess;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class XmppServerFixturesTest {
  private static final String ARCHIVE = "<query xmlns='urn:xmpp:mam:2'/>";

  @Test
  void twoPeopleTalkOnProsodyAndItComesBackWithItsDataAfterAKill() {
    try (Prosody server = Prosody.start()) {
      talk(server);
      comeBack(server, "two");
    }
    try (Prosody server = Prosody.start(Prosody.Option.LONG_ARCHIVES)) {
      talk(server);
      comeBack(server, "two");
    }
  }

  @Test
  void twoPeopleTalkOnEjabberdAndItComesBackWithItsDataAfterAKill() {
    try (Ejabberd server = Ejabberd.start();
        Ejabberd another = Ejabberd.start()) {
      talk(server);
      comeBack(server, "");
      another.register("ann", "secret");
    }
  }

  private static void talk(XmppServer server) {
    String room = "owls@" + server.rooms();
    try (RawXmppClient ann = RawXmppClient.join(server, "ann");
        RawXmppClient ben = RawXmppClient.join(server, "ben")) {
      ann.say(ben.address(), "<hello> & 'good' \"day\"");
      assertThat(ben.expectMessage(ann.address(), ".*").body())
          .isEqualTo("<hello> & 'good' \"day\"");
      ann.enter(room, "Ann");
      ben.enter(room, "Ben");
      ben.sayIn(room, "one");
      ben.sayIn(room, "two");
      ann.expectMessage(room + "/Ben", "two");
      assertThat(ann.textsFrom(room + "/Ben")).containsExactly("one", "two");
      assertThat(ben.settle()).extracting(XmppStanza::name).contains("presence", "message", "iq");
    }
  }

  private static void comeBack(XmppServer server, String remembered) {
    RawXmppClient witness = RawXmppClient.connect(server, "ann", "secret");
    server.kill();
    RawXmppClient.await("the end of the connection", witness::isEnded);
    witness.close();
    assertThat(ServerProcess.accepts(server.port())).isFalse();
    server.restart();
    try (RawXmppClient ann = RawXmppClient.connect(server, "ann", "secret")) {
      ann.enter("owls@" + server.rooms(), "Ann");
      XmppStanza end = ann.ask("owls@" + server.rooms(), "set", ARCHIVE);
      assertThat(end.type()).isEqualTo("result");
      assertThat(ann.stanzas())
          .extracting(XmppStanza::raw)
          .anyMatch(raw -> archived(raw, remembered));
    }
  }

  private static boolean archived(String raw, String text) {
    return raw.contains("urn:xmpp:mam:2") && raw.contains(text);
  }

  @Test
  void aRoomShowsRealAddressesOnlyWhereItSaysSo() {
    try (Prosody server = Prosody.start();
        RawXmppClient ann = RawXmppClient.join(server, "ann");
        RawXmppClient ben = RawXmppClient.join(server, "ben")) {
      for (String service : List.of(server.rooms(), server.openRooms(), server.plainRooms())) {
        ann.enter("owls@" + service, "Ann");
        ben.enter("owls@" + service, "Ben");
        String entry = ben.stanzas().stream().filter(s -> isAnn(s, service)).toList().toString();
        assertThat(entry.contains("occupant-id")).isNotEqualTo(service.equals(server.plainRooms()));
        assertThat(entry.contains("jid='ann@localhost/"))
            .isEqualTo(service.equals(server.openRooms()));
        ben.sayIn("owls@" + service, "hello");
        ann.expectMessage("owls@" + service, "hello");
        assertThat(ann.ask("owls@" + service, "set", ARCHIVE).type())
            .isEqualTo(service.equals(server.plainRooms()) ? "error" : "result");
      }
    }
  }

  @Test
  void aRoomForgetsSomebodyWithoutAWord() {
    try (Prosody server = Prosody.start();
        RawXmppClient ann = RawXmppClient.join(server, "ann");
        RawXmppClient ben = RawXmppClient.join(server, "ben")) {
      String room = "owls@" + server.rooms();
      ann.enter(room, "Ann");
      ben.enter(room, "Ben");
      ann.settle();
      server.forget(ann, room, "Ben");
      ann.sayIn(room, "is anybody here?");
      ann.expectMessage(room + "/Ann", "is anybody here\\?");
      assertThat(ben.settle()).extracting(XmppStanza::type).doesNotContain("unavailable");
      assertThat(ben.textsFrom(room)).isEmpty();
      String ping = "<ping xmlns='urn:xmpp:ping'/>";
      assertThat(ben.ask(room + "/Ben", "get", ping).raw()).contains("not-acceptable");
    }
  }

  private static boolean isAnn(XmppStanza stanza, String service) {
    return stanza.name().equals("presence") && stanza.from().equals("owls@" + service + "/Ann");
  }

  @Test
  void aServerThatInsistsOnTlsLetsNobodyInWithoutIt() {
    try (Prosody server = Prosody.start(Prosody.Option.ENCRYPTION_REQUIRED);
        RawXmppClient ann = RawXmppClient.join(server, "ann")) {
      assertThat(ann.address()).startsWith("ann@localhost/");
    }
    try (Prosody server = Prosody.start(Prosody.Option.NO_TLS, Prosody.Option.NO_ARCHIVE);
        RawXmppClient ann = RawXmppClient.join(server, "ann")) {
      assertThat(ServerProcess.accepts(server.tlsPort())).isFalse();
      assertThat(ann.ask("", "set", ARCHIVE).type()).isEqualTo("error");
      assertThatThrownBy(() -> server.register("ann", "again")).hasMessageContaining("conflict");
    }
  }

  @Test
  void whatIsSaidToSomebodyWhoIsAwayIsKept() {
    try (Prosody server = Prosody.start(Prosody.Option.OFFLINE_STORE, Prosody.Option.NO_ARCHIVE)) {
      server.register("ben", "secret");
      try (RawXmppClient ann = RawXmppClient.join(server, "ann")) {
        ann.say("ben@localhost", "later");
        ann.settle();
      }
      try (RawXmppClient ben = RawXmppClient.connect(server, "ben", "secret", "home")) {
        assertThat(ben.address()).isEqualTo("ben@localhost/home");
        assertThat(ben.expectMessage("ann@localhost", "later").isDelayed()).isTrue();
      }
    }
  }

  @Test
  void onlyTheBotMayCreateNodesOnProsodyAndEverybodyOnEjabberd() {
    try (Prosody server = Prosody.start();
        RawXmppClient bot = RawXmppClient.join(server, Prosody.BOT);
        RawXmppClient ann = RawXmppClient.join(server, "ann")) {
      assertThat(create(bot, server.pubsub()).type()).isEqualTo("result");
      assertThat(create(ann, server.pubsub()).raw()).contains("forbidden");
    }
    try (Ejabberd server = Ejabberd.start();
        RawXmppClient ann = RawXmppClient.join(server, "ann")) {
      assertThat(create(ann, server.pubsub()).type()).isEqualTo("result");
    }
  }

  private static XmppStanza create(RawXmppClient who, String service) {
    String node = "<create node='n" + System.nanoTime() + "'/>";
    return who.ask(
        service, "set", "<pubsub xmlns='http://jabber.org/protocol/pubsub'>" + node + "</pubsub>");
  }

  @Test
  void aComponentSpeaksForEverybodyAtItsDomain() {
    try (Prosody prosody = Prosody.start();
        Ejabberd ejabberd = Ejabberd.start()) {
      bridge(prosody, prosody.componentPort());
      bridge(ejabberd, ejabberd.componentPort());
    }
  }

  private static void bridge(XmppServer server, int port) {
    try (RawXmppClient ann = RawXmppClient.join(server, "ann");
        RawXmppClient bridge =
            RawXmppClient.component(server.host(), port, "bridge.localhost", "secret")) {
      bridge.raw(
          "<message from='bob@bridge.localhost/x' to='%s'><body>hello</body></message>"
              .formatted(ann.address()));
      ann.expectMessage("bob@bridge.localhost/x", "hello");
      ann.say("bob@bridge.localhost", "good day");
      bridge.expectMessage(ann.address(), "good day");
    }
  }

  @Test
  void slixmppTalksAndAnswers() {
    String script =
        """
        import owlery_slixmpp

        class Counter(owlery_slixmpp.Client):
            def do_add(self, order):
                return sum(order["numbers"])

        owlery_slixmpp.run(Counter)
        """;
    try (Prosody server = Prosody.start();
        RawXmppClient ann = RawXmppClient.join(server, "ann")) {
      server.register("ben", "secret");
      String room = "owls@" + server.rooms();
      ann.enter(room, "Ann");
      try (Slixmpp ben = Slixmpp.connect(server, "ben", "secret", script)) {
        assertThat(ben.ask("add", "numbers", List.of(1, 2, 39))).containsEntry("result", 42);
        assertThat(ben.ask("enter", "room", room, "nick", "Ben")).doesNotContainKey("error");
        ben.tell("say", "to", room, "type", "groupchat", "body", "hello");
        ann.expectMessage(room + "/Ben", "hello");
        ann.say("ben@localhost", "good day");
        assertThat(ben.expect("message", line -> "good day".equals(line.get("body"))))
            .containsEntry("from", ann.address())
            .containsEntry("type", "chat");
        assertThat(ben.ask("features", "to", server.rooms()))
            .extracting("result")
            .asString()
            .contains("http://jabber.org/protocol/muc");
        assertThat(ben.ask("command", "to", server.rooms(), "node", "x")).containsKey("error");
        assertThat(ben.ask("fly")).extracting("error").asString().contains("do_fly");
      }
    }
  }
}

package dev.owlery.adapter.xmpp;

import static dev.owlery.adapter.xmpp.TestAccount.assertDelivered;
import static dev.owlery.adapter.xmpp.TestAccount.direct;
import static dev.owlery.adapter.xmpp.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.adapter.xmpp.XmppSettings.Tls;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.Value;
import dev.owlery.testkit.LiveBot;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds on every server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EveryServerTest {
  private static final String ROOM = "owls@rooms.localhost";
  private XmppServer server;
  private RawXmppClient ann;

  abstract XmppServer startServer();

  @org.junit.jupiter.api.BeforeAll
  void start() {
    server = startServer();
    server.register("owl", "secret");
    server.register("ann", "secret");
  }

  @org.junit.jupiter.api.AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void connect() {
    ann = RawXmppClient.connect(server, "ann", "secret");
  }

  @AfterEach
  void disconnect() {
    ann.close();
  }

  private TestAccount.With account() {
    return new TestAccount.With(server);
  }

  @Test
  void aDirectMessageComesAndIsAnswered() {
    try (TestAccount owl = account().online()) {
      ann.say("owl@localhost", "hello");
      MessagePosted hello = owl.expect("hello");
      assertThat(hello.where()).isEqualTo(direct("ann@localhost"));
      assertThat(hello.sender().identity()).contains(new Identity(TestAccount.ID, "ann@localhost"));
      assertDelivered(owl.say(hello.where(), "hi"));
      ann.expectMessage("owl@localhost", "hi");
      assertThat(owl.state().phase()).isEqualTo(Phase.ONLINE);
    }
  }

  @Test
  void theConnectionIsEncryptedAtOnceOrByStartTls() {
    Optional<Path> authority = Optional.of(server.certificates().authority());
    for (Tls how : List.of(Tls.REQUIRED, Tls.DIRECT)) {
      int port = how == Tls.DIRECT ? server.tlsPort() : server.port();
      try (TestAccount owl =
          account().rooms().tls(how, port, Optional.empty(), authority).online()) {
        ann.say("owl@localhost", "hello by " + how);
        owl.expect("hello by " + how);
      }
    }
  }

  @Test
  void twoBotsCallEachOthersProceduresThroughTheServer() {
    server.register("strix", TestAccount.PASSWORD);
    Duration patience = Duration.ofSeconds(10);
    try (LiveBot owl =
            Bots.serving(
                account().rooms().settings(),
                patience,
                Bots.allow(".*@localhost", "samples\\..*"));
        LiveBot strix =
            Bots.serving(
                account().jid("strix@localhost").rooms().settings(),
                patience,
                Bots.allow("owl@localhost/owlery", "samples\\.add"))) {
      Value[] both = {new Value.Whole(2), new Value.Whole(3)};
      assertThat(Bots.call(strix, "owl@localhost/owlery", patience, "samples.add", both))
          .isEqualTo(new Value.Whole(5));
      assertThat(Bots.call(owl, "strix@localhost/owlery", patience, "samples.add", both))
          .isEqualTo(new Value.Whole(5));
      assertThatThrownBy(() -> Bots.call(owl, "strix@localhost/owlery", patience, "samples.caller"))
          .isInstanceOfSatisfying(
              ProcedureException.class,
              told -> assertThat(told.reason()).isEqualTo(ProcedureException.Reason.FORBIDDEN));
      String call =
          "<query xmlns='jabber:iq:rpc'><methodCall><methodName>samples.caller</methodName></methodCall></query>";
      assertThat(ann.ask("owl@localhost/owlery", "set", call).raw())
          .contains("<string>" + ann.address() + "</string>");
    }
  }

  @Test
  void aRoomIsEnteredAndSpokenIn() {
    ann.enter(ROOM, "ann");
    try (TestAccount owl = account().online()) {
      ann.sayIn(ROOM, "hello all");
      assertThat(owl.expect("hello all").where()).isEqualTo(room(ROOM));
      assertDelivered(owl.say(room(ROOM), "hi all"));
      ann.expectMessage(ROOM + "/owl", "hi all");
    }
  }
}

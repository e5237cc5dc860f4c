package dev.owlery.adapter.xmpp;

import static dev.owlery.adapter.xmpp.TestAccount.assertDelivered;
import static dev.owlery.adapter.xmpp.TestAccount.direct;
import static dev.owlery.adapter.xmpp.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppServer;
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

package dev.owlery.adapter.xmpp;

import static dev.owlery.adapter.xmpp.TestAccount.assertDelivered;
import static dev.owlery.adapter.xmpp.TestAccount.direct;
import static dev.owlery.adapter.xmpp.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.adapter.xmpp.link.XmppSettings.Tls;
import dev.owlery.adapter.xmpp.wire.GuardedParserTest;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.procedure.ProcedureException;
import dev.owlery.api.procedure.Value;
import dev.owlery.testkit.LiveBot;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppServer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What holds on every server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EveryServerTest {
  private static final String ROOM = "owls@rooms.localhost";

  /** In one message, which must not be divided. */
  private static final int ESCAPES = 7_900;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

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
          "<query"
              + " xmlns='jabber:iq:rpc'><methodCall><methodName>samples.caller</methodName></methodCall></query>";
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

  /** A stream is one document, and parsers count what is escaped in a document. */
  @Test
  void whatIsEscapedIsOnlyLetters() {
    exchangeEscapes(30);
  }

  @Test
  @Tag("soak")
  @Timeout(1_500)
  void tenMillionEscapesPassInBothDirections() {
    exchangeEscapes(1_300);
  }

  /** Messages of {@value #ESCAPES} characters that are escaped, in both directions. */
  private void exchangeEscapes(int messages) {
    String signs = "<>&'\"".repeat(ESCAPES / 5);
    int wrong = 0;
    try (TestAccount owl = account().ping(PATIENCE, PATIENCE, PATIENCE).online()) {
      for (int i = 0; i < messages; i++) {
        ann.say("owl@localhost", i + signs);
        List<CompletionStage<Outcome>> said = owl.say(direct("ann@localhost"), i + signs);
        if (i % 10 == 9 || i == messages - 1) {
          assertDelivered(said);
          int count = i + 1;
          await(count + " messages", () -> owl.messages().size() >= count);
          await(count + " answers", () -> ann.textsFrom("owl@localhost").size() >= count);
        }
      }
      List<String> heard = owl.texts();
      List<String> answers = ann.textsFrom("owl@localhost");
      for (int i = 0; i < messages; i++) {
        boolean isRight = heard.get(i).equals(i + signs) && answers.get(i).equals(i + signs);
        wrong += isRight ? 0 : 1;
      }
      assertThat(wrong).isZero();
      assertThat(heard).as("messages").size().isEqualTo(messages);
      assertThat(answers).as("answers").size().isEqualTo(messages);
      assertThat(attempts(owl)).isEqualTo(1);
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static long attempts(TestAccount owl) {
    return owl.context.states().stream()
        .filter(state -> state.phase() == Phase.CONNECTING)
        .map(AccountState::detail)
        .distinct()
        .count();
  }

  /** What one server would refuse another passes on: namespaces, for example, not all look at. */
  @Test
  void anOddStanzaOfAStrangerCutsNothing() {
    List<String> odd =
        GuardedParserTest.odd().stream()
            .filter(each -> each.length() < 200_000)
            .filter(each -> !each.contains("\u0001") && !each.contains("&undeclared;"))
            .map(each -> each.replaceFirst("^<(\\w+)", "<$1 to='owl@localhost/owlery' type='chat'"))
            .filter(each -> each.startsWith("<message"))
            .toList();
    assertThat(odd).hasSizeGreaterThan(5);
    try (TestAccount owl = account().online()) {
      for (String each : odd) {
        try (RawXmppClient mal = RawXmppClient.connect(server, "ann", "secret")) {
          mal.raw(each);
          String over = "over " + odd.indexOf(each);
          mal.raw(
              "<message to='owl@localhost' type='chat'><body>%s</body></message>".formatted(over));
          // A server may end the stream of whoever sends such a thing.
          RawXmppClient.await(over, () -> mal.isEnded() || owl.posted(over).isPresent());
        } catch (UncheckedIOException ended) {
          assertThat(ended).hasMessageContaining("closed");
        }
      }
      ann.say("owl@localhost", "unharmed");
      owl.expect("unharmed");
      assertThat(attempts(owl)).isEqualTo(1);
    }
  }
}

package dev.owlery.adapter.irc;

import static dev.owlery.adapter.irc.TestAccount.outcome;
import static dev.owlery.adapter.irc.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Join;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.testkit.irc.ScriptedIrcServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, limits and places as the server has announced them, or shows them in its answers. */
class AnnouncedLimitsTest {
  private static final Duration OFTEN = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private ScriptedIrcServer server = ScriptedIrcServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private TestAccount.With account() {
    return new TestAccount.With("127.0.0.1", server.port());
  }

  private void restart(String... capabilities) {
    server.close();
    server = ScriptedIrcServer.start(capabilities);
  }

  // ---- rooms

  @ParameterizedTest
  @ValueSource(strings = {"#Dev[eu]", "#A\\B", "#x^Y", "#[Owls]"})
  void aRoomIsJoinedByItsNameAsItIsWritten(String name) {
    try (TestAccount owl = account().rooms(name).online()) {
      assertThat(server.expect("^JOIN")).isEqualTo("JOIN " + name);
      TestAccount.assertDelivered(owl.say(owl.adapter.locate(name), "hello"));
      assertThat(server.expect("hello")).isEqualTo("PRIVMSG " + name + " hello");
    }
  }

  @Test
  void namesAreTheSameByTheServersMappingAlsoWhereAnotherWasKnownBefore() {
    server.features("CASEMAPPING=rfc1459 CHANTYPES=#");
    TestAccount first = account().rooms("#Dev[eu]").online();
    server.send(":ann!a@h PRIVMSG #dev{EU} :here");
    assertThat(first.expect("here").where()).isEqualTo(room("#dev{eu}"));
    first.close();
    server.features("CASEMAPPING=ascii CHANTYPES=#");
    try (TestAccount second = account().rooms("#Dev[eu]").context(first.context).online()) {
      assertThat(server.received().stream().filter(line -> line.startsWith("JOIN")))
          .containsOnly("JOIN #Dev[eu]");
      server.send(":ann!a@h PRIVMSG #Dev[eu] :there");
      assertThat(second.expect("there").where()).isEqualTo(room("#dev[eu]"));
    }
  }

  @Test
  void aPersonIsAnsweredByTheNickAsItIsWritten() {
    try (TestAccount owl = account().online()) {
      server.send(":Ann[x]!a@h PRIVMSG owl :hi");
      MessagePosted hi = owl.expect("hi");
      assertThat(hi.where()).isEqualTo(TestAccount.direct("ann[x]"));
      owl.say(hi.where(), "hello");
      assertThat(server.expect("hello")).isEqualTo("PRIVMSG Ann[x] hello");
    }
  }

  @Test
  void aRoomThatIsJoinedByCommandKeepsItsSpelling() {
    server.features("CASEMAPPING=rfc1459 CHANTYPES=#");
    try (TestAccount owl = account().online()) {
      Conversation nest = owl.adapter.locate("#Nest[1]");
      TestAccount.assertDelivered(owl.perform(new Join(nest, Optional.empty())));
      assertThat(server.received()).contains("JOIN #Nest[1]");
    }
  }

  // ---- senders

  @ParameterizedTest
  @ValueSource(strings = {"ann", "ann/matrix", "Ann_", "ann@home", "ann!a"})
  void peopleWithoutUserAndHostAreHeard(String sender) {
    try (TestAccount owl = account().online()) {
      server.send(":" + sender + " PRIVMSG #owls :hello");
      assertThat(owl.expect("hello").sender().isBot()).isFalse();
    }
  }

  @Test
  void serversAreNoPeople() {
    try (TestAccount owl = account().online()) {
      server.send(":irc.test PRIVMSG owl :server");
      server.send(":hub.example PRIVMSG #owls :another");
      server.send("PRIVMSG owl :nobody");
      server.send(":ann PRIVMSG owl :ann");
      owl.expect("ann");
      assertThat(owl.messages()).hasSize(1);
    }
  }

  @Test
  void aHistoryOfBareNicksIsRead() {
    restart("batch", "server-time", "message-tags", "draft/chathistory");
    TestAccount first = account().online();
    server.send("@time=2026-01-01T09:00:00.000Z :ann!a@h PRIVMSG #owls :one");
    first.expect("one");
    first.close();
    try (TestAccount second = account().context(first.context).start()) {
      server.expect("^CHATHISTORY");
      server.send(":bnc BATCH +h chathistory #owls");
      server.send("@batch=h;time=2026-01-01T10:00:00.000Z :ann PRIVMSG #owls :missed");
      server.send(":bnc BATCH -h");
      assertThat(second.expect("missed").origin().delivery()).isEqualTo(Delivery.CATCH_UP);
    }
  }

  // ---- nicks

  /** A server that takes nine letters, where some nicks are taken. */
  private void nineLetters(boolean cuts, String... taken) {
    server.script(line -> {
      if (!line.startsWith("NICK ")) {
        return Optional.empty();
      }
      String asked = line.substring(5);
      String nick = asked.length() > 9 && cuts ? asked.substring(0, 9) : asked;
      if (nick.length() > 9) {
        return Optional.of(
            List.of(":irc.test 432 * " + nick + " :Nickname too long, max. 9 characters"));
      }
      return List.of(taken).contains(nick)
          ? Optional.of(List.of(":irc.test 433 * " + nick + " :Nickname is already in use"))
          : Optional.empty();
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereLongNicksAreCutAnotherNickIsFound(boolean cuts) {
    nineLetters(cuts, "owlerybot", "owlery-al");
    try (TestAccount owl =
        account().nick("owlerybot").alternatives("owlery-also", "owlery-already").online()) {
      assertThat(owl.adapter.self().handle()).isEqualTo("owlerybo_");
      assertThat(server.received()).doesNotHaveDuplicates();
    }
  }

  /** It says that the whole is in use, though only what it makes of it is. */
  @Test
  void aServerThatCutsNicksWithoutAWordIsUnderstood() {
    server.script(line ->
        line.startsWith("NICK owlerybot")
            ? Optional.of(
                List.of(":irc.test 433 * " + line.substring(5) + " :Nickname is already in use"))
            : Optional.empty());
    try (TestAccount owl = account().nick("owlerybot").online()) {
      assertThat(owl.adapter.self().handle()).isEqualTo("owlerybo_");
    }
  }

  @Test
  void aNickThatIsTooLongInTheFirstPlaceIsCut() {
    nineLetters(false);
    try (TestAccount owl = account().nick("owlery-assistant").online()) {
      assertThat(owl.adapter.self().handle()).isEqualTo("owlery-as");
    }
  }

  @Test
  void aNickThatTheServerHasCutIsNotAskedForAgain() {
    server.features("CASEMAPPING=ascii CHANTYPES=# NICKLEN=9");
    server.script(
        line -> line.equals("NICK owlery-assistant") ? Optional.of(List.of()) : Optional.empty());
    try (TestAccount owl = account().nick("owlery-assistant").ping(OFTEN, PATIENCE).start()) {
      server.expect("^NICK owlery-assistant");
      server.script(line -> Optional.empty());
      // A server that takes it, and cuts it in its welcome.
      server.welcomeAs("owlery-as");
      owl.awaitOnline();
      owl.await("asked several times", any -> server.pings() > 6);
      assertThat(server.received().stream().filter(line -> line.startsWith("NICK"))).hasSize(1);
      server.send(":owlery-as!o@h NICK :owl_____1");
      server.expect("^NICK owlery-as$");
    }
  }

  @Test
  void aNickThatIsNotAllowedIsAskedForOnce() {
    try (TestAccount owl = account().ping(OFTEN, PATIENCE).online()) {
      server.send(":owl!o@h NICK :Guest1");
      server.expect("^NICK owl$");
      server.script(line ->
          line.equals("NICK owl")
              ? Optional.of(List.of(":irc.test 432 Guest1 owl :Erroneous Nickname"))
              : Optional.empty());
      server.send(":owl!o@h NICK :Guest1");
      server.send(":Guest1!o@h NICK :Guest2");
      long before = server.pings();
      owl.await("time passes", any -> server.pings() > before + 6);
      assertThat(server.received().stream().filter("NICK owl"::equals).count())
          .isLessThanOrEqualTo(4);
    }
  }

  // ---- places

  @ParameterizedTest
  @ValueSource(strings = {"@#owls", "+#owls", "@+#owls"})
  void whatIsSaidToSomeOfARoomIsAnsweredToThose(String target) {
    server.features("CASEMAPPING=ascii CHANTYPES=# PREFIX=(ov)@+ STATUSMSG=@+");
    try (TestAccount owl = account().online()) {
      server.send(":ann!a@h PRIVMSG " + target + " :psst");
      MessagePosted psst = owl.expect("psst");
      assertThat(psst.where().isDirect()).isFalse();
      TestAccount.assertDelivered(owl.say(psst.where(), "aye"));
      assertThat(server.expect("aye")).isEqualTo("PRIVMSG " + target + " aye");
      assertThat(owl.adapter.members(psst.where())).isEqualTo(owl.adapter.members(room("#owls")));
      assertThat(owl.adapter.locate(target)).isEqualTo(psst.where());
    }
  }

  @Test
  void bytesThatAreNoUtf8GoBackToWhereTheyCameFrom() {
    server.close();
    server = ScriptedIrcServer.start(StandardCharsets.ISO_8859_1);
    try (TestAccount owl = account().online()) {
      List<String> nicks = List.of("J\u00fcrgen", "\u00e9\u00e8", "a\u00c3", "\u00ff\u0080b");
      for (String nick : nicks) {
        server.send(":" + nick + "!a@h PRIVMSG owl :from " + nicks.indexOf(nick));
        MessagePosted said = owl.expect("from " + nicks.indexOf(nick));
        assertThat(said.sender().displayName()).contains("\ufffd");
        owl.say(said.where(), "to " + nicks.indexOf(nick));
        assertThat(server.expect("to " + nicks.indexOf(nick)))
            .isEqualTo("PRIVMSG " + nick + " :to " + nicks.indexOf(nick));
      }
      server.send(":ann!a@h PRIVMSG #b\u00fccher :caf\u00e9");
      MessagePosted room = owl.expect("caf\ufffd");
      owl.say(room.where(), "in the room");
      assertThat(server.expect("in the room")).isEqualTo("PRIVMSG #b\u00fccher :in the room");
    }
  }

  // ---- later

  @ParameterizedTest
  @ValueSource(
      strings = {
        "439 owl #owls :Message target change too fast. Please wait 7 seconds.",
        "707 owl #owls :Targets changing too fast, message dropped",
        "404 owl #owls :Cannot send: please wait 3 sec",
        "480 owl #owls :Cannot join channel (+j) - throttle exceeded, try again later"
      })
  void aRefusalThatPassesIsNoRefusal(String numeric) {
    server.script(line ->
        line.startsWith("PRIVMSG")
            ? Optional.of(List.of(":irc.test " + numeric))
            : Optional.empty());
    try (TestAccount owl = account().online()) {
      assertThat(outcome(owl.say(room("#owls"), "hello").getFirst()))
          .isInstanceOfSatisfying(
              Outcome.NotSent.class,
              later ->
                  assertThat(later.after())
                      .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(10)));
    }
  }

  @Test
  void aRefusalThatStaysIsOne() {
    server.script(line ->
        line.startsWith("PRIVMSG")
            ? Optional.of(List.of(":irc.test 404 owl #owls :Cannot send to channel (+m)"))
            : Optional.empty());
    try (TestAccount owl = account().online()) {
      TestAccount.assertRefused(owl.say(room("#owls"), "hello").getFirst());
    }
  }

  @Test
  void aServerThatAsksForPatienceBeforeItsWelcomeIsWaitedFor() {
    server.script(line ->
        line.startsWith("USER")
            ? Optional.of(List.of(":irc.test 439 * :Please wait while we process your connection."))
            : Optional.empty());
    try (TestAccount owl = account().start()) {
      server.expect("^USER");
      server.script(line -> Optional.empty());
      server.welcomeAs("owl");
      owl.awaitOnline();
      assertThat(owl.context.states())
          .allMatch(state -> state.phase() != Phase.FAILED)
          .noneMatch(state -> state.detail().contains("next attempt"));
    }
  }
}

package dev.owlery.adapter.xmpp.chat;

import static dev.owlery.adapter.xmpp.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.ScriptedRoom;
import dev.owlery.adapter.xmpp.TestAccount;
import dev.owlery.api.action.Join;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.AccountState.RoomState;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.testkit.xmpp.Prosody;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways in which a room says no, each of which is seen in its state. */
class RoomRefusalTest {
  private static final String CAPTCHA =
      ("<message from='%s' to='owl@localhost/owlery'><body>Solve it at"
              + " https://bridge/captcha/1</body><captcha xmlns='urn:xmpp:captcha'/></message>")
          .formatted(ScriptedRoom.ADDRESS);
  private static final Duration LONGER_THAN_PAUSES = Duration.ofSeconds(3);
  private static Prosody server;
  private ScriptedRoom bridge;

  @BeforeAll
  static void startServer() {
    server = Prosody.start();
    server.register("owl", TestAccount.PASSWORD);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void openRoom() {
    bridge = new ScriptedRoom(server);
  }

  @AfterEach
  void closeRoom() {
    bridge.close();
  }

  private static TestAccount account() {
    return account(ScriptedRoom.ADDRESS);
  }

  private static TestAccount account(String entry) {
    return new TestAccount.With(server).rooms(entry).online();
  }

  private static RoomState state(TestAccount owl) {
    return owl.state()
        .rooms()
        .getOrDefault(room(ScriptedRoom.ADDRESS), RoomState.pending("unknown"));
  }

  private static long offlines(TestAccount owl) {
    return owl.context.states().stream().filter(each -> each.phase() == Phase.CONNECTING).count();
  }

  private static void awaitDetail(TestAccount owl, String words) {
    owl.await(words, any -> state(owl).isRefused() && state(owl).detail().contains(words));
  }

  static Stream<Arguments> refusals() {
    return Map.ofEntries(
            Map.entry("not-authorized", "asks for a password"),
            Map.entry("registration-required", "make owl@localhost a member"),
            Map.entry("forbidden", "banned"),
            Map.entry("conflict", "is taken"),
            Map.entry("service-unavailable", "is full"),
            Map.entry("item-not-found", "no such room"),
            Map.entry("not-allowed", "does not let us make one"),
            Map.entry("not-acceptable", "nick that is registered"),
            Map.entry("remote-server-not-found", "cannot be reached"),
            Map.entry("resource-constraint", "has trouble"),
            Map.entry("policy-violation", "refuses us"))
        .entrySet()
        .stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void anErrorIsSaidInPlainWordsAndWithItsName(String condition, String words) {
    bridge.instead(ScriptedRoom.error("cancel", ScriptedRoom.condition(condition, "")));
    try (TestAccount owl = account()) {
      awaitDetail(owl, words);
      assertThat(state(owl).detail()).contains("(" + condition);
    }
  }

  @Test
  void aWrongPasswordIsSaidToBeWrong() {
    bridge.instead(ScriptedRoom.error("auth", ScriptedRoom.condition("not-authorized", "")));
    try (TestAccount owl = account(ScriptedRoom.ADDRESS + " sesame")) {
      awaitDetail(owl, "does not take the password");
      assertThat(state(owl).detail()).doesNotContain("sesame");
    }
  }

  @Test
  void aRoomThatHasMovedTellsWhereToAndIsNotAskedAgain() {
    bridge.instead(
        ScriptedRoom.error(
            "cancel", ScriptedRoom.condition("gone", "xmpp:new@there.example?join")));
    try (TestAccount owl = account()) {
      awaitDetail(owl, "it is now new@there.example:");
      int knocks = bridge.knocks();
      LockSupport.parkNanos(LONGER_THAN_PAUSES.toNanos());
      assertThat(bridge.knocks()).isEqualTo(knocks);
    }
  }

  @Test
  void aDestroyedRoomTellsItsNewVenueAndIsNotMadeAnewUntilSomebodySaysSo() {
    try (TestAccount owl = account()) {
      owl.await("in", any -> state(owl).joined());
      bridge.sendOut("<destroy jid='nest@there.example'><reason>we have moved</reason></destroy>");
      awaitDetail(owl, "destroyed: we have moved; it is now nest@there.example:");
      LockSupport.parkNanos(LONGER_THAN_PAUSES.toNanos());
      assertThat(bridge.knocks()).isEqualTo(1);
      TestAccount.assertDelivered(
          owl.perform(new Join(room(ScriptedRoom.ADDRESS), Optional.empty())));
      assertThat(state(owl).joined()).isTrue();
    }
  }

  @Test
  void aDestroyedRoomIsNotMadeAnewByAReconnection() {
    try (TestAccount owl = account()) {
      owl.await("in", any -> state(owl).joined());
      bridge.sendOut("<destroy/><status code='110'/>");
      awaitDetail(owl, "destroyed");
      owl.context.failPublishing(new OutOfMemoryError("by a test"));
      long before = offlines(owl);
      bridge.sayDirectly("this ends the connection");
      owl.await("noticed", any -> offlines(owl) > before);
      owl.awaitOnline();
      awaitDetail(owl, "destroyed");
      assertThat(bridge.knocks()).isEqualTo(1);
    }
  }

  @Test
  void aCaptchaIsSaidAndWhoeverSolvesItLetsTheBotIn() {
    bridge.instead(CAPTCHA);
    try (TestAccount owl = account()) {
      awaitDetail(owl, "wants a captcha solved");
      assertThat(state(owl).detail()).contains("https://bridge/captcha/1");
      assertThat(owl.texts()).isEmpty();
      bridge.instead("");
      bridge.letIn();
      owl.await("in", any -> state(owl).joined() && !owl.events(MemberJoined.class).isEmpty());
      bridge.say("ann", "id='x1'", ScriptedRoom.body("welcome"));
      owl.expect("welcome");
    }
  }

  @Test
  void whoAsksForARoomHearsWhyItRefuses() {
    bridge.instead(ScriptedRoom.error("auth", ScriptedRoom.condition("registration-required", "")));
    try (TestAccount owl = new TestAccount.With(server).rooms().online()) {
      Outcome outcome =
          TestAccount.outcome(
              owl.perform(new Join(room(ScriptedRoom.ADDRESS), Optional.empty())).getFirst());
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Settled.class,
              settled ->
                  assertThat(settled.receipt())
                      .isInstanceOfSatisfying(
                          Receipt.Refused.class,
                          refused -> assertThat(refused.reason()).contains("members only")));
    }
  }

  static Stream<Arguments> sentOut() {
    return Stream.of(
        Arguments.of("<status code='110'/><status code='301'/>", "banned from the room"),
        Arguments.of("<status code='110'/><status code='307'/>", "sent out"),
        Arguments.of("<status code='110'/><status code='322'/>", "members only"),
        Arguments.of("<status code='110'/><status code='332'/>", "shut down"));
  }

  @ParameterizedTest
  @MethodSource("sentOut")
  void whySomebodySendsTheBotOutIsAState(String codes, String words) {
    try (TestAccount owl = account()) {
      owl.await("in", any -> state(owl).joined());
      bridge.instead(ScriptedRoom.error("auth", ScriptedRoom.condition("forbidden", "")));
      bridge.sendOut(codes);
      owl.await(
          words,
          any ->
              owl.context.states().stream()
                  .map(each -> each.rooms().get(room(ScriptedRoom.ADDRESS)))
                  .anyMatch(
                      each -> each != null && each.isRefused() && each.detail().contains(words)));
    }
  }

  @Test
  void whoIsThrownOutAgainAndAgainComesBackMoreAndMoreSlowly() {
    try (TestAccount owl = account()) {
      owl.await("in", any -> state(owl).joined());
      long begun = System.nanoTime();
      for (int i = 1; i <= 5; i++) {
        int times = i;
        bridge.kick();
        owl.await("back " + i, any -> bridge.knocks() > times && state(owl).joined());
      }
      // 100 ms, doubled each time, each give or take a half.
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isGreaterThan(Duration.ofMillis(1500));
    }
  }
}

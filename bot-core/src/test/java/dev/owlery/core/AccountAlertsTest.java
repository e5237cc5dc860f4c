package dev.owlery.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.AccountState.RoomState;
import dev.owlery.api.adapter.AccountState.Trouble;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountAlertsTest {
  private static final AccountId HOME = new AccountId("home");
  private static final Conversation OPS = Conversation.room(HOME, "ops@rooms.example");

  private final List<String> told = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private final AccountAlerts alerts = new AccountAlerts(told::add, () -> now);
  private AccountState last = new AccountState(Phase.CONNECTING, "not started");

  private void report(AccountState state) {
    alerts.changed(HOME, last, state);
    last = state;
  }

  private void away(String reason, String detail) {
    report(
        new AccountState(
            Phase.CONNECTING, detail, Map.of(), Optional.of(new Trouble(reason, false))));
  }

  private void room(RoomState state) {
    report(new AccountState(Phase.ONLINE, "owl", Map.of(OPS, state)));
  }

  @Test
  void aRefusedLoginIsToldToTheAdministrators() {
    report(new AccountState(Phase.FAILED, "the login failed; not trying again"));
    assertThat(told)
        .containsExactly("Account home does not work: the login failed; not trying again");
  }

  @Test
  void aRoomThatRefusesUsOrSendsUsOutIsToldOnceForEachReason() {
    room(new RoomState(false, "members only"));
    room(new RoomState(false, "members only"));
    room(new RoomState(true, ""));
    room(new RoomState(false, "members only"));
    room(new RoomState(false, "banned from the room"));
    assertThat(told)
        .containsExactly(
            "I am not in home/ops@rooms.example: members only",
            "I am not in home/ops@rooms.example: banned from the room");
  }

  @Test
  void aReasonThatComesUpAgainAnHourLaterIsToldAgain() {
    room(new RoomState(false, "banned"));
    now = now.plus(Duration.ofMinutes(61));
    room(new RoomState(false, "banned"));
    assertThat(told).hasSize(2);
  }

  @Test
  void aRoomThatWeAreOnTheWayIntoIsNoTrouble() {
    room(RoomState.pending("not joined yet"));
    report(
        new AccountState(
            Phase.CONNECTING, "gone", Map.of(OPS, new RoomState(false, "not connected"))));
    assertThat(told).isEmpty();
  }

  @Test
  void anAccountThatStaysAwayIsToldOnceAndItsReturnToo() {
    report(new AccountState(Phase.ONLINE, "owl"));
    away("refused", "refused; next attempt in 0.5 s");
    assertThat(told).isEmpty();
    for (int i = 0; i < 20; i++) {
      now = now.plusSeconds(30);
      away("refused", "connecting to x.example");
      away("refused", "refused; next attempt in 30." + i + " s");
    }
    report(new AccountState(Phase.ONLINE, "owl"));
    assertThat(told)
        .containsExactly(
            "Account home has not been online for 5 minutes: refused",
            "Account home is online again.");
  }

  @Test
  void aShortAbsenceIsNobodysBusiness() {
    report(new AccountState(Phase.ONLINE, "owl"));
    away("gone", "gone; next attempt in 0.5 s");
    now = now.plusSeconds(30);
    report(new AccountState(Phase.ONLINE, "owl"));
    assertThat(told).isEmpty();
  }
}

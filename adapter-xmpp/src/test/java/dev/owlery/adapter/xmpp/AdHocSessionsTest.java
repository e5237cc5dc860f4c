package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.CommandInfo;
import dev.owlery.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Executions of commands that nobody goes on with. */
class AdHocSessionsTest {
  private static final Conversation ANN = TestAccount.direct("ann@localhost");

  private final ManualClock clock = new ManualClock();
  private final AdHocSessions sessions = new AdHocSessions(clock.clock());

  private AdHocSession session(String id, String owner) {
    return new AdHocSession(
        id,
        XmppIdentity.address(owner),
        Member.unverified("ann"),
        AdHocSessions.place(ANN, id),
        new CommandForm(new CommandInfo("echo", "echo", "", "view", "echo"), List.of()),
        clock.now());
  }

  @Test
  void aSessionExpiresWhenNobodyGoesOnWithIt() {
    assertThat(sessions.open(session("one", "ann@localhost/desk"))).isTrue();
    clock.turn(Duration.ofMinutes(9));
    assertThat(sessions.find("one")).isPresent();
    clock.turn(Duration.ofMinutes(2));
    assertThat(sessions.find("one")).isEmpty();
  }

  @Test
  void oneClientHasAFewSessionsOnlyAndGetsNewOnesWhenTheyExpire() {
    for (int i = 0; i < 5; i++) {
      assertThat(sessions.open(session("s" + i, "ann@localhost/desk"))).isTrue();
    }
    assertThat(sessions.open(session("s5", "ann@localhost/desk"))).isFalse();
    assertThat(sessions.open(session("s6", "bea@localhost/desk"))).isTrue();
    clock.turn(Duration.ofMinutes(11));
    assertThat(sessions.open(session("s7", "ann@localhost/desk"))).isTrue();
  }
}

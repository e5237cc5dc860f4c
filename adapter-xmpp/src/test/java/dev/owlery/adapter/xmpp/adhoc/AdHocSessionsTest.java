package dev.owlery.adapter.xmpp.adhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.TestAccount;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
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
    assertThat(sessions.open(session("one", "ann@localhost/desk"))).isEmpty();
    clock.turn(Duration.ofMinutes(9));
    assertThat(sessions.find("one")).isPresent();
    clock.turn(Duration.ofMinutes(2));
    assertThat(sessions.find("one")).isEmpty();
  }

  @Test
  void oneClientHasAFewSessionsAndItsLeastRecentlyUsedOneGivesWay() {
    for (int i = 0; i < 5; i++) {
      assertThat(sessions.open(session("s" + i, "ann@localhost/desk"))).isEmpty();
      clock.turn(Duration.ofSeconds(1));
    }
    assertThat(sessions.open(session("bea", "bea@localhost/desk"))).isEmpty();
    assertThat(sessions.open(session("s5", "ann@localhost/desk")))
        .get()
        .extracting(AdHocSession::id)
        .isEqualTo("s0");
    assertThat(sessions.find("s0")).isEmpty();
    assertThat(sessions.find("s5")).isPresent();
    assertThat(sessions.find("bea")).isPresent();
  }

  @Test
  void oneAddressHasTwentySessionsHoweverManyClientsItHas() {
    assertThat(sessions.open(session("bea", "bea@localhost/desk"))).isEmpty();
    for (int i = 0; i < 300; i++) {
      var _ = sessions.open(session("s" + i, "mal@localhost/r" + i));
      clock.turn(Duration.ofMillis(1));
    }
    assertThat(sessions.find("bea")).isPresent();
    assertThat(sessions.find("s279")).isEmpty();
    assertThat(sessions.find("s280")).isPresent();
  }

  @Test
  void whereThereAreTooManyAltogetherTheAddressWithMostGivesWay() {
    for (int i = 0; i < 19; i++) {
      var _ = sessions.open(session("mal" + i, "mal@localhost/r" + i));
      clock.turn(Duration.ofMillis(1));
    }
    for (int i = 0; i < 181; i++) {
      assertThat(sessions.open(session("s" + i, "user" + i + "@localhost/x"))).isEmpty();
    }
    assertThat(sessions.open(session("new", "new@localhost/x")))
        .get()
        .extracting(AdHocSession::id)
        .isEqualTo("mal0");
  }
}

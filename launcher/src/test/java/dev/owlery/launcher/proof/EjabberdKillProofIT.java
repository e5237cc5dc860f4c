package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.xmpp.Ejabberd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * On ejabberd a killed session lives on when the next one logs in: it still counts as an occupant
 * of its rooms, and works off what it has left while the next one reads what the bot has missed.
 * Killed whenever it is ready, amid bursts of commands in rooms and direct chats: no answer is
 * lost, none comes twice, none overtakes another.
 */
class EjabberdKillProofIT {
  private static final int RUNS = 5;
  private static final List<String> ROOMS = List.of("one@rooms.localhost", "two@rooms.localhost");

  @Test
  @Timeout(300)
  void noAnswerIsLostDoubledOrOutOfOrder() {
    killWhenReady(Form.of(3, 12));
  }

  @Tag("soak")
  @RepeatedTest(RUNS - 1)
  @Timeout(600)
  void noAnswerIsLostDoubledOrOutOfOrderInAnotherRun() {
    killWhenReady(12);
  }

  private static void killWhenReady(int times) {
    Kills kills = new Kills(times);
    try (Ejabberd server = Ejabberd.start();
        XmppPeople people = new XmppPeople(server, ROOMS);
        BotHome home =
            new BotHome(
                BotHome.loadTest(
                    BotHome.xmpp("net", server.port(), "owl", "", ROOMS.toArray(String[]::new)),
                    "echo"));
        Speaker speaker = new Speaker(people::say, people.conversations(), "e", 20_000)) {
      kills.whenReady(home, speaker, () -> people.judge(speaker));
      BotProcess last = home.run().awaitReady();
      speaker.awaitSaid(Duration.ofMinutes(1));
      people.assertAllAnswered("kill -9 on ejabberd when ready", kills, speaker, home);
      assertThat(last.isRunning()).isTrue();
      assertThat(kills.open()).as("commands that the kills left open").isPositive();
    }
  }
}

package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.xmpp.Prosody;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The bot is killed with SIGKILL again and again while people talk to it, half of it in rooms, half
 * of it alone with it: no answer is lost, none comes twice, none overtakes another.
 */
class XmppKillProofIT {
  private static final int KILLS = Form.of(3, 20);
  private static final int COMMANDS = Form.of(1_200, 20_000);
  private static final int PER_SECOND = Form.of(300, 400);
  private static final List<String> ROOMS = List.of("one@rooms.localhost", "two@rooms.localhost");

  private final Kills kills = new Kills(KILLS);

  @Test
  @Timeout(900)
  void noAnswerIsLostDoubledOrOutOfOrder() {
    try (Prosody server = Prosody.start(Prosody.Option.LONG_ARCHIVES);
        XmppPeople people = new XmppPeople(server, ROOMS);
        BotHome home =
            new BotHome(
                BotHome.loadTest(
                    BotHome.xmpp("net", server.port(), "owl", "", ROOMS.toArray(String[]::new)),
                    "echo"));
        Speaker speaker = new Speaker(people::say, people.conversations(), "x", PER_SECOND)) {
      int left =
          kills.againAndAgain(home, speaker, PER_SECOND, COMMANDS, () -> people.judge(speaker));
      BotProcess last = home.run().awaitReady();
      speaker.allow(left);
      speaker.awaitSaid(Duration.ofMinutes(2));
      people.assertAllAnswered("kill -9 on Prosody", kills, speaker, home);
      assertThat(last.isRunning()).isTrue();
      assertThat(kills.open()).as("commands that the kills left open").isPositive();
    }
  }
}

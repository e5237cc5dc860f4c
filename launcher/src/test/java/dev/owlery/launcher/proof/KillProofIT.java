package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcWitness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The bot is killed with SIGKILL again and again while people talk to it in rooms with history: no
 * answer is lost, none comes twice, none overtakes another.
 */
class KillProofIT {
  private static final int KILLS = Form.of(3, 20);
  private static final int COMMANDS = Form.of(1_500, 20_000);
  private static final int PER_SECOND = Form.of(300, 500);
  private static final List<String> ROOMS = List.of("#one", "#two", "#three", "#four");

  private final Kills kills = new Kills(KILLS);

  @Test
  @Timeout(600)
  void noAnswerIsLostDoubledOrOutOfOrder() {
    try (InspIrcd server = InspIrcd.start();
        IrcWitness witness =
            IrcWitness.connect(server, "ann", "echo-message", "message-tags", "server-time");
        BotHome home =
            new BotHome(
                BotHome.loadTest(
                    BotHome.irc("net", server, "owl", ROOMS.toArray(String[]::new)), "echo"))) {
      for (String room : ROOMS) {
        witness.join(room);
        witness.raw("MODE " + room + " +H 3000:1h");
        witness.expect(" MODE " + room + " \\+H ");
      }
      try (Speaker speaker = new Speaker(witness, ROOMS, "k", PER_SECOND)) {
        int left =
            kills.againAndAgain(
                home,
                speaker,
                PER_SECOND,
                COMMANDS,
                () -> Verdict.of(speaker, "owl", witness.lines()));
        BotProcess last = home.run().awaitReady();
        speaker.allow(left);
        speaker.awaitSaid(Duration.ofMinutes(2));
        Verdict verdict = Verdict.await(speaker, "owl", witness);
        Form.figures("kill -9 on InspIRCd", kills + ", " + verdict.counts());
        if (!verdict.isClean()) {
          home.keep("kill");
        }
        assertThat(verdict.isClean())
            .as(() -> verdict.forensics(speaker, "owl", witness.lines()))
            .isTrue();
        assertThat(last.isRunning()).isTrue();
        assertThat(kills.open()).as("commands that the kills left open").isPositive();
      }
    }
  }
}

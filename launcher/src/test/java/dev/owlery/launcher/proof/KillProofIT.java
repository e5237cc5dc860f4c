package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcWitness;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
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

  private final Random random = Form.random();
  private int open;

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
        int early = killAgainAndAgain(home, speaker, witness);
        BotProcess last = home.run().awaitReady();
        speaker.allow(COMMANDS - COMMANDS / (KILLS + 1) * KILLS);
        speaker.awaitSaid(Duration.ofMinutes(2));
        Verdict verdict = Verdict.await(speaker, "owl", witness);
        Form.figures(
            "kill -9 on InspIRCd",
            "%d kills (%d before ready, %d commands open when killed), %s"
                .formatted(KILLS, early, open, verdict.counts()));
        if (!verdict.isClean()) {
          home.keep("kill");
        }
        assertThat(verdict.isClean())
            .as(() -> verdict.forensics(speaker, "owl", witness.lines()))
            .isTrue();
        assertThat(last.isRunning()).isTrue();
        assertThat(open).as("commands that the kills left open").isPositive();
      }
    }
  }

  /**
   * Returns how many of the kills came before the bot was ready. The first does not: who comes into
   * a room for the first time does not answer to its past.
   */
  private int killAgainAndAgain(BotHome home, Speaker speaker, IrcWitness witness) {
    int early = 0;
    int each = COMMANDS / (KILLS + 1);
    for (int kill = 1; kill <= KILLS; kill++) {
      BotProcess bot = home.run();
      if (kill > 1 && random.nextInt(4) == 0) {
        early++;
        speaker.allow(each);
        pause(300 + random.nextInt(3_000));
      } else {
        bot.awaitReady();
        speaker.allow(each);
        pause(50 + random.nextInt(1_500));
      }
      bot.kill();
      Verdict now = Verdict.of(speaker, "owl", witness.lines());
      open += now.said() - now.answered();
      pause(random.nextInt(800));
    }
    return early;
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}

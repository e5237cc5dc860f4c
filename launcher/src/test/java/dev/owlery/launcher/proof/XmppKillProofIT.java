package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.xmpp.Prosody;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The bot is killed with SIGKILL again and again while people talk to it, half of it in rooms, half
 * of it alone with it: no answer is lost, none comes twice, none overtakes another.
 */
@EnabledIfSystemProperty(
    named = "owlery.proof",
    matches = "full",
    disabledReason = "a bot that is started again on XMPP has once not come online within a minute")
class XmppKillProofIT {
  private static final int KILLS = Form.of(3, 20);
  private static final int COMMANDS = Form.of(1_200, 20_000);
  private static final int PER_SECOND = Form.of(300, 400);
  private static final List<String> ROOMS = List.of("one@rooms.localhost", "two@rooms.localhost");

  private final Random random = Form.random();
  private int open;

  @Test
  @Timeout(900)
  void noAnswerIsLostDoubledOrOutOfOrder() {
    try (Prosody server = Prosody.start();
        XmppPeople people = new XmppPeople(server, ROOMS);
        BotHome home =
            new BotHome(
                BotHome.loadTest(
                    BotHome.xmpp("net", server.port(), "owl", "", ROOMS.toArray(String[]::new)),
                    "echo"));
        Speaker speaker = new Speaker(people::say, people.conversations(), "x", PER_SECOND)) {
      int early = killAgainAndAgain(home, speaker, people);
      BotProcess last = home.run().awaitReady();
      speaker.allow(COMMANDS - COMMANDS / (KILLS + 1) * KILLS);
      speaker.awaitSaid(Duration.ofMinutes(2));
      Verdict verdict = Verdict.await(() -> people.settle(speaker));
      Form.figures(
          "kill -9 on Prosody",
          "%d kills (%d before ready, %d commands open when killed), %s"
              .formatted(KILLS, early, open, verdict.counts()));
      if (!verdict.isClean()) {
        home.keep("kill-xmpp");
      }
      assertThat(verdict.isClean()).as(() -> people.forensics(verdict, speaker)).isTrue();
      assertThat(last.isRunning()).isTrue();
      assertThat(open).as("commands that the kills left open").isPositive();
    }
  }

  /**
   * Returns how many of the kills came before the bot was ready. The first does not: who comes into
   * a room for the first time does not answer to its past.
   */
  private int killAgainAndAgain(BotHome home, Speaker speaker, XmppPeople people) {
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
      Verdict now = people.judge(speaker);
      open += now.said() - now.answered();
      pause(random.nextInt(800));
    }
    return early;
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}

package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackFault;
import dev.owlery.testkit.slack.SlackPace;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The bot is killed with SIGKILL again and again while people talk to it on Slack and everything
 * goes wrong that can: no answer is lost, none comes twice, none overtakes another.
 */
class SlackKillProofIT {
  private static final int KILLS = Form.of(2, 20);
  private static final int COMMANDS = Form.of(360, 5_000);
  private static final int CHANNELS = Form.of(12, 20);
  private static final int PER_SECOND = Form.of(90, 60);
  private static final String POST = "chat.postMessage";

  private final Random random = Form.random();
  private int open;

  @Test
  @Timeout(900)
  void noAnswerIsLostDoubledOrOutOfOrder() {
    try (SlackDouble slack =
            SlackDouble.builder().pace(SlackPace.DOCUMENTED.untilAcknowledged()).start();
        SlackTalk talk = new SlackTalk(slack, CHANNELS, PER_SECOND);
        BotHome home =
            new BotHome(BotHome.loadTest(SlackHome.account("work", slack, "burst = 0"), "echo"))) {
      talk.start();
      spoil(slack);
      killAgainAndAgain(home, talk, slack);
      BotProcess last = home.run().awaitReady();
      talk.allow(COMMANDS - COMMANDS / (KILLS + 1) * KILLS);
      talk.awaitSaid(COMMANDS, Duration.ofMinutes(5));
      SlackVerdict verdict = SlackVerdict.await(talk, slack);
      Form.figures(
          "kill -9 on Slack",
          "%d kills (%d commands open when killed), %s, %d posts, %d of them failed, %d events sent twice or more"
              .formatted(
                  KILLS,
                  open,
                  verdict.counts(),
                  slack.calls(POST).size(),
                  slack.calls(POST).stream().filter(call -> !call.isOk()).count(),
                  slack.deliveries().stream().filter(event -> event.attempts() > 1).count()));
      if (!verdict.isClean()) {
        home.keep("slack-kill");
      }
      assertThat(verdict.lost()).as("lost").isEmpty();
      assertThat(verdict.doubled()).as("doubled").isEmpty();
      assertThat(verdict.late()).as("out of order").isEmpty();
      assertThat(slack.judge().violations())
          .as("what Slack has asked for is remembered over the kills")
          .noneMatch(violation -> violation.what().contains("Retry-After"));
      assertThat(last.isRunning()).isTrue();
      assertThat(open).as("commands that the kills left open").isPositive();
    }
  }

  private static void spoil(SlackDouble slack) {
    slack
        .faults()
        .every(31, POST, new SlackFault.LostResponse())
        .every(37, POST, new SlackFault.LostRequest())
        .every(41, POST, new SlackFault.ServerError(503))
        .every(101, POST, new SlackFault.RateLimited(Duration.ofSeconds(1)))
        .every(13, "conversations.history", new SlackFault.ServerError(500))
        .every(23, new SlackFault.Duplicate())
        .every(67, new SlackFault.LostAcknowledgement());
  }

  private void killAgainAndAgain(BotHome home, SlackTalk talk, SlackDouble slack) {
    int each = COMMANDS / (KILLS + 1);
    for (int kill = 1; kill <= KILLS; kill++) {
      BotProcess bot = home.run();
      if (kill > 1 && random.nextInt(4) == 0) {
        talk.allow(each);
        pause(300 + random.nextInt(3_000));
      } else {
        bot.awaitReady();
        talk.allow(each);
        pause(300 + random.nextInt(1_500));
        trouble(slack);
        pause(random.nextInt(1_000));
      }
      bot.kill();
      SlackVerdict now = SlackVerdict.of(talk, slack);
      open += now.said() - now.answered();
      pause(random.nextInt(800));
    }
  }

  private void trouble(SlackDouble slack) {
    switch (random.nextInt(4)) {
      case 0 -> slack.sockets().drop();
      case 1 -> slack.sockets().asksForRefresh();
      case 2 -> slack.sockets().warns();
      default -> slack.sends("{\"type\":\"novelty\",\"channel\":\"C1\"}");
    }
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}

package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.slack.SlackCall;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Many answers while Slack asks again and again to wait: its limits are kept, each pause is as long
 * as it was asked for and hardly longer, nothing is lost, and every channel keeps its order.
 */
@Isolated("measures times")
class SlackPaceProofIT {
  private static final int MESSAGES = Form.of(90, 1_000);
  private static final int CHANNELS = Form.of(30, 50);
  private static final int PAUSES = Form.of(3, 20);
  private static final long SECOND = 1_000_000_000L;

  /** What the adapter takes for the limit of posts in all channels together, and for a minute. */
  private static final int PER_MINUTE = 300;

  private static final long MINUTE = 60 * SECOND + SECOND / 2;
  private static final String POST = "chat.postMessage";

  @Test
  @Timeout(600)
  void theLimitsAreKeptAndNothingIsLost() {
    try (SlackDouble slack = SlackDouble.start();
        SlackTalk talk = new SlackTalk(slack, CHANNELS, 1_000);
        BotHome home =
            new BotHome(
                BotHome.loadTest(
                    SlackHome.account("work", slack, "burst = 1, per-second = 1"), "echo"))) {
      slack
          .faults()
          .every(MESSAGES / PAUSES, POST, new SlackFault.RateLimited(Duration.ofSeconds(1)));
      talk.start();
      BotProcess bot = home.run().awaitReady();
      // Beside a whole build a request may come late, and the next one in time.
      slack.judge().tolerate(Form.of(2, 1), 0);
      talk.allow(MESSAGES);
      talk.awaitSaid(MESSAGES, Duration.ofMinutes(6));
      SlackVerdict verdict = SlackVerdict.await(talk, slack);
      List<Long> late = lateness(slack.calls(POST));
      Form.figures(
          "429s on Slack",
          "%s, %d posts, %d pauses asked for, late by %s ms, violations: %s"
              .formatted(
                  verdict.counts(),
                  slack.calls(POST).size(),
                  late.size(),
                  late,
                  slack.judge().violations()));
      assertThat(bot.isRunning()).isTrue();
      assertThat(verdict.isClean()).as(verdict.toString()).isTrue();
      assertThat(slack.judge().violations()).isEmpty();
      assertThat(late).as("pauses").hasSizeGreaterThanOrEqualTo(PAUSES);
      if (Form.NOW == Form.FULL) {
        assertThat(late.stream().sorted().toList().get(late.size() / 2))
            .as("the median, as single ones depend on the machine")
            .isLessThanOrEqualTo(100);
      }
    }
  }

  /**
   * By how many milliseconds the first call after each pause came later than it might have: when
   * the pause was over, one of the channels had had its second, and the method its minute.
   */
  private static List<Long> lateness(List<SlackCall> calls) {
    List<Long> late = new ArrayList<>();
    Map<String, Long> lastIn = new HashMap<>();
    long until = 0;
    for (int i = 0; i < calls.size(); i++) {
      SlackCall call = calls.get(i);
      if (until > 0 && call.nanos() >= until) {
        long channel = lastIn.values().stream().mapToLong(last -> last + SECOND).min().orElse(0);
        long minute = i < PER_MINUTE ? 0 : calls.get(i - PER_MINUTE).nanos() + MINUTE;
        long earliest = Math.max(until, Math.max(channel, minute));
        late.add(Math.max(0, call.nanos() - earliest) / 1_000_000);
        until = 0;
      }
      if (call.status() == 429) {
        until = Math.max(until, call.answeredNanos() + SECOND);
      }
      lastIn.put(call.argument("channel"), call.nanos());
    }
    return late;
  }
}

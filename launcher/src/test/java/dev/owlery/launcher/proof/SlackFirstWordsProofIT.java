package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackFault;
import dev.owlery.testkit.slack.SlackMessage;
import dev.owlery.testkit.slack.SlackPace;
import dev.owlery.testkit.slack.SlackRequestUrls;
import dev.owlery.testkit.slack.SlackRoom;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The bot is killed, and people speak for the first time where it never heard anything, for longer
 * than Slack tries to tell it; it is killed again while it reads that, slowly, and people go on. No
 * answer is lost, none comes twice, none overtakes another.
 */
class SlackFirstWordsProofIT {
  private static final int KILLS = Form.of(1, 5);
  private static final int CHANNELS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** What cannot be delivered now is never delivered. */
  private static final SlackPace SHORT =
      new SlackPace(
          SlackPace.DOCUMENTED.answerWithin(),
          SlackPace.DOCUMENTED.socketRetries(),
          List.of(Duration.ZERO),
          SlackPace.DOCUMENTED.pingEvery(),
          SlackPace.DOCUMENTED.warningBefore(),
          SlackPace.DOCUMENTED.triggerLife());

  private final Random random = Form.random();
  private final List<SlackRoom> rooms = new ArrayList<>();
  private int said;

  @Test
  @Timeout(600)
  void bySocketNothingIsLostThatWasSaidFirstWhileNobodyWasThere() {
    try (SlackDouble slack = SlackDouble.builder().pace(SHORT).start()) {
      slack.sockets().givesUpWithoutSocket(true);
      kill(
          "by socket",
          slack,
          BotHome.loadTest(SlackHome.account("work", slack, "burst = 0"), "echo"));
    }
  }

  @Test
  @Timeout(600)
  void byHttpNothingIsLostThatWasSaidFirstWhileNobodyWasThere() {
    int port = LoopbackPorts.reserve();
    try (SlackDouble slack = SlackDouble.builder().pace(SHORT).start()) {
      slack.usesHttp(SlackRequestUrls.all(URI.create("http://127.0.0.1:" + port + "/slack/work")));
      kill(
          "by HTTP",
          slack,
          BotHome.loadTest(SlackHome.httpAccount("work", slack), "echo")
              + "http { port = "
              + port
              + " }\n");
    }
  }

  private void kill(String way, SlackDouble slack, String configuration) {
    try (BotHome home = new BotHome(configuration)) {
      slack.channel("begin").invitesBot();
      BotProcess bot = home.run().awaitReady();
      slack
          .faults()
          .every(1, "conversations.history", new SlackFault.Slow(Duration.ofMillis(700)))
          .every(1, "users.conversations", new SlackFault.Slow(Duration.ofMillis(700)));
      for (int kill = 0; kill < KILLS; kill++) {
        List<SlackRoom> fresh = neverHeard(slack, kill);
        pause(random.nextInt(500));
        bot.kill();
        invite(slack, kill, CHANNELS / 2, CHANNELS);
        speak(fresh, 0);
        pause(500);
        bot = home.run();
        pause(2_000 + random.nextInt(2_000));
        speak(fresh, 1);
        pause(random.nextInt(3_000));
        bot.kill();
        speak(fresh, 2);
        bot = home.run().awaitReady();
        speak(fresh, 3);
      }
      slack.await("all answers", PATIENCE, () -> answers(slack) >= said);
      pause(2_000);
      Form.figures(
          "first words on Slack " + way,
          "%d kills, %d said, %d answered".formatted(2 * KILLS, said, answers(slack)));
      for (SlackRoom room : rooms) {
        assertThat(ofBot(slack, room))
            .as("answers in %s", room.channel())
            .containsExactlyElementsOf(List.of("n-0", "n-1", "n-2", "n-3"));
      }
    }
  }

  /** Channels that the bot is in, is invited to while it is away, and a direct chat. */
  private List<SlackRoom> neverHeard(SlackDouble slack, int kill) {
    List<SlackRoom> fresh = new ArrayList<>();
    invite(slack, kill, 0, CHANNELS / 2);
    for (int i = 0; i < CHANNELS; i++) {
      fresh.add(slack.user("ann").in(name(kill, i)));
    }
    fresh.add(slack.user("stranger" + kill).direct());
    rooms.addAll(fresh);
    return fresh;
  }

  private static void invite(SlackDouble slack, int kill, int from, int to) {
    for (int i = from; i < to; i++) {
      slack.channel(name(kill, i)).invitesBot();
    }
  }

  private static String name(int kill, int number) {
    return "first-" + kill + "-" + number;
  }

  private void speak(List<SlackRoom> fresh, int number) {
    fresh.forEach(room -> room.says("!echo n-" + number));
    said += fresh.size();
  }

  private int answers(SlackDouble slack) {
    return rooms.stream().mapToInt(room -> ofBot(slack, room).size()).sum();
  }

  private static List<String> ofBot(SlackDouble slack, SlackRoom room) {
    return room.messages().stream()
        .filter(message -> message.user().equals(slack.botUserId()) && message.subtype().isEmpty())
        .map(SlackMessage::plain)
        .toList();
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}

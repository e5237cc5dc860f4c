package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackFault;
import dev.owlery.testkit.slack.SlackPace;
import dev.owlery.testkit.slack.SlackRoom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The bot is killed with SIGKILL again and again while people talk to it on Slack, and Slack loses
 * acknowledgements and answers, delivers twice, fails, and asks to wait: no answer is lost, none
 * comes twice, none overtakes another. The double of Slack is the judge.
 */
class SlackKillProofIT {
  private static final int KILLS = Form.of(3, 20);
  private static final int COMMANDS = Form.of(300, 5_000);
  private static final int PER_SECOND = Form.of(60, 150);
  private static final List<String> ROOMS = List.of("one", "two", "three");

  private final Random random = Form.random();
  private final Map<String, SlackRoom> rooms = new TreeMap<>();
  private final Map<String, List<String>> said = new TreeMap<>();
  private int count;

  @Test
  @Timeout(900)
  void noAnswerIsLostDoubledOrOutOfOrder() {
    SlackPace pace = SlackPace.DOCUMENTED.times(0.5).untilAcknowledged();
    try (SlackDouble slack = SlackDouble.builder().pace(pace).start();
        BotHome home = new BotHome(BotHome.loadTest(account(slack), "echo"))) {
      for (String room : ROOMS) {
        slack.channel(room).invitesBot();
        rooms.put(room, slack.user("ann").in(room));
        said.put(room, new ArrayList<>());
      }
      slack
          .faults()
          .every(13, new SlackFault.LostAcknowledgement())
          .every(17, new SlackFault.Duplicate())
          .every(23, "chat.postMessage", new SlackFault.LostResponse())
          .every(29, "chat.postMessage", new SlackFault.LostRequest())
          .every(31, "chat.postMessage", new SlackFault.ServerError(503))
          .every(101, "chat.postMessage", new SlackFault.RateLimited(Duration.ofSeconds(1)));
      for (int kill = 1; kill <= KILLS; kill++) {
        BotProcess bot = home.run();
        if (kill == 1 || random.nextInt(4) > 0) {
          bot.awaitReady();
        }
        speak(COMMANDS / (KILLS + 1));
        pause(random.nextInt(400));
        bot.kill();
        pause(random.nextInt(400));
      }
      home.run().awaitReady();
      speak(COMMANDS - count);
      judge(slack, home);
    }
  }

  private static String account(SlackDouble slack) {
    return """
    work { protocol = slack, bot-token = "%s", app-token = "%s", api-url = "%s", patience = 3s
           flood { burst = 0 }, retry { first = 100ms, longest = 1s } }
    """
        .formatted(slack.botToken(), slack.appToken(), slack.apiUrl());
  }

  private void speak(int commands) {
    for (int i = 0; i < commands; i++) {
      String room = ROOMS.get(count % ROOMS.size());
      String text = "k" + count;
      said.get(room).add(text);
      rooms.get(room).says("!echo " + text);
      count++;
      LockSupport.parkNanos(1_000_000_000L / PER_SECOND);
    }
  }

  private void judge(SlackDouble slack, BotHome home) {
    String end = "the end";
    for (String room : ROOMS) {
      said.get(room).add(end);
      rooms.get(room).says("!echo " + end);
    }
    int lost = 0;
    int doubled = 0;
    int late = 0;
    for (String room : ROOMS) {
      slack.await(
          "the last answer in " + room,
          Duration.ofMinutes(5),
          () -> slack.channel(room).textsOfBot().contains(end));
      List<String> heard = slack.channel(room).textsOfBot();
      List<String> expected = said.get(room);
      lost += (int) expected.stream().filter(text -> !heard.contains(text)).count();
      doubled += heard.size() - new HashSet<>(heard).size();
      late += inversions(heard, expected);
    }
    long calls = slack.calls("chat.postMessage").size();
    Form.figures(
        "kill -9 on Slack's double",
        "%d kills, %d said, %d posts tried: %d lost, %d doubled, %d out of order; %d limits broken"
            .formatted(KILLS, count, calls, lost, doubled, late, early(slack)));
    if (lost + doubled + late > 0) {
      home.keep("kill-slack");
    }
    assertThat(List.of(lost, doubled, late)).as("lost, doubled, late").containsOnly(0);
    assertThat(early(slack)).as("calls before Retry-After had passed").isZero();
  }

  private static int inversions(List<String> heard, List<String> expected) {
    List<Integer> places = heard.stream().map(expected::indexOf).toList();
    return (int)
        IntStream.range(1, places.size()).filter(i -> places.get(i) < places.get(i - 1)).count();
  }

  private static long early(SlackDouble slack) {
    return slack.judge().violations().stream()
        .filter(violation -> violation.what().contains("Retry-After"))
        .filter(violation -> violation.by().compareTo(Duration.ofMillis(100)) > 0)
        .count();
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}

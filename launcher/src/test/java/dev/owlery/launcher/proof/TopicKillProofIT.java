package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The bot is killed with SIGKILL again and again while items are published, which rooms on IRC,
 * XMPP and Slack are told: each is told each item once. The short form leaves XMPP out.
 */
class TopicKillProofIT {

  private static final int KILLS = Form.of(1, 10);
  private static final int PUBLISHES = Form.of(120, 2_000);
  private static final int PER_SECOND = Form.of(60, 100);
  private static final boolean XMPP = Form.NOW == Form.FULL;
  private static final String TOLD = "told@rooms.localhost";
  private static final Pattern TEXT = Pattern.compile("n-p-(\\d+)");

  private final Random random = Form.random();

  @Test
  @Timeout(900)
  void eachRoomIsToldEachItemOnce() {
    try (InspIrcd irc = InspIrcd.start();
        IrcWitness ann =
            IrcWitness.connect(irc, "ann", "echo-message", "message-tags", "server-time");
        SlackDouble slack = SlackDouble.start()) {
      for (String room : List.of("#in", "#told")) {
        ann.join(room);
        ann.raw("MODE " + room + " +H 5000:1h");
        ann.expect(" MODE " + room + " \\+H ");
      }
      slack.channel("told").invitesBot();
      Map<String, Supplier<List<String>>> rooms = new TreeMap<>();
      rooms.put("net/#told", () -> ann.textsFrom("owl", "#told"));
      rooms.put("work/#told", () -> slack.channel("told").textsOfBot());
      if (!XMPP) {
        prove(ann, accounts(irc, slack), rooms);
        return;
      }
      try (Prosody prosody = Prosody.start();
          RawXmppClient bea = RawXmppClient.join(prosody, "bea")) {
        prosody.register("owl", "secret");
        bea.enter(TOLD, "Bea");
        rooms.put("home/" + TOLD, () -> bea.textsFrom(TOLD + "/owl"));
        String home = BotHome.xmpp("home", prosody.port(), "owl", "", TOLD);
        prove(ann, accounts(irc, slack) + home, rooms);
      }
    }
  }

  private static String accounts(InspIrcd irc, SlackDouble slack) {
    return BotHome.irc("net", irc, "owl", "#in", "#told")
        + """
        work { protocol = slack, bot-token = "%s", app-token = "%s", api-url = "%s", patience = 3s
               flood { burst = 0 }, retry { first = 100ms, longest = 1s } }
        """
            .formatted(slack.botToken(), slack.appToken(), slack.apiUrl());
  }

  private void prove(IrcWitness ann, String accounts, Map<String, Supplier<List<String>>> rooms) {
    String to = "\"" + String.join("\", \"", rooms.keySet()) + "\"";
    String more =
        "\ntopics { staff { to = [ "
            + to
            + " ], template = \"{title}\" } }"
            + "\npermissions { grants { everyone = [ view, \"topics.*\" ] } }";
    try (BotHome home = new BotHome(BotHome.loadTest(accounts, "topics") + more);
        Speaker speaker =
            new Speaker(
                (room, text) -> ann.say(room, text.replace("!echo ", "!publish staff ")),
                List.of("#in"),
                "p",
                PER_SECOND)) {
      int each = PUBLISHES / (KILLS + 1);
      for (int kill = 1; kill <= KILLS; kill++) {
        BotProcess bot = home.run().awaitReady();
        speaker.allow(each);
        LockSupport.parkNanos(Duration.ofMillis(200 + random.nextInt(1_500)).toNanos());
        bot.kill();
      }
      BotProcess last = home.run().awaitReady();
      speaker.allow(PUBLISHES - each * KILLS);
      speaker.awaitSaid(Duration.ofMinutes(3));
      Map<String, List<Integer>> told = awaitTold(rooms);
      judge(home, told);
      assertThat(last.isRunning()).isTrue();
    }
  }

  /** What the rooms were told, once each has been told of all, or for a while of no more. */
  private static Map<String, List<Integer>> awaitTold(Map<String, Supplier<List<String>>> rooms) {
    Map<String, List<Integer>> told = new TreeMap<>();
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    boolean all = false;
    while (!all && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      rooms.forEach((room, texts) -> told.put(room, numbers(texts.get())));
      all = told.values().stream().allMatch(list -> new HashSet<>(list).size() >= PUBLISHES);
    }
    // What came twice would come now.
    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    rooms.forEach((room, texts) -> told.put(room, numbers(texts.get())));
    return told;
  }

  private static List<Integer> numbers(List<String> texts) {
    List<Integer> numbers = new ArrayList<>();
    for (String text : texts) {
      Matcher found = TEXT.matcher(text);
      if (found.matches()) {
        numbers.add(Integer.parseInt(found.group(1)));
      }
    }
    return numbers;
  }

  private static void judge(BotHome home, Map<String, List<Integer>> told) {
    List<Integer> expected = IntStream.range(0, PUBLISHES).boxed().toList();
    StringBuilder figures = new StringBuilder();
    boolean clean = true;
    for (Map.Entry<String, List<Integer>> room : told.entrySet()) {
      int once = new HashSet<>(room.getValue()).size();
      int lost = PUBLISHES - once;
      int twice = room.getValue().size() - once;
      clean &= room.getValue().equals(expected);
      figures.append("; %s: %d lost, %d twice".formatted(room.getKey(), lost, twice));
    }
    Form.figures("kill -9 while publishing", PUBLISHES + " items, " + KILLS + " kills" + figures);
    if (!clean) {
      home.keep("kill-topics");
    }
    assertThat(told)
        .as("what each room was told, in order")
        .allSatisfy((room, numbers) -> assertThat(numbers).isEqualTo(expected));
  }
}

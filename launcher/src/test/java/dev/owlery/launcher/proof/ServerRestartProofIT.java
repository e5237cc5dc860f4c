package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.launcher.proof.plugins.TickerPlugin;
import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The server is killed and started again under the bot's hands, again and again. A plugin goes on
 * speaking meanwhile: all of it arrives. The relay keeps the server's door shut until a witness is
 * in the rooms, so that nothing is said unseen and the time until the bot is back is exact.
 */
@Isolated("measures times")
class ServerRestartProofIT {
  private static final int RESTARTS = Form.of(2, 10);
  private static final List<String> ROOMS = List.of("#one", "#two");
  private static final Pattern TICK =
      Pattern.compile("^(?:@\\S+ +)?:owl!\\S+ PRIVMSG (#\\w+) :?tick-(\\d+)$");

  private final Random random = Form.random();
  private final List<Double> seconds = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();

  @Test
  @Timeout(300)
  void nothingIsLostWhenInspircdIsKilledAndComesBack() {
    try (InspIrcd server = InspIrcd.start()) {
      prove("InspIRCd", server);
    }
  }

  @Test
  @Timeout(300)
  void nothingIsLostWhenNgircdIsKilledAndComesBack() {
    try (Ngircd server = Ngircd.start()) {
      prove("ngircd", server);
    }
  }

  private void prove(String name, IrcServer server) {
    try (Relay relay = new Relay(server.port());
        BotHome home =
            new BotHome(
                    BotHome.loadTest(
                        BotHome.irc(
                            "net", relay.port(), "owl", BotHome.OFTEN_KILLED + ",", "#one", "#two"),
                        "echo, \"" + TickerPlugin.class.getName() + '"'))
                .withTestClasses()) {
      IrcWitness witness = enter(server);
      BotProcess bot = home.run().awaitReady();
      witness.say("#one", "!ticker net/#one,net/#two");
      for (int restart = 1; restart <= RESTARTS; restart++) {
        witness = restart(server, relay, witness);
      }
      int ticks = stop(witness);
      seen.addAll(witness.lines());
      witness.close();
      judge(name, home, relay, ticks);
      assertThat(bot.isRunning()).isTrue();
    }
  }

  private static IrcWitness enter(IrcServer server) {
    IrcWitness witness = IrcWitness.connect(server, "ann");
    ROOMS.forEach(witness::join);
    return witness;
  }

  private IrcWitness restart(IrcServer server, Relay relay, IrcWitness before) {
    pause(500 + random.nextInt(1_500));
    server.kill();
    relay.shut();
    IrcWitness.await("the end", () -> before.lines().getLast().startsWith("(") || closed(before));
    seen.addAll(before.lines());
    before.close();
    pause(random.nextInt(Form.of(1_500, 8_000)));
    server.restart();
    IrcWitness after = enter(server);
    long listening = System.nanoTime();
    relay.open();
    for (int room = 0; room < ROOMS.size(); room++) {
      after.expect(":owl!\\S+ JOIN :?#(one|two)", Duration.ofMinutes(1));
    }
    seconds.add((System.nanoTime() - listening) / 1e9);
    after.expect("PRIVMSG #\\w+ :?tick-", Duration.ofMinutes(1));
    return after;
  }

  /** A witness whose server has died cannot speak any more. */
  private static boolean closed(IrcWitness witness) {
    try {
      witness.raw("PING x");
      return false;
    } catch (java.io.UncheckedIOException gone) {
      return true;
    }
  }

  /** Stops the counting, and waits until all of it has been said. */
  private static int stop(IrcWitness witness) {
    pause(500);
    witness.say("#two", "!ticker off");
    Pattern answer = Pattern.compile("ticker at (\\d+)");
    Matcher found = answer.matcher(witness.expect(answer.pattern() + "$", Duration.ofSeconds(30)));
    assertThat(found.find()).isTrue();
    pause(2_000);
    witness.settle();
    return Integer.parseInt(found.group(1));
  }

  private void judge(String name, BotHome home, Relay relay, int ticks) {
    Map<String, Map<Integer, Integer>> times = new HashMap<>();
    int late = 0;
    Map<String, Integer> highest = new HashMap<>();
    for (String line : seen) {
      Matcher tick = TICK.matcher(line);
      if (tick.matches()) {
        int number = Integer.parseInt(tick.group(2));
        int count =
            times
                .computeIfAbsent(tick.group(1), r -> new HashMap<>())
                .merge(number, 1, Integer::sum);
        if (count == 1 && number < highest.getOrDefault(tick.group(1), -1)) {
          late++;
        }
        highest.merge(tick.group(1), number, Math::max);
      }
    }
    List<String> lost = new ArrayList<>();
    int swallowed = 0;
    long doubled = 0;
    for (String room : ROOMS) {
      Map<Integer, Integer> counts = times.getOrDefault(room, Map.of());
      doubled += counts.values().stream().mapToInt(count -> count - 1).sum();
      for (int number = 0; number < ticks; number++) {
        if (!counts.containsKey(number)) {
          if (isConfirmed(relay.lines(), "PRIVMSG " + room + " :tick-" + number)) {
            swallowed++;
          } else {
            lost.add(room + "/" + number);
          }
        }
      }
    }
    long logged = home.logs().lines().filter(line -> line.contains("maybe sent twice")).count();
    seconds.sort(null);
    Form.figures(
        "server killed, " + name,
        ("%d restarts, %d messages: %d lost, %d confirmed by the dying server and shown to nobody,"
                + " %d out of order, %d doubled (%d logged); back after %s s")
            .formatted(
                RESTARTS,
                ticks * ROOMS.size(),
                lost.size(),
                swallowed,
                late,
                doubled,
                logged,
                seconds.stream().map("%.2f"::formatted).toList()));
    if (!lost.isEmpty() || late > 0 || doubled > logged) {
      home.keep("restart-" + name);
    }
    assertThat(lost).isEmpty();
    assertThat(late).isZero();
    assertThat(doubled).isLessThanOrEqualTo(logged);
    assertThat(seconds.get((int) Math.ceil(seconds.size() * 0.95) - 1)).isLessThanOrEqualTo(5.0);
  }

  /**
   * Whether the server has confirmed a line to the bot, by its echo or by answering a PING that was
   * sent after it, before it died: then the line is lost with the server, not with the bot.
   */
  private static boolean isConfirmed(List<Relay.Line> wire, String words) {
    String token = null;
    boolean sent = false;
    for (Relay.Line line : wire) {
      if (line.fromBot()) {
        if (line.text().endsWith(words)) {
          sent = true;
          token = null;
        } else if (sent && token == null && line.text().contains("PING ")) {
          token = line.text().substring(line.text().indexOf("PING ") + 5).replace(":", "").strip();
        }
      } else if (sent
          && (line.text().endsWith(words)
              || (token != null && line.text().contains("PONG") && line.text().contains(token)))) {
        return true;
      }
    }
    return false;
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}

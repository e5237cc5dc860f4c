package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.launcher.proof.plugins.TickerPlugin;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Prosody is killed and started again under the bot's hands, again and again. A plugin goes on
 * speaking meanwhile, in a room and to a person: all of it arrives. The wire keeps the server's
 * door shut until the witness is back, so that nothing is said unseen and the time until the bot is
 * back is exact.
 *
 * <p>A message that nobody saw was lost by the bot, unless the server can be shown to have had it:
 * it is in the archive of the recipient, who can still read it; or the server had acknowledged it;
 * or it is in the archive of the bot's own account, where Prosody puts a message before it hands it
 * on. A bot that found its message there and said it again would double what was only not
 * acknowledged. Of the last two there can be but one for each kill.
 */
@Isolated("measures times")
class XmppRestartProofIT {
  private static final int RESTARTS = Form.of(2, 10);
  private static final String ROOM = "one@rooms.localhost";
  private static final Pattern TICK = Pattern.compile("tick-(\\d+)");

  private final Random random = Form.random();
  private final List<Double> seconds = new ArrayList<>();
  private final List<XmppStanza> seen = new ArrayList<>();
  private int late;
  private int doubled;
  private int archived;
  private int acknowledged;
  private int taken;
  private final List<String> lost = new ArrayList<>();

  @Test
  @Timeout(600)
  void nothingIsLostWhenProsodyIsKilledAndComesBack() {
    try (Prosody server = Prosody.start(Prosody.Option.LONG_ARCHIVES);
        Wire wire = new Wire(server.port());
        BotHome home =
            new BotHome(
                    BotHome.loadTest(
                        BotHome.xmpp("net", wire.port(), "owl", BotHome.OFTEN_KILLED, ROOM),
                        "echo, \"" + TickerPlugin.class.getName() + '"'))
                .withTestClasses()) {
      server.register("owl", "secret");
      server.register("ann", "secret");
      RawXmppClient ann = enter(server);
      BotProcess bot = home.run().awaitReady();
      ann.sayIn(ROOM, "!ticker net/" + ROOM + ",net/ann@localhost");
      for (int restart = 1; restart <= RESTARTS; restart++) {
        ann = restart(server, wire, ann);
      }
      int ticks = stop(ann);
      seen.addAll(ann.stanzas());
      judge(home, server, wire, ann, ticks);
      ann.close();
      assertThat(bot.isRunning()).isTrue();
    }
  }

  private static RawXmppClient enter(Prosody server) {
    RawXmppClient ann = RawXmppClient.connect(server, "ann", "secret");
    ann.enter(ROOM, "Ann");
    return ann;
  }

  private RawXmppClient restart(Prosody server, Wire wire, RawXmppClient before) {
    pause(500 + random.nextInt(1_500));
    server.kill();
    wire.shut();
    RawXmppClient.await("the end", before::isEnded);
    seen.addAll(before.stanzas());
    before.close();
    pause(random.nextInt(Form.of(1_500, 8_000)));
    server.restart();
    RawXmppClient after = enter(server);
    long listening = System.nanoTime();
    wire.open();
    after.expect(
        "the bot in its room",
        s -> s.name().equals("presence") && s.from().equals(ROOM + "/owl") && s.type().isEmpty(),
        Duration.ofMinutes(1));
    seconds.add((System.nanoTime() - listening) / 1e9);
    after.expect("a tick", s -> s.body().startsWith("tick-"), Duration.ofMinutes(1));
    return after;
  }

  /** Stops the counting, and waits until all of it has been said. */
  private static int stop(RawXmppClient ann) {
    pause(500);
    ann.sayIn(ROOM, "!ticker off");
    XmppStanza answer =
        ann.expect(
            "the ticker's stop", s -> s.body().startsWith("ticker at"), Duration.ofMinutes(4));
    int ticks = Integer.parseInt(answer.body().substring("ticker at ".length()));
    String last = "tick-" + (ticks - 1);
    awaitText(ann, "owl@localhost", last);
    awaitText(ann, ROOM + "/owl", last);
    pause(1_000);
    ann.settle();
    return ticks;
  }

  /** Each conversation goes at its own pace. */
  private static void awaitText(RawXmppClient ann, String from, String text) {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!ann.textsFrom(from).contains(text)) {
      assertThat(System.nanoTime()).as(text + " from " + from).isLessThan(deadline);
      pause(200);
    }
  }

  private void judge(BotHome home, Prosody server, Wire wire, RawXmppClient ann, int ticks) {
    for (String unseen : unseen(ROOM + "/owl", ticks, Archive.texts(ann, ROOM))) {
      lost.add(ROOM + " " + unseen);
    }
    List<String> unseen = unseen("owl@localhost/", ticks, Archive.texts(ann, ""));
    Set<String> own = unseen.isEmpty() ? Set.of() : ownArchive(server);
    for (String tick : unseen) {
      Pattern stanza =
          Pattern.compile(
              "<message [^>]*\\bto=['\"]ann@localhost['\"][^>]*><body>%s<".formatted(tick));
      if (wire.records().stream().anyMatch(record -> record.isAcknowledged(stanza))) {
        acknowledged++;
      } else if (own.contains(tick)) {
        taken++;
      } else {
        lost.add("ann@localhost " + tick);
      }
    }
    long logged = home.logs().lines().filter(line -> line.contains("maybe sent twice")).count();
    seconds.sort(null);
    Form.figures(
        "server killed, Prosody",
        ("%d restarts, %d messages: %d lost, %d in the recipient's archive only, %d acknowledged"
                + " and %d taken into the bot's archive by the dying server and shown to nobody, %d"
                + " out of order, %d doubled (%d logged); back after %s s")
            .formatted(
                RESTARTS,
                ticks * 2,
                lost.size(),
                archived,
                acknowledged,
                taken,
                late,
                doubled,
                logged,
                seconds.stream().map("%.2f"::formatted).toList()));
    if (!lost.isEmpty() || late > 0 || doubled > logged) {
      home.keep("restart-xmpp");
    }
    assertThat(lost).isEmpty();
    assertThat(acknowledged + taken).isLessThanOrEqualTo(RESTARTS);
    assertThat(late).isZero();
    assertThat((long) doubled).isLessThanOrEqualTo(logged);
    assertThat(seconds.get((int) Math.ceil(seconds.size() * 0.95) - 1)).isLessThanOrEqualTo(5.0);
  }

  /** What the bot's own account has in its archive. */
  private static Set<String> ownArchive(Prosody server) {
    try (RawXmppClient owl = RawXmppClient.open(server)) {
      owl.logIn("owl", "secret", "");
      return new HashSet<>(Archive.texts(owl, ""));
    }
  }

  /** What neither a witness nor the archive has got. */
  private List<String> unseen(String sender, int ticks, List<String> archive) {
    Map<Integer, Integer> times = new HashMap<>();
    int highest = -1;
    for (XmppStanza stanza : seen) {
      Matcher tick = TICK.matcher(stanza.body());
      if (stanza.from().startsWith(sender) && tick.matches()) {
        int number = Integer.parseInt(tick.group(1));
        if (times.merge(number, 1, Integer::sum) > 1) {
          doubled++;
        } else if (number < highest) {
          late++;
        }
        highest = Math.max(highest, number);
      }
    }
    Set<String> kept = new HashSet<>(archive);
    List<String> unseen = new ArrayList<>();
    for (int number = 0; number < ticks; number++) {
      if (!times.containsKey(number)) {
        if (kept.contains("tick-" + number)) {
          archived++;
        } else {
          unseen.add("tick-" + number);
        }
      }
    }
    return unseen;
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}

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

/**
 * Prosody is killed and started again under the bot's hands, again and again. A plugin goes on
 * speaking meanwhile, in a room and to a person: all of it arrives. The wire keeps the server's
 * door shut until the witness is back, so that nothing is said unseen and the time until the bot is
 * back is exact. What the dying server had accepted and not yet shown is in its archive.
 */
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
  private final List<String> lost = new ArrayList<>();

  @Test
  @Timeout(300)
  void nothingIsLostWhenProsodyIsKilledAndComesBack() {
    try (Prosody server = Prosody.start();
        Wire wire = new Wire(server.port());
        BotHome home =
            new BotHome(
                    BotHome.loadTest(
                        BotHome.xmpp("net", wire.port(), "owl", "", ROOM),
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
      judge(home, ann, ticks);
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
            "the ticker's stop", s -> s.body().startsWith("ticker at"), Duration.ofMinutes(2));
    int ticks = Integer.parseInt(answer.body().substring("ticker at ".length()));
    String last = "tick-" + (ticks - 1);
    RawXmppClient.await(last, () -> ann.textsFrom("owl@localhost").contains(last));
    RawXmppClient.await(last, () -> ann.textsFrom(ROOM + "/owl").contains(last));
    pause(1_000);
    ann.settle();
    return ticks;
  }

  private void judge(BotHome home, RawXmppClient ann, int ticks) {
    judge(ROOM + "/owl", ticks, () -> Archive.texts(ann, ROOM));
    judge("owl@localhost/", ticks, () -> Archive.texts(ann, ""));
    long logged = home.logs().lines().filter(line -> line.contains("maybe sent twice")).count();
    seconds.sort(null);
    Form.figures(
        "server killed, Prosody",
        ("%d restarts, %d messages: %d lost, %d shown by the dying server's archive only,"
                + " %d out of order, %d doubled (%d logged); back after %s s")
            .formatted(
                RESTARTS,
                ticks * 2,
                lost.size(),
                archived,
                late,
                doubled,
                logged,
                seconds.stream().map("%.2f"::formatted).toList()));
    if (!lost.isEmpty() || late > 0 || doubled > logged) {
      home.keep("restart-xmpp");
    }
    assertThat(lost).isEmpty();
    assertThat(late).isZero();
    assertThat((long) doubled).isLessThanOrEqualTo(logged);
    assertThat(seconds.get((int) Math.ceil(seconds.size() * 0.95) - 1)).isLessThanOrEqualTo(5.0);
  }

  private void judge(String sender, int ticks, java.util.function.Supplier<List<String>> archive) {
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
    Set<String> kept = new HashSet<>(archive.get());
    for (int number = 0; number < ticks; number++) {
      if (!times.containsKey(number)) {
        if (kept.contains("tick-" + number)) {
          archived++;
        } else {
          lost.add(sender + " tick-" + number);
        }
      }
    }
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}

package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.launcher.proof.plugins.FlooderPlugin;
import dev.owlery.launcher.proof.plugins.SleeperPlugin;
import dev.owlery.launcher.proof.plugins.ThrowerPlugin;
import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcWitness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * One plugin sleeps for ever, one throws, one floods; in other rooms the answers of a good one come
 * as quickly as ever.
 */
@Isolated("measures times")
class BadPluginProofIT {
  private static final int CALLS = Form.of(400, 4_000);

  /** In the short form other proofs run beside it; who waits for a bad plugin waits for longer. */
  private static final double MOST_MILLIS = Form.of(1_000, 50);

  @Test
  @Timeout(180)
  void othersAreAnsweredQuicklyWhateverABadPluginDoes() {
    String bad =
        List.of(SleeperPlugin.class, ThrowerPlugin.class, FlooderPlugin.class).stream()
            .map(type -> '"' + type.getName() + '"')
            .collect(java.util.stream.Collectors.joining(", "));
    try (InspIrcd server = InspIrcd.start();
        IrcWitness ann = IrcWitness.connect(server, "ann");
        IrcWitness bob = IrcWitness.connect(server, "bob");
        BotHome home =
            new BotHome(
                    BotHome.loadTest(
                            BotHome.irc(
                                "net", server, "owl", "#good", "#fine", "#sleep", "#throw",
                                "#flood"),
                            "echo, " + bad)
                        + "limits { failures = 0 }\n")
                .withTestClasses()) {
      ann.join("#good");
      ann.join("#fine");
      List.of("#sleep", "#throw", "#flood").forEach(bob::join);
      BotProcess bot = home.run().awaitReady();
      millis(ann, "warm", CALLS);
      double before = p99(millis(ann, "before", CALLS));
      double asleep = during(bob, ann, "#sleep", "sleep", 200);
      double throwing = during(bob, ann, "#throw", "throw", 5);
      double errors = during(bob, ann, "#throw", "throw error", 5);
      double flooding = during(bob, ann, "#flood", "flood", 1_000);
      Form.figures(
          "bad plugins",
          ("p99 of !echo in other rooms: alone %.1f ms; one sleeps %.1f, throws %.1f, throws errors"
                  + " %.1f, floods %.1f ms (%d calls each)")
              .formatted(before, asleep, throwing, errors, flooding, CALLS));
      assertThat(bot.isRunning()).isTrue();
      // On a machine that is busy with other things even the good plugin alone is slow.
      double most = Math.max(MOST_MILLIS, 2 * before);
      assertThat(List.of(asleep, throwing, errors, flooding))
          .allSatisfy(p99 -> assertThat(p99).isLessThanOrEqualTo(most));
      assertThat(bob.settle().stream().filter(line -> line.contains(":flood-")).count())
          .isGreaterThanOrEqualTo(1_000);
    }
  }

  /** Measures while somebody makes the bad plugin misbehave, again and again. */
  private static double during(
      IrcWitness bob, IrcWitness ann, String room, String words, long pauseMillis) {
    AtomicBoolean over = new AtomicBoolean();
    Thread troublemaker =
        Thread.ofVirtual()
            .start(() -> {
              while (!over.get()) {
                bob.say(room, words);
                LockSupport.parkNanos(Duration.ofMillis(pauseMillis).toNanos());
              }
            });
    try {
      return p99(millis(ann, words.replace(' ', '-'), CALLS));
    } finally {
      over.set(true);
      LockSupport.unpark(troublemaker);
    }
  }

  /** Calls one command after the other in two rooms, and measures each. */
  private static List<Double> millis(IrcWitness ann, String mark, int calls) {
    List<Double> times = new ArrayList<>();
    for (int call = 0; call < calls; call++) {
      String room = call % 2 == 0 ? "#good" : "#fine";
      String text = mark + "-" + call;
      long start = System.nanoTime();
      ann.say(room, "!echo " + text);
      ann.expect(" PRIVMSG " + room + " :?" + text + "$");
      times.add((System.nanoTime() - start) / 1e6);
    }
    return times;
  }

  private static double p99(List<Double> times) {
    List<Double> sorted = times.stream().sorted().toList();
    return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
  }
}

package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackRoom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A few posts of the worst markup on one network keep nobody on another from the bot. */
@Timeout(180)
class MarkupProofIT {
  private static final int LENGTH = 40_000;
  private static final int ROUNDS = Form.of(1, 10);
  private static final int LEAST_ASKED = 8;
  private static final Duration LONGEST = Duration.ofMillis(1_500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ROOM = "#owls";

  /** What was once read in cubic or quadratic time, by which stacks overflowed, and the like. */
  private static final List<String> WORST =
      List.of(
          shape(" *a", "<", "a* "),
          shape("*_~`"),
          shape("<"),
          shape(">"),
          shape("&gt; *a _b* "),
          shape("```", "`a *b"),
          shape("<http://a|*b"),
          numbered("<@U%07d> "),
          numbered("<#C%07d> "));

  /** Each piece repeated, in a part of its own. */
  private static String shape(String... pieces) {
    return java.util.Arrays.stream(pieces)
        .map(piece -> piece.repeat(LENGTH / pieces.length / piece.length()))
        .collect(Collectors.joining());
  }

  private static String numbered(String form) {
    int count = LENGTH / form.formatted(0).length();
    return IntStream.range(0, count).mapToObj(form::formatted).collect(Collectors.joining());
  }

  @Test
  void ninePostsOfTheWorstMarkupOnSlackDelayNoAnswerOnIrc() throws Exception {
    try (Ngircd server = Ngircd.start();
        SlackDouble slack = SlackDouble.start();
        BotHome home = new BotHome(configuration(server, slack))) {
      slack.channel("owls").invitesBot();
      BotProcess bot = home.run().awaitReady();
      try (IrcWitness ann = IrcWitness.connect(server, "ann")) {
        ann.join(ROOM);
        SlackRoom room = slack.user("bob").in("owls");
        Asker asker = new Asker(ann);
        asker.whileNot(() -> asker.millis.size() >= LEAST_ASKED);
        List<Long> before = asker.taken();
        long read = 0;
        for (int round = 0; round < ROUNDS; round++) {
          read = Math.max(read, flood(slack, room, asker));
        }
        List<Long> during = asker.taken();
        room.says("!echo still here");
        room.expect("still here");
        Form.figures(
            "markup",
            "%d times nine posts of %d characters, read after at most %d ms; answers on IRC took at"
                    .formatted(ROUNDS, LENGTH, read)
                + " most %d ms of %d (%d ms of %d before)"
                    .formatted(
                        Collections.max(during),
                        during.size(),
                        Collections.max(before),
                        before.size()));
        assertThat(during).allMatch(millis -> millis <= LONGEST.toMillis());
        assertThat(bot.isRunning()).isTrue();
        assertThat(bot.log()).doesNotContain("could not be read");
      }
    }
  }

  /** Posts all at once, and asks on IRC until they have been read; returns how long that took. */
  private static long flood(SlackDouble slack, SlackRoom room, Asker asker) throws Exception {
    Map<String, Boolean> posts = new ConcurrentHashMap<>();
    long begin = System.nanoTime();
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      WORST.forEach(post -> people.execute(() -> posts.put(room.saysRaw(post), true)));
      asker.whileNot(() ->
          posts.size() == WORST.size()
              && posts.keySet().stream().allMatch(ts -> slack.isAcknowledged(room, ts)));
    }
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private static String configuration(Ngircd server, SlackDouble slack) {
    return BotHome.loadTest(
        BotHome.irc("net", server, "owl", ROOM) + SlackHome.account("work", slack, "burst = 0"),
        "echo");
  }

  /** Asks on IRC, one command after the other, and notes how long each answer took. */
  private static final class Asker {
    private final IrcWitness ann;
    private final List<Long> millis = new ArrayList<>();
    private int asked;

    Asker(IrcWitness ann) {
      this.ann = ann;
    }

    void whileNot(BooleanSupplier done) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      int first = asked;
      while (!done.getAsBoolean() || asked - first < LEAST_ASKED) {
        long begin = System.nanoTime();
        assertThat(begin).as("nanoseconds until all was read").isLessThan(end);
        ann.say(ROOM, "!echo number " + asked);
        ann.expect("PRIVMSG " + ROOM + " :number " + asked++ + "$", PATIENCE);
        millis.add((System.nanoTime() - begin) / 1_000_000);
      }
    }

    List<Long> taken() {
      List<Long> taken = List.copyOf(millis);
      millis.clear();
      return taken;
    }
  }
}

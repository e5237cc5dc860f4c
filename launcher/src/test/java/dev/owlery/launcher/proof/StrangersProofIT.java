package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.launcher.proof.LiveBots.Counted;
import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Strangers do not starve others: on real servers and at the pace that is the standard for IRC
 * (four lines, then one a second), sixty people who speak to the bot at once.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class StrangersProofIT {

  private static final int STRANGERS = 60;

  /** So many connect at once: ngircd has room for ten that it has not accepted yet. */
  private static final int AT_THE_DOOR = 8;

  private static final int QUESTIONS = 5;

  /** So much later than without the strangers: two lines at the standard pace, and a moment. */
  private static final long MOST_MILLIS_MORE = 2_100;

  /** Until what was said before no longer counts at the standard pace. */
  private static final Duration CALM = Duration.ofSeconds(8);

  @TempDir private Path folder;

  @Test
  void sixtyStrangersWhoSayHelloDoNotDelayAPerson() throws Exception {
    try (InspIrcd server = InspIrcd.startWithServices()) {
      delaysNobody(server, true, "hello");
    }
  }

  @Test
  void sixtyStrangersWhoCallCommandsDoNotDelayAPerson() throws Exception {
    try (InspIrcd server = InspIrcd.startWithServices()) {
      delaysNobody(server, true, "!echo hello");
    }
  }

  @Test
  void whereNobodyIsKnownSixtyWhoSayHelloDoNotDelayACommand() throws Exception {
    try (Ngircd server = Ngircd.startWithFloodPenalty()) {
      delaysNobody(server, false, "hello");
    }
  }

  private void delaysNobody(IrcServer server, boolean isRegistered, String line) throws Exception {
    List<IrcWitness> strangers = Collections.synchronizedList(new ArrayList<>());
    try (Counted owl = LiveBots.start(folder, "owl", irc(server), 0, false);
        IrcWitness ann = IrcWitness.connect(server, "ann")) {
      if (isRegistered) {
        ann.registerAccount("correct-horse");
      }
      List<Long> alone = delays(ann, "alone");
      Form.pause(CALM);
      try (ExecutorService threads = Executors.newFixedThreadPool(AT_THE_DOOR)) {
        for (int i = 0; i < STRANGERS; i++) {
          String nick = "stranger" + i;
          threads.execute(() -> strangers.add(IrcWitness.connect(server, nick)));
        }
      }
      assertThat(strangers).hasSize(STRANGERS);
      strangers.forEach(each -> each.say("owl", line));
      strangers.forEach(IrcWitness::settle);
      List<Long> delays = delays(ann, "answer");
      Form.figures(
          "strangers, " + line + ", " + server.getClass().getSimpleName(),
          delays + " ms; without them " + alone + " ms");
      for (int i = 0; i < QUESTIONS; i++) {
        assertThat(delays.get(i) - alone.get(i))
            .as("answer %d: %s, alone %s", i, delays, alone)
            .isLessThanOrEqualTo(MOST_MILLIS_MORE);
      }
      assertThat(owl.bot().engine().administration().deadLetters()).isEmpty();
    } finally {
      strangers.forEach(IrcWitness::close);
    }
  }

  /** How many milliseconds each answer takes. */
  private static List<Long> delays(IrcWitness person, String word) {
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      long asked = System.nanoTime();
      person.say("owl", "!echo " + word + " " + i);
      person.expect("PRIVMSG ann :" + word + " " + i);
      delays.add((System.nanoTime() - asked) / 1_000_000);
    }
    return delays;
  }

  private static String irc(IrcServer server) {
    return "protocol = irc, host = \"%s\", port = %d, tls = off, nick = owl"
        .formatted(server.host(), server.port());
  }
}

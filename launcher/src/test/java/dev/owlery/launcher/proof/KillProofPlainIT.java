package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The bot is killed on a server without history and without ids. What was said while it was away is
 * gone; what had reached it is not, and what it may have said twice it counts and logs.
 */
class KillProofPlainIT {
  private static final int KILLS = Form.of(3, 20);
  private static final int COMMANDS = Form.of(1_200, 20_000);
  private static final List<String> ROOMS = List.of("#one", "#two", "#three");

  private final Random random = Form.random();

  @Test
  @Timeout(600)
  void whatHadReachedTheBotIsAnsweredAndDoubtIsLogged() {
    try (Ngircd server = Ngircd.start();
        IrcWitness witness = IrcWitness.connect(server, "ann");
        BotHome home =
            new BotHome(
                BotHome.loadTest(
                    BotHome.irc("net", server, "owl", ROOMS.toArray(String[]::new)), "echo"))) {
      ROOMS.forEach(witness::join);
      Set<Integer> reached = new TreeSet<>();
      try (Speaker speaker = new Speaker(witness, ROOMS, "g", Form.of(300, 500))) {
        for (int kill = 1; kill <= KILLS; kill++) {
          BotProcess bot = home.run().awaitReady();
          speaker.allow(COMMANDS / (KILLS + 1));
          pause(100 + random.nextInt(1_000));
          bot.kill();
          reached.addAll(JournalView.numbers(home, speaker.mark()));
          pause(random.nextInt(500));
        }
        home.run().awaitReady();
        speaker.allow(COMMANDS - COMMANDS / (KILLS + 1) * KILLS);
        speaker.awaitSaid(Duration.ofMinutes(2));
        int last = speaker.said() - 1;
        IrcWitness.await(
            "the last answer",
            () -> witness.textsFrom("owl", speaker.room(last)).contains(speaker.text(last)));
        pause(2_000);
        judge(home, witness, speaker, reached);
      }
    }
  }

  private static void judge(
      BotHome home, IrcWitness witness, Speaker speaker, Set<Integer> reached) {
    Verdict verdict = Verdict.of(speaker, "owl", witness.settle());
    Set<Integer> unanswered = new HashSet<>();
    verdict.lost().forEach(fault -> unanswered.add(fault.number()));
    Set<Integer> lost = new TreeSet<>(reached);
    lost.retainAll(unanswered);
    int mostGaps = ROOMS.stream().mapToInt(room -> gaps(speaker, room, unanswered)).max().orElse(0);
    long logged = home.logs().lines().filter(line -> line.contains("maybe sent twice")).count();
    Form.figures(
        "kill -9 on ngircd",
        "%d kills, %d said, %d in the journal when killed: %d of these lost; %d unheard while away"
                .formatted(
                    KILLS, verdict.said(), reached.size(), lost.size(), verdict.lost().size())
            + " in %d gaps a room; %d out of order; %d doubled, %d logged as maybe sent twice"
                .formatted(mostGaps, verdict.late().size(), verdict.doubled().size(), logged));
    boolean clean =
        lost.isEmpty()
            && mostGaps <= KILLS
            && verdict.late().isEmpty()
            && verdict.doubled().size() <= logged;
    if (!clean) {
      home.keep("kill-plain");
    }
    assertThat(lost).as("recorded by the bot and never answered").isEmpty();
    assertThat(mostGaps)
        .as(() ->
            "more gaps than absences: lost though the bot was there\n"
                + verdict.forensics(speaker, "owl", witness.lines()))
        .isLessThanOrEqualTo(KILLS);
    assertThat(verdict.late()).as("out of order").isEmpty();
    assertThat((long) verdict.doubled().size()).isLessThanOrEqualTo(logged);
  }

  /** How often a room's answers leave something out. */
  private static int gaps(Speaker speaker, String room, Set<Integer> unanswered) {
    int gaps = 0;
    boolean in = false;
    for (int number : speaker.numbers(room)) {
      boolean missing = unanswered.contains(number);
      if (missing && !in) {
        gaps++;
      }
      in = missing;
    }
    return gaps;
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}

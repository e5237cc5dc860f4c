package dev.owlery.plugins.pipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.plugins.pipes.PipesSettings.PipeFormat;
import dev.owlery.plugins.pipes.PipesSettings.Piped;
import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.FakeUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One sender, or a crowd of strangers, does not take a pipe away from the others. */
@Timeout(60)
class PipeFairnessTest {

  private static final int WAITING = 64;
  private static final int LINES = 3_000;

  /** Reads one line, and no further until there is a file. */
  private static final String HELD =
      "while read -r line; do echo \"got $line\"; while [ ! -e go ]; do sleep 0.1; done; done";

  @TempDir private Path folder;
  @TempDir private Path data;

  private BotScenario bot(int waiting) {
    Piped piped =
        new Piped(
            List.of("/bin/sh", "-c", HELD),
            PipeFormat.TEXT,
            List.of("*"),
            Optional.empty(),
            Optional.of(folder),
            Map.of(),
            Duration.ofSeconds(30),
            Optional.empty(),
            1,
            100_000,
            8_000,
            waiting);
    return BotScenario.with(PipesPlugin.class)
        .settings(new PipesSettings(Map.of("it", piped)))
        .grant("everyone", "view", "pipes.manage")
        .sqlite(data)
        .start();
  }

  private void go() throws IOException {
    Files.createFile(folder.resolve("go"));
  }

  private static List<String> said(BotScenario bot) {
    return bot.network().heard().stream()
        .map(heard -> heard.action() instanceof Say say ? say.content().plain() : "")
        .toList();
  }

  private static Stream<String> refusals(BotScenario bot) {
    return said(bot).stream().filter(line -> line.contains("it is behind"));
  }

  private static List<String> awaitAnswer(BotScenario bot, String answer) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!said(bot).contains(answer) && System.nanoTime() < end) {
      LockSupport.parkNanos(20_000_000);
    }
    return said(bot).stream().filter(line -> line.startsWith("got ")).toList();
  }

  @Test
  void someone_who_sends_three_thousand_lines_leaves_room_for_another_whose_turn_comes_next()
      throws IOException {
    try (BotScenario bot = bot(WAITING)) {
      FakeUser mallory = bot.user("mallory").verifiedAs("mallory");
      for (int i = 0; i < LINES; i++) {
        mallory.in("#dev").says("m" + i);
      }
      bot.user("ann").verifiedAs("ann").in("#dev").says("please");
      bot.settle();
      assertThat(refusals(bot))
          .containsExactly(
              "mallory: it is behind and has not got your message, nor will it get the next ones."
                  + " Send it again in a few minutes.");
      go();
      assertThat(awaitAnswer(bot, "got please").indexOf("got please")).isBetween(0, 3);
    }
  }

  @Test
  void what_one_sender_says_stays_in_order() throws IOException {
    try (BotScenario bot = bot(WAITING)) {
      bot.user("ann").verifiedAs("ann").in("#dev").says("a0");
      bot.user("ann").verifiedAs("ann").in("#dev").says("a1");
      bot.user("bob").in("#dev").says("b0");
      bot.user("ann").verifiedAs("ann").in("#dev").says("a2");
      bot.settle();
      go();
      assertThat(awaitAnswer(bot, "got a2").stream().filter(line -> line.startsWith("got a")))
          .containsExactly("got a0", "got a1", "got a2");
    }
  }

  @Test
  void strangers_by_the_thousand_leave_room_for_a_person_known_to_the_network_whose_turn_is_next()
      throws IOException {
    try (BotScenario bot = bot(WAITING)) {
      for (int i = 0; i < LINES; i++) {
        bot.user("nick" + i).in("#dev").says("m" + i);
      }
      bot.user("ann").verifiedAs("ann").in("#dev").says("please");
      bot.settle();
      go();
      assertThat(awaitAnswer(bot, "got please").indexOf("got please")).isBetween(0, 2);
    }
  }

  @Test
  void shares_are_kept_over_a_restart() throws IOException {
    try (BotScenario bot = bot(WAITING)) {
      FakeUser mallory = bot.user("mallory").verifiedAs("mallory");
      for (int i = 0; i < WAITING; i++) {
        mallory.in("#dev").says("m" + i);
      }
      bot.settle();
      bot.restart();
      bot.user("ann").verifiedAs("ann").in("#dev").says("please");
      bot.settle();
      go();
      assertThat(awaitAnswer(bot, "got please").indexOf("got please")).isBetween(0, 4);
    }
  }

  @Test
  void who_was_refused_is_told_again_only_when_the_pipe_has_caught_up_meanwhile()
      throws IOException {
    try (BotScenario bot = bot(8)) {
      FakeUser ann = bot.user("ann").verifiedAs("ann");
      for (int i = 0; i < 20; i++) {
        ann.tells("m" + i);
      }
      bot.settle();
      assertThat(refusals(bot)).hasSize(1);
      go();
      assertThat(awaitAnswer(bot, "got m5")).contains("got m5");
      ann.tells("again");
      assertThat(awaitAnswer(bot, "got again")).contains("got again");
      Files.delete(folder.resolve("go"));
      for (int i = 0; i < 20; i++) {
        ann.tells("n" + i);
      }
      bot.settle();
      assertThat(refusals(bot)).hasSize(2);
      go();
    }
  }
}

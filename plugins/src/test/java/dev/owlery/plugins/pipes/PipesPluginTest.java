package dev.owlery.plugins.pipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.plugins.pipes.PipesSettings.PipeFormat;
import dev.owlery.plugins.pipes.PipesSettings.Piped;
import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.BotScenarioBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs as plugins: what they read, what they may say, and what becomes of it when they fail.
 */
@Timeout(60)
class PipesPluginTest {

  private static final int FAST = 100_000;

  @TempDir private Path folder;
  @TempDir private Path data;

  private Piped piped(String script, PipeFormat form, Optional<String> to, Duration patience) {
    return piped(script, form, to, patience, 10);
  }

  private Piped piped(
      String script, PipeFormat form, Optional<String> to, Duration patience, int answers) {
    return new Piped(
        List.of("/bin/sh", "-c", script),
        form,
        List.of("here/#dev"),
        to,
        Optional.of(folder),
        Map.of("COLOUR", "red"),
        patience,
        Optional.empty(),
        answers,
        FAST,
        8_000,
        1_000);
  }

  private BotScenarioBuilder bot(Piped piped) {
    return BotScenario.with(PipesPlugin.class)
        .settings(new PipesSettings(Map.of("it", piped)))
        .grant("everyone", "view", "pipes.manage")
        .sqlite(data);
  }

  private static List<String> awaitSaid(BotScenario bot, Predicate<List<String>> enough) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    List<String> said = List.of();
    while (!enough.test(said) && System.nanoTime() < end) {
      LockSupport.parkNanos(20_000_000);
      said =
          bot.network().heard().stream()
              .filter(heard -> heard.action() instanceof Say)
              .map(heard -> ((Say) heard.action()).content().plain())
              .toList();
    }
    return said;
  }

  @Test
  void lines_go_in_and_lines_come_out() {
    String shout =
        "while read -r line; do echo \"$line\" | tr a-z A-Z; echo \"$COLOUR $HOME_OF\"; done";
    try (BotScenario bot =
        bot(piped(shout, PipeFormat.TEXT, Optional.empty(), Duration.ofSeconds(5))).start()) {
      bot.user("ann").in("#dev").says("hello\nthere");
      bot.expect("#dev").says("HELLO THERE", "red ");
      bot.user("ann").in("#other").says("not here");
      bot.expect("#other").nothing();
      bot.user("ann").in("#dev").says("!pipe list");
      bot.expect("#dev").saysLike("it runs as process \\d+.*");
    }
  }

  @Test
  void objects_go_in_and_objects_come_out() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("bot.py"),
            """
            import json, sys
            print("this is no JSON", flush=True)
            for line in sys.stdin:
                event = json.loads(line)
                who = event["sender"]["name"]
                print(json.dumps({"say": who + " said " + event["text"]}))
                print(json.dumps({"say": "no", "where": "here/#elsewhere"}))
                print(json.dumps({"publish": "seen", "key": event["id"], "title": event["where"]}))
                print(json.dumps({"done": event["id"]}), flush=True)
            """);
    Piped piped =
        new Piped(
            List.of("/usr/bin/python3", script.toString()),
            PipeFormat.EVENTS,
            List.of("here/#dev"),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Duration.ofSeconds(20),
            Optional.empty(),
            10,
            FAST,
            8_000,
            1_000);
    try (BotScenario bot = bot(piped).topic("seen", "here/#log").start()) {
      bot.user("ann").in("#dev").says("hi");
      bot.expect("#dev").says("ann said hi");
      bot.expect("#log").says("here/#dev");
      bot.expect("#elsewhere").nothing();
    }
  }

  @Test
  void an_answer_in_a_room_is_no_command_to_other_programs() {
    String echo = "while read -r line; do echo \"$line\"; done";
    try (BotScenario bot =
        bot(piped(echo, PipeFormat.TEXT, Optional.empty(), Duration.ofSeconds(5))).start()) {
      bot.user("mal").in("#dev").says("?op mal");
      bot.expect("#dev").says("mal: ?op mal");
      bot.user("mal").in("#dev").says("hello");
      bot.expect("#dev").says("hello");
    }
  }

  @Test
  void a_program_speaks_of_its_own_accord_where_it_may() {
    String clock = "echo tick; while read -r line; do echo got; done";
    try (BotScenario bot =
        bot(piped(clock, PipeFormat.TEXT, Optional.of("here/#ops"), Duration.ofSeconds(5)))
            .start()) {
      bot.expect("#ops").says("tick");
    }
  }

  @Test
  void a_program_that_dies_every_fifty_messages_loses_none() {
    int count = 400;
    String dying =
        "n=0; while read -r line; do echo \"got $line\"; n=$((n+1)); [ $n -lt 50 ] || exit 3; done";
    try (BotScenario bot =
        bot(piped(dying, PipeFormat.TEXT, Optional.empty(), Duration.ofSeconds(5), 1)).start()) {
      for (int i = 0; i < count; i++) {
        bot.user("ann").in("#dev").says("m" + i);
        if (i == count / 2) {
          bot.network().recording().toCompletableFuture().join();
          bot.crash();
        }
      }
      List<String> expected = IntStream.range(0, count).mapToObj(i -> "got m" + i).toList();
      assertThat(awaitSaid(bot, said -> said.size() >= count)).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void a_program_that_hangs_is_started_again_and_its_message_put_aside() {
    String hanging =
        "while read -r line; do case $line in hang) sleep 60 & wait;; *) echo \"got $line\";; esac; done";
    try (BotScenario bot =
        bot(piped(hanging, PipeFormat.TEXT, Optional.empty(), Duration.ofMillis(800))).start()) {
      bot.user("ann").in("#dev").says("a");
      bot.user("ann").in("#dev").says("hang");
      bot.user("ann").in("#dev").says("b");
      assertThat(awaitSaid(bot, said -> said.size() >= 2)).containsExactly("got a", "got b");
      bot.user("ann").in("#other").says("!pipe list");
      bot.expect("#other").saysWith("1 put aside");
      bot.user("ann").in("#other").says("!pipe retry it");
      bot.expect("#other").says("1 message is tried again.");
    }
  }

  @Test
  void a_program_that_floods_is_contained() {
    String flooding = "yes flood & while read -r line; do echo \"got $line\"; done";
    try (BotScenario bot =
        bot(piped(flooding, PipeFormat.TEXT, Optional.empty(), Duration.ofSeconds(2))).start()) {
      for (int i = 0; i < 5; i++) {
        bot.user("ann").in("#dev").says("m" + i);
      }
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(50_000_000);
      }
      assertThat(awaitSaid(bot, said -> true)).hasSizeLessThanOrEqualTo(5 * 10);
      bot.user("ann").in("#other").says("!pipe list");
      bot.expect("#other").saysWith("it runs as process");
    }
  }

  @Test
  void nothing_of_a_program_is_left_behind() throws Exception {
    String stubborn =
        "trap '' TERM; sleep 300 & echo $! > pids; echo $$ >> pids; while true; do read -r line || sleep 1; done";
    try (BotScenario bot =
        bot(piped(stubborn, PipeFormat.TEXT, Optional.of("here/#ops"), Duration.ofSeconds(5)))
            .start()) {
      assertThat(bot.commands()).isNotEmpty();
      long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (!(Files.exists(folder.resolve("pids"))
              && Files.readAllLines(folder.resolve("pids")).size() == 2)
          && System.nanoTime() < end) {
        LockSupport.parkNanos(10_000_000);
      }
    }
    for (String pid : Files.readAllLines(folder.resolve("pids"))) {
      long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (isAlive(pid) && System.nanoTime() < end) {
        LockSupport.parkNanos(10_000_000);
      }
      assertThat(isAlive(pid)).as(pid).isFalse();
    }
  }

  private static boolean isAlive(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent();
  }
}

package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.plugin.Plugin;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Ten thousand people have been asked something, each in a conversation of their own. */
@Timeout(120)
@Isolated("measures memory and times")
final class ManyQuestionsTest {

  private static final int MANY = 10_000;
  private static final Duration ASK = Duration.ofMinutes(2);

  /** For the engine and this test's network together. */
  private static final long MOST_BYTES_EACH = 24_000;

  private static final int MOST_THREADS_MORE = 20;
  private static final long MOST_MILLIS = 2_000;

  /** Asks, or answers at once. */
  static final class QuestionsPlugin implements Plugin {
    @Command("color")
    @Permission("view")
    public String color(CommandCall call) {
      return "so " + call.ask("Which one?");
    }

    @Command("quick")
    @Permission("view")
    public String quick() {
      return "here";
    }
  }

  @Test
  void othersAreAnsweredMeanwhileAndEveryQuestionEnds() {
    try (BotScenario bot = BotScenario.with(QuestionsPlugin.class).patience(ASK).start()) {
      bot.user("ann").tells("!quick");
      bot.expect("ann").says("here");
      long bytes = usedBytes();
      int threads = threads();
      for (int i = 0; i < MANY; i++) {
        bot.user("user" + i).tells("!color");
      }
      await(() -> bot.network().heard().size() > MANY, "to ask everybody");

      long bytesEach = (usedBytes() - bytes) / MANY;
      int threadsMore = threads() - threads;
      long slowest = 0;
      for (int i = 0; i < 20; i++) {
        long asked = System.nanoTime();
        int before = bot.network().heard().size();
        bot.user("ann").tells("!quick");
        await(() -> bot.network().heard().size() > before, "to answer beside the questions");
        slowest = Math.max(slowest, (System.nanoTime() - asked) / 1_000_000);
      }
      System.out.printf(
          "[questions] %d wait: %d bytes each, %d threads more, slowest answer to others %d ms%n",
          MANY, bytesEach, threadsMore, slowest);
      assertThat(bytesEach).isLessThan(MOST_BYTES_EACH);
      assertThat(threadsMore).isLessThan(MOST_THREADS_MORE);
      assertThat(slowest).isLessThan(MOST_MILLIS);

      int before = bot.network().heard().size();
      for (int i = 0; i < MANY / 2; i++) {
        bot.user("user" + i).tells("blue");
      }
      await(() -> bot.network().heard().size() >= before + MANY / 2, "to take the answers");
      assertThat(texts(bot)).filteredOn("so blue"::equals).hasSize(MANY / 2);

      bot.clock().turn(ASK.plusSeconds(1));
      await(() -> bot.network().heard().size() >= before + MANY, "to let the others expire");
      assertThat(texts(bot))
          .filteredOn(text -> text.equals("Cancelled: there was no answer within 2m."))
          .hasSize(MANY / 2);
      assertThat(bot.administration().health().incidents()).isZero();
    }
  }

  private static List<String> texts(BotScenario bot) {
    return bot.network().heard().stream()
        .map(FakeNetwork.PerformedAction::action)
        .filter(Say.class::isInstance)
        .map(action -> ((Say) action).content().plain())
        .toList();
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Of the platform; virtual ones are not counted. */
  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it takes too long " + what).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}

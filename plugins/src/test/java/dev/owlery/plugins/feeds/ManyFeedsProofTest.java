package dev.owlery.plugins.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.testkit.BotScenario;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two thousand feeds (fewer in the short form) are followed at a time, every tenth of them no feed
 * at all: what is new in the others is told once each, over a crash too, in bounded time and
 * memory.
 */
@Tag("proof")
@Timeout(300)
class ManyFeedsProofTest {

  private static final boolean FULL = "full".equals(System.getProperty("owlery.proof"));
  private static final int FEEDS = FULL ? 2_000 : 60;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(FULL ? 200 : 60);

  @TempDir private Path folder;

  private static boolean isBad(int number) {
    return number % 10 == 0;
  }

  private static FeedsSettings settings(FeedServer server) {
    Map<String, FeedsSettings.FeedSource> feeds = new LinkedHashMap<>();
    for (int i = 0; i < FEEDS; i++) {
      String url = server.url("/" + i);
      feeds.put(
          "f" + i,
          new FeedsSettings.FeedSource(url, Optional.of("news"), Optional.of(HOUR), false));
    }
    return new FeedsSettings(
        feeds,
        HOUR,
        "{feed}: {title}",
        0,
        3,
        Duration.ofSeconds(20),
        100_000,
        4,
        FEEDS,
        List.of("127.0.0.1"));
  }

  private static void awaitAsked(FeedServer server, int count) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (server.asked().size() < count && System.nanoTime() < end) {
      LockSupport.parkNanos(20_000_000);
    }
    assertThat(server.asked().size()).isGreaterThanOrEqualTo(count);
  }

  private static List<String> awaitTold(BotScenario bot, int count) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<String> told = new ArrayList<>();
    while (told.size() < count && System.nanoTime() < end) {
      LockSupport.parkNanos(50_000_000);
      told.clear();
      bot.network().heard().stream()
          .filter(heard -> heard.action() instanceof Say)
          .map(heard -> ((Say) heard.action()).content().plain())
          .forEach(text -> told.add(text.lines().findFirst().orElse("")));
    }
    return told;
  }

  private static long live() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void what_is_new_in_many_feeds_is_told_once() {
    try (FeedServer server = new FeedServer("127.0.0.1")) {
      FeedMaker maker = new FeedMaker(20_261_122);
      for (int i = 0; i < FEEDS; i++) {
        FeedMaker.Made made = maker.next();
        byte[] body = isBad(i) ? bytes("<html>" + i) : made.body().toByteArray();
        server.page("/" + i, isBad(i) ? "text/html" : made.type(), body);
      }
      long before = live();
      long start = System.nanoTime();
      try (BotScenario bot =
          BotScenario.with(FeedsPlugin.class)
              .settings(settings(server))
              .topic("news", "here/#dev")
              .sqlite(folder)
              .start()) {
        awaitAsked(server, FEEDS);
        bot.settle();
        long first = System.nanoTime() - start;
        for (int i = 0; i < FEEDS; i++) {
          if (!isBad(i)) {
            server.page("/" + i, "application/rss+xml", bytes(fresh(i)));
          }
        }
        bot.turn(HOUR);
        awaitTold(bot, FEEDS / 3);
        bot.crash();
        List<String> expected =
            IntStream.range(0, FEEDS)
                .filter(i -> !isBad(i))
                .mapToObj(i -> "f" + i + ": new in " + i)
                .toList();
        List<String> told = awaitTold(bot, expected.size());
        assertThat(told).hasSameSizeAs(expected);
        int asked = server.asked().size();
        bot.turn(HOUR);
        awaitAsked(server, asked + FEEDS / 2);
        told = awaitTold(bot, expected.size());
        long grown = (live() - before) >> 20;
        System.out.printf(
            "[proof] feeds: %d followed, first looks in %d ms, %d of %d told once, live memory"
                + " %+d MiB%n",
            FEEDS, first / 1_000_000, told.size(), expected.size(), grown);
        assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(grown).isLessThan(FULL ? 200 : 64);
      }
    }
  }

  private static String fresh(int number) {
    return "<rss version='2.0'><channel><title>N</title><item><title>new in "
        + number
        + "</title><guid>fresh-"
        + number
        + "</guid></item></channel></rss>";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

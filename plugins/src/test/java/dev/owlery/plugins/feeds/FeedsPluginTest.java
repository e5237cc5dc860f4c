package dev.owlery.plugins.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.BotScenarioBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries are told once, whatever happens; feeds are asked politely. */
class FeedsPluginTest {

  private static final Duration QUARTER = Duration.ofMinutes(15);

  @TempDir private Path folder;

  private static byte[] rss(String... titles) {
    return Stream.of(titles)
        .map(title ->
            "<item><title>%s</title><link>https://n.example/%s</link></item>"
                .formatted(title, title.split(" ", 2)[0]))
        .collect(
            Collectors.joining(
                "", "<rss version='2.0'><channel><title>News</title>", "</channel></rss>"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static FeedsSettings settings(Map<String, FeedsSettings.FeedSource> feeds) {
    return new FeedsSettings(
        feeds,
        QUARTER,
        "{feed}: {title}",
        0,
        3,
        Duration.ofSeconds(5),
        100_000,
        4,
        10,
        List.of("127.0.0.1"));
  }

  private static BotScenarioBuilder bot(FeedServer server, boolean announceFirst) {
    var source =
        new FeedsSettings.FeedSource(
            server.url("/n"), Optional.empty(), Optional.empty(), announceFirst);
    return BotScenario.with(FeedsPlugin.class)
        .settings(settings(Map.of("news", source)))
        .grant("everyone", "view", "feeds.*")
        .topic("feeds.*", "here/#dev");
  }

  @Test
  void what_is_there_at_first_is_passed_over_and_then_each_entry_comes_once_and_in_order() {
    try (FeedServer server = new FeedServer("127.0.0.1").page("/n", "", rss("b", "a"));
        BotScenario bot = bot(server, false).sqlite(folder).start()) {
      bot.expect("#dev").nothing();
      server.page("/n", "", rss("d", "c", "b", "a"));
      bot.turn(QUARTER);
      bot.expect("#dev").says("news: c\nhttps://n.example/c", "news: d\nhttps://n.example/d");
      bot.crash();
      bot.turn(QUARTER);
      server.page("/n", "", rss("d edited", "c", "b", "a"));
      bot.turn(QUARTER);
      bot.restart();
      server.page("/n", "", rss("e", "a"));
      bot.turn(QUARTER);
      bot.expect("#dev").says("news: e\nhttps://n.example/e");
      server.page("/n", "", rss("e", "b", "a"));
      bot.turn(QUARTER);
      bot.expect("#dev").nothing();
    }
  }

  @Test
  void who_asks_gets_what_is_there_at_first_and_many_are_folded() {
    try (FeedServer server = new FeedServer("127.0.0.1").page("/n", "", rss("c", "b", "a"));
        BotScenario bot = bot(server, true).start()) {
      bot.expect("#dev")
          .says(
              "news: a\nhttps://n.example/a",
              "news: b\nhttps://n.example/b",
              "news: c\nhttps://n.example/c");
      server.page("/n", "", rss("h", "g", "f", "e", "d"));
      bot.turn(QUARTER);
      bot.expect("#dev")
          .saysWith("2 older new entries")
          .says(
              "news: f\nhttps://n.example/f",
              "news: g\nhttps://n.example/g",
              "news: h\nhttps://n.example/h")
          .nothing();
    }
  }

  @Test
  void a_server_is_asked_only_for_what_is_new() {
    try (FeedServer server = new FeedServer("127.0.0.1")) {
      AtomicInteger unchanged = new AtomicInteger();
      server.page(
          "/n",
          exchange -> {
            if ("\"one\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))
                && "Tue, 01 Dec 2026 10:00:00 GMT"
                    .equals(exchange.getRequestHeaders().getFirst("If-Modified-Since"))) {
              unchanged.incrementAndGet();
              exchange.sendResponseHeaders(304, -1);
              return;
            }
            exchange.getResponseHeaders().set("ETag", "\"one\"");
            exchange.getResponseHeaders().set("Last-Modified", "Tue, 01 Dec 2026 10:00:00 GMT");
            byte[] body = rss("a");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          });
      try (BotScenario bot = bot(server, false).start()) {
        bot.turn(QUARTER);
        bot.restart();
        bot.turn(QUARTER);
        bot.expect("#dev").nothing();
        assertThat(unchanged.get()).isEqualTo(2);
      }
    }
  }

  @Test
  void after_failures_the_pauses_grow_and_retry_after_is_obeyed() {
    try (FeedServer server = new FeedServer("127.0.0.1");
        BotScenario bot = bot(server, false).start()) {
      bot.settle();
      assertThat(server.asked()).hasSize(1);
      bot.turn(QUARTER);
      assertThat(server.asked()).hasSize(2);
      bot.turn(QUARTER);
      assertThat(server.asked()).hasSize(2);
      server.page(
          "/n",
          exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "36000");
            exchange.sendResponseHeaders(503, -1);
          });
      bot.turn(QUARTER);
      assertThat(server.asked()).hasSize(3);
      bot.turn(Duration.ofHours(9));
      assertThat(server.asked()).hasSize(3);
      bot.user("ann").in("#dev").says("!feed list");
      bot.expect("#dev").saysWith("news on feeds.news", "the server says 503, 3 times in a row");
      server.page("/n", "", rss("a"));
      bot.turn(Duration.ofHours(1));
      bot.user("ann").in("#dev").says("!feed list");
      bot.expect("#dev").saysWith("(fine)");
    }
  }

  @Test
  void feeds_are_added_and_removed_in_chat() {
    try (FeedServer server = new FeedServer("127.0.0.1").page("/x", "", rss("a"));
        BotScenario bot =
            BotScenario.with(FeedsPlugin.class)
                .settings(settings(Map.of()))
                .grant("everyone", "view", "feeds.*")
                .start()) {
      var ann = bot.user("ann").in("#dev");
      ann.says("!feed test " + server.url("/x"));
      bot.expect("#dev").says("News, 1 entry\na https://n.example/a");
      ann.says("!feed test http://127.0.0.2/");
      bot.expect("#dev").saysWith("its address is not public");
      ann.says("!feed add x http://user:secret@127.0.0.1/");
      bot.expect("#dev").saysWith("without a user's name in it");
      ann.says("!feed add x " + server.url("/nothing"));
      bot.expect("#dev").saysWith("the server says 404");
      ann.says("!feed add x " + server.url("/x") + " --all");
      bot.expect("#dev").saysWith("From now on I tell here what is new in x (News, 1 entry).");
      bot.turn(Duration.ofSeconds(2));
      bot.expect("#dev").says("x: a\nhttps://n.example/a");
      bot.restart();
      server.page("/x", "", rss("b", "a"));
      bot.turn(QUARTER);
      bot.expect("#dev").says("x: b\nhttps://n.example/b");
      ann.says("!feed remove x");
      bot.expect("#dev").says("I follow x no more.");
      server.page("/x", "", rss("c"));
      bot.turn(QUARTER);
      ann.says("!feed list");
      bot.expect("#dev").says("none");
    }
  }

  private static byte[] status(String... titles) {
    return Stream.of(titles)
        .map("<item><title>%s</title><link>https://status.example/</link></item>"::formatted)
        .collect(
            Collectors.joining(
                "", "<rss version='2.0'><channel><title>News</title>", "</channel></rss>"))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A link that the document itself gives to two entries tells nothing apart, then and later. */
  @Test
  void entriesThatShareALinkOrAGuidAreToldEach() {
    try (FeedServer server = new FeedServer("127.0.0.1").page("/n", "", status("one"));
        BotScenario bot = bot(server, false).sqlite(folder).start()) {
      bot.expect("#dev").nothing();
      server.page("/n", "", status("two", "one"));
      bot.turn(QUARTER);
      bot.expect("#dev").says("news: two\nhttps://status.example/");
      server.page("/n", "", status("three"));
      bot.turn(QUARTER);
      bot.restart();
      bot.turn(QUARTER);
      bot.expect("#dev").says("news: three\nhttps://status.example/").nothing();
      server.page("/n", "", status("three", "two", "one"));
      bot.turn(QUARTER);
      bot.expect("#dev").nothing();
    }
  }

  @Test
  void aDateSaysWhenToAskAgain() {
    try (FeedServer server = new FeedServer("127.0.0.1").page("/n", "", rss("a"));
        BotScenario bot = bot(server, false).start()) {
      bot.expect("#dev").nothing();
      String later =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              bot.clock().now().plus(Duration.ofHours(3)).atOffset(ZoneOffset.UTC));
      server.page(
          "/n",
          exchange -> {
            exchange.getResponseHeaders().set("Retry-After", later);
            exchange.sendResponseHeaders(503, -1);
          });
      bot.turn(QUARTER);
      int asked = server.asked().size();
      bot.turn(Duration.ofHours(2));
      assertThat(server.asked()).hasSize(asked);
      server.page("/n", "", rss("b", "a"));
      bot.turn(Duration.ofHours(1));
      bot.expect("#dev").says("news: b\nhttps://n.example/b");
    }
  }
}

package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.action.PublishItem;
import dev.owlery.api.action.Say;
import dev.owlery.api.content.Item;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.content.Text;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published reaches everybody once, in order, whatever happens. */
final class TopicsTest {

  @TempDir private Path folder;

  private static BotScenarioBuilder gazette() {
    return BotScenario.with(GazettePlugin.class);
  }

  private static List<String> saidIn(BotScenario bot, FakeNetwork network, String room) {
    bot.settle();
    return network.heard().stream()
        .filter(heard -> heard.action().where().equals(network.conversation(room)))
        .map(heard -> ((Say) heard.action()).content().plain())
        .toList();
  }

  @Test
  void listenersGetWhatTheirPatternMeans() {
    try (BotScenario bot = gazette().start()) {
      bot.user("ann").in("#dev").says("!post grh.staff k1 Robin joins");
      bot.expect("#log").says("grh.staff Robin joins");
      bot.expect("#staff").says("k1");
      bot.user("ann").in("#dev").says("!post grh.other k1 same key, other topic");
      bot.expect("#log").says("grh.other same key, other topic");
      bot.user("ann").in("#dev").says("!post grh.a.b k1 deeper");
      bot.user("ann").in("#dev").says("!post other k1 elsewhere");
      bot.expect("#log").nothing();
    }
  }

  @Test
  void itemsOfOneKeyAreOne() {
    try (BotScenario bot = gazette().start()) {
      bot.user("ann").in("#dev").says("twice now");
      bot.user("ann").in("#dev").says("!post grh.a same a third time");
      assertThat(saidIn(bot, bot.network(), "#log")).containsExactly("grh.a twice now");
    }
  }

  @Test
  void aHandlerThatFailsHasPublishedNothing() {
    try (BotScenario bot = gazette().start()) {
      bot.user("ann").in("#dev").says("fail now");
      bot.expect("#log").nothing();
    }
  }

  @Test
  void aListenerThatFailsSaysNothingAndHindersNobody() {
    try (BotScenario bot = gazette().topic("**", "here/#all").start()) {
      bot.user("ann").in("#dev").says("!post grh.staff k1 poison");
      bot.expect("#staff").says("k1");
      bot.expect("#all").says("poison");
      bot.expect("#log").nothing();
    }
  }

  @Test
  void theInternalAccountIsSeenNowhere() {
    try (BotScenario bot = gazette().start()) {
      assertThat(bot.bot().accounts()).hasSize(1);
      assertThat(bot.administration().accounts()).hasSize(1);
    }
  }

  @Test
  void routesTellOnSeveralNetworksAndWaitForThoseThatAreAway() {
    try (BotScenario bot =
        gazette().accounts("here", "work").topic("staff", "here/#a", "work/#b").start()) {
      bot.network("work").goesOffline();
      bot.user("ann").in("#dev").says("!post staff k1 Robin joins");
      bot.expect("#a").says("Robin joins");
      bot.network("work").comesBack();
      bot.expect("work/#b").says("Robin joins");
      assertThat(saidIn(bot, bot.network("here"), "#a")).containsExactly("Robin joins");
    }
  }

  @Test
  void anItemIsToldWhole() {
    Item item =
        new Item(
            "k",
            "Disk full",
            Text.plain("on db1"),
            Optional.of(URI.create("https://example.org/1")),
            Map.of("free", "0 %", "age", "1\nfake: 2"),
            Severity.CRITICAL);
    try (BotScenario bot = gazette().topic("ops", "here/#ops").start()) {
      bot.network().publishes("ops", item);
      bot.expect("#ops").nothing();
      bot.network().carries("ops").publishes("ops", item);
      bot.expect("#ops")
          .says("CRITICAL: Disk full\non db1\nage: 1 fake: 2\nfree: 0 %\nhttps://example.org/1");
    }
  }

  @Test
  void whatANetworkBringsIsTheSameItemAsOurOwn() {
    try (BotScenario bot =
        gazette()
            .accounts("here", "work")
            .network(network -> network.carries("grh.staff"))
            .start()) {
      bot.user("ann").in("#dev").says("!post grh.staff k1 Robin joins");
      bot.settle();
      bot.network("work").publishes("grh.staff", Item.of("k1", "Robin joins"));
      bot.network("work").publishes("grh.staff", Item.of("k2", "Kim joins"));
      bot.network("here").publishes("grh.staff", Item.of("k2", "Kim joins"));

      assertThat(saidIn(bot, bot.network("here"), "#staff")).containsExactly("k1", "k2");
      for (String network : List.of("here", "work")) {
        assertThat(
                bot.network(network).heard().stream()
                    .filter(heard -> heard.action() instanceof PublishItem))
            .as("published on " + network)
            .hasSize(1);
      }
    }
  }

  @Test
  void aNetworkThatIsAwayGetsItLater() {
    try (BotScenario bot =
        gazette().accounts("here", "work").network(each -> each.carries("grh.staff")).start()) {
      bot.network("work").goesOffline();
      bot.user("ann").in("#dev").says("!post grh.staff k1 Robin joins");
      bot.expect("#staff").says("k1");
      assertThat(bot.network("work").heard()).isEmpty();

      bot.network("work").comesBack();
      bot.settle();
      assertThat(bot.network("work").heard())
          .singleElement()
          .satisfies(heard -> assertThat(heard.action()).isInstanceOf(PublishItem.class));
    }
  }

  @Test
  void afterAnUnloadNobodyListens() {
    try (BotScenario bot = gazette().topic("grh.staff", "here/#all").start()) {
      bot.administration().unload("gazette");
      bot.network().carries("grh.staff").publishes("grh.staff", Item.of("k1", "Robin joins"));
      bot.expect("#all").says("Robin joins");
      bot.expect("#log").nothing();
    }
  }

  @Test
  void theOrderOfATopicIsKeptOverCrashesAndNothingIsLostOrDoubled() {
    try (BotScenario bot =
        gazette()
            .accounts("here", "work")
            .topic("grh.*", "here/#all", "work/#all")
            .sqlite(folder)
            .start()) {
      List<String> titles = IntStream.range(0, 200).mapToObj(i -> "n" + i).toList();
      for (int i = 0; i < titles.size(); i++) {
        bot.user("ann").in("#dev").says("!post grh.a k" + i + " " + titles.get(i));
        if (i % 50 == 49) { // four times: what has been under way at five crashes is given up
          bot.network().recording().toCompletableFuture().join();
          bot.crash();
        }
      }
      assertThat(saidIn(bot, bot.network("here"), "#all")).containsExactlyElementsOf(titles);
      assertThat(saidIn(bot, bot.network("work"), "#all")).containsExactlyElementsOf(titles);
      assertThat(saidIn(bot, bot.network("here"), "#log"))
          .containsExactlyElementsOf(titles.stream().map(title -> "grh.a " + title).toList());
    }
  }

  @Test
  void aHostileTitleIsOneLine() {
    try (BotScenario bot = gazette().topic("grh.a", "here/#all").start()) {
      bot.network()
          .carries("grh.a")
          .publishes(
              "grh.a",
              Item.of("k" + "x".repeat(5000), "a\r\nQUIT\u0000\u2028b\u001b[2J <!channel>"));
      bot.expect("#all").says("a QUIT b [2J <!channel>");
      bot.network().publishes("grh.a", Item.of("k2", "\u0000"));
      bot.expect("#all").says("(nothing)");
    }
  }

  @Test
  void whatIsNoItemIsRefused() {
    assertThatThrownBy(() -> publish("Staff", Item.of("k", "t")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a topic is written like");
    assertThatThrownBy(() -> publish("staff", Item.of(" ", "t")))
        .hasMessageContaining("an item has a key and a title");
    assertThatThrownBy(() -> publish("staff", Item.of("k", "t".repeat(70_000))))
        .hasMessageContaining("at most");
  }

  private static void publish(String topic, Item item) {
    try (BotScenario bot = BotScenario.with(TriggerPlugin.class).start()) {
      FakeHttp.Reply reply =
          bot.http()
              .request("POST", "/publish/" + topic)
              .header("key", item.key())
              .body(item.title().getBytes(StandardCharsets.UTF_8))
              .send();
      if (reply.status() != 204) {
        throw new IllegalArgumentException(reply.text());
      }
    }
  }

  @Test
  void outsideOfAHandlerTheReceiptSaysThatItIsRecorded() {
    publish("staff", Item.of("k", "t"));
  }
}

package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.content.Item;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.content.Text;
import dev.owlery.core.topic.DeliveryPolicy;
import dev.owlery.core.topic.QuietHours;
import dev.owlery.core.topic.Template;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items are told in words of the room's own, together, and not at night; over crashes too. */
final class ItemDeliveryTest {

  private static final DeliveryPolicy DIGEST =
      new DeliveryPolicy(
          Optional.empty(),
          Optional.empty(),
          Optional.of(Duration.ofMinutes(15)),
          Optional.empty());

  @TempDir private Path folder;

  private static Item item(String key, String title, Severity severity) {
    return new Item(
        key,
        title,
        Text.plain("more of it"),
        Optional.of(URI.create("https://n.example/" + key)),
        Map.of("host", "db1\nfake"),
        severity);
  }

  private static DeliveryPolicy quiet(String hours) {
    return new DeliveryPolicy(
        Optional.empty(), Optional.of(QuietHours.of(hours)), Optional.empty(), Optional.empty());
  }

  @Test
  void aRoomIsToldInItsOwnWords() {
    DeliveryPolicy words =
        new DeliveryPolicy(
            Optional.of(new Template("[{topic}] {severity}: {title} on {field.host} {link}")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    try (BotScenario bot =
        BotScenario.with().topic("ops", "here/#a").topic("ops", words, "here/#b").start()) {
      bot.network().carries("ops").publishes("ops", item("1", "Disk\nfull", Severity.WARNING));
      bot.expect("#b").says("[ops] warning: Disk full on db1 fake https://n.example/1");
      bot.expect("#a").saysWith("WARNING: Disk full", "more of it");
    }
  }

  @Test
  void itemsAreCollectedAndToldTogetherAndUrgentOnesAtOnce() {
    try (BotScenario bot =
        BotScenario.with()
            .telling("here/#a", DIGEST)
            .topic("*", "here/#a")
            .sqlite(folder)
            .start()) {
      bot.network().carries("x", "y");
      bot.network().publishes("x", item("1", "one", Severity.INFO));
      bot.expect("#a").nothing();
      bot.turn(Duration.ofMinutes(5));
      bot.network().publishes("y", item("2", "two", Severity.WARNING));
      bot.settle();
      bot.crash();
      bot.network().publishes("y", item("2", "two", Severity.WARNING));
      bot.network().publishes("y", item("3", "three", Severity.CRITICAL));
      bot.expect("#a").saysWith("CRITICAL: three");
      bot.turn(Duration.ofMinutes(9));
      bot.expect("#a").nothing();
      bot.turn(Duration.ofMinutes(1));
      bot.expect("#a").says("2 items:\none https://n.example/1\nWARNING: two https://n.example/2");
      bot.turn(Duration.ofHours(1));
      bot.crash();
      bot.turn(Duration.ofHours(1));
      bot.expect("#a").nothing();
      bot.network().publishes("x", item("4", "four", Severity.INFO));
      bot.settle();
      bot.turn(Duration.ofMinutes(15));
      bot.expect("#a").saysWith("four", "more of it");
    }
  }

  @Test
  void whatWaitsIsNotReadForEachItemThatJoinsIt() {
    try (BotScenario bot =
        BotScenario.with()
            .telling("here/#a", DIGEST)
            .topic("x", "here/#a")
            .sqlite(folder)
            .start()) {
      bot.network().carries("x");
      for (int i = 0; i < 600; i++) {
        bot.network().publishes("x", long16(i));
      }
      bot.settle();
      for (int i = 500; i < 600; i++) {
        bot.expect("#a").saysWith("item " + i);
      }
      bot.turn(Duration.ofMinutes(15));
      bot.expect("#a").saysWith("500 items:\nitem 0\nitem 1\n");
    }
  }

  private static Item long16(int number) {
    return new Item(
        "k" + number,
        "item " + number,
        Text.plain("x".repeat(16_000)),
        Optional.empty(),
        Map.of(),
        Severity.INFO);
  }

  @Test
  void whoCanWaitLessIsNotHeldUpByThoseWhoCanWaitMore() {
    DeliveryPolicy soon =
        new DeliveryPolicy(
            Optional.empty(),
            Optional.empty(),
            Optional.of(Duration.ofMinutes(1)),
            Optional.empty());
    try (BotScenario bot =
        BotScenario.with()
            .telling("here/#a", DIGEST)
            .topic("x", "here/#a")
            .topic("y", soon, "here/#a")
            .start()) {
      bot.network().carries("x", "y");
      bot.network().publishes("x", item("1", "one", Severity.INFO));
      bot.settle();
      bot.network().publishes("y", item("2", "two", Severity.INFO));
      bot.settle();
      bot.turn(Duration.ofMinutes(1));
      bot.expect("#a").saysWith("2 items:");
      bot.turn(Duration.ofMinutes(20));
      bot.expect("#a").nothing();
    }
  }

  @Test
  void inQuietHoursItemsWaitForTheirEnd() {
    Instant now = ManualClock.BEGINNING;
    assertThat(now).isEqualTo(Instant.parse("2026-01-05T09:00:00Z"));
    DeliveryPolicy night = quiet("08:00-10:00 UTC");
    try (BotScenario bot =
        BotScenario.with().telling("here/#a", night).topic("x", "here/#a", "here/#b").start()) {
      bot.network().carries("x").publishes("x", item("1", "one", Severity.INFO));
      bot.expect("#b").saysWith("one");
      bot.turn(Duration.ofMinutes(59));
      bot.expect("#a").nothing();
      bot.turn(Duration.ofMinutes(1));
      bot.expect("#a").saysWith("one");
      bot.network().publishes("x", item("2", "two", Severity.INFO));
      bot.expect("#a").saysWith("two");
    }
  }

  @Test
  void quietHoursGoOverMidnight() {
    QuietHours hours = QuietHours.of("22:00-07:00 Europe/Berlin");
    assertThat(hours.end(Instant.parse("2026-01-05T21:30:00Z")))
        .contains(Instant.parse("2026-01-06T06:00:00Z"));
    assertThat(hours.end(Instant.parse("2026-01-06T05:59:00Z")))
        .contains(Instant.parse("2026-01-06T06:00:00Z"));
    assertThat(hours.end(Instant.parse("2026-01-06T06:00:00Z"))).isEmpty();
    assertThatThrownBy(() -> QuietHours.of("22-7")).hasMessageContaining("quiet hours are written");
    assertThatThrownBy(() -> QuietHours.of("22:00-07:00 Nowhere/At"))
        .hasMessageContaining("quiet hours are written");
    assertThatThrownBy(() -> new Template("{titel}")).hasMessageContaining("there is no {titel}");
  }
}

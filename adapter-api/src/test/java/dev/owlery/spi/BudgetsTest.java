package dev.owlery.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.spi.Budgets.Layer;
import dev.owlery.spi.Budgets.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetsTest {

  private static final AccountId LIBERA = new AccountId("libera");
  private static final Conversation OWLS = Conversation.room(LIBERA, "#owls");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Instant now = Instant.parse("2026-11-30T08:00:00Z");

  @Test
  void grantsUpToTheLimitAndSaysOnceThatItIsReached() {
    Budgets budgets = budgets(Map.of(Layer.PERSON, 2L));
    assertThat(take(budgets, stranger("ann", "a"))).isEqualTo(new Verdict.Granted());
    assertThat(take(budgets, stranger("ann", "a")).isGranted()).isTrue();
    assertThat(take(budgets, stranger("ann", "a")))
        .isEqualTo(new Verdict.Exhausted(Layer.PERSON, true));
    assertThat(take(budgets, stranger("ann", "a")))
        .isEqualTo(new Verdict.Exhausted(Layer.PERSON, false));
    assertThat(take(budgets, stranger("bob", "a")).isGranted()).isTrue();
  }

  @Test
  void noSpanOfTimeNearlyAsLongAsTheWindowHasMoreThanTheLimit() {
    Budgets budgets = budgets(Map.of(Layer.PERSON, 10L));
    List<Instant> granted = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      if (take(budgets, stranger("ann", "a")).isGranted()) {
        granted.add(now);
      }
      now = now.plusMillis(137);
    }
    assertThat(granted).hasSizeGreaterThan(50);
    for (Instant from : granted) {
      assertThat(granted)
          .filteredOn(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(59)))
          .hasSizeLessThanOrEqualTo(10);
    }
  }

  @Test
  void anotherNickOnTheSameHostIsNotAnotherPerson() {
    Budgets budgets = budgets(Map.of(Layer.PERSON, 2L, Layer.SOURCE, 5L));
    long granted =
        IntStream.range(0, 100)
            .filter(i -> take(budgets, stranger("nick" + i, "host.example")).isGranted())
            .count();
    assertThat(granted).isEqualTo(5);
    assertThat(take(budgets, stranger("other", "other.example")).isGranted()).isTrue();
  }

  @Test
  void strangersOfOneRoomAndOfTheWholeAccountShareWhatThereIs() {
    Budgets budgets = budgets(Map.of(Layer.ROOM, 3L, Layer.UNVERIFIED, 5L));
    assertThat(grants(budgets, OWLS, 10)).isEqualTo(3);
    assertThat(grants(budgets, Conversation.room(LIBERA, "#mice"), 10)).isEqualTo(2);
    assertThat(grants(budgets, Conversation.room(LIBERA, "#bats"), 10)).isZero();
    assertThat(grants(budgets, Conversation.room(new AccountId("oftc"), "#owls"), 10)).isEqualTo(3);
  }

  @Test
  void whomTheNetworkVouchesForHasABudgetOfTheirOwn() {
    Budgets budgets = budgets(Map.of(Layer.PERSON, 2L, Layer.SOURCE, 1L, Layer.UNVERIFIED, 1L));
    assertThat(grants(budgets, OWLS, 10)).isEqualTo(1);
    Member ann = Member.verified("ann", new Identity(LIBERA, "account:ann")).from("host.example");
    assertThat(budgets.take(OWLS, ann, true, 1).isGranted()).isTrue();
    Member renamed =
        Member.verified("ann2", new Identity(LIBERA, "account:ann")).from("other.example");
    assertThat(budgets.take(OWLS, renamed, true, 1).isGranted()).isTrue();
    assertThat(budgets.take(OWLS, renamed, true, 1).isGranted()).isFalse();
  }

  @Test
  void whatOneLayerRefusesIsTakenFromNone() {
    Budgets budgets = budgets(Map.of(Layer.PERSON, 3L, Layer.ROOM, 1L));
    Conversation mice = Conversation.room(LIBERA, "#mice");
    Member ann = stranger("ann", "a");
    assertThat(budgets.take(OWLS, ann, false, 1).isGranted()).isTrue();
    for (int i = 0; i < 10; i++) {
      assertThat(budgets.take(OWLS, ann, false, 1))
          .isEqualTo(new Verdict.Exhausted(Layer.ROOM, i == 0));
    }
    assertThat(budgets.take(mice, ann, false, 1).isGranted()).isTrue();
    assertThat(budgets.take(Conversation.room(LIBERA, "#bats"), ann, false, 1).isGranted())
        .isTrue();
  }

  @Test
  void manyThreadsTogetherGetExactlyTheLimit() throws Exception {
    Budgets budgets = budgets(Map.of(Layer.PERSON, 1_000L, Layer.SOURCE, 500L));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        counts.add(
            threads.submit(() ->
                IntStream.range(0, 400)
                    .filter(n -> take(budgets, stranger("ann", "a")).isGranted())
                    .count()));
      }
      long granted = 0;
      for (Future<Long> each : counts) {
        granted += each.get(10, TimeUnit.SECONDS);
      }
      assertThat(granted).isEqualTo(500);
    }
  }

  @Test
  void aMillionNamesCostABoundedAmountOfMemoryAndStillShareTheirHost() {
    Budgets budgets = budgets(Map.of(Layer.PERSON, 1L, Layer.SOURCE, 10L));
    long granted =
        IntStream.range(0, 1_000_000)
            .filter(i -> take(budgets, stranger("n" + i, "host.example")).isGranted())
            .count();
    assertThat(granted).isEqualTo(10);
  }

  @Test
  void aClockThatGoesBackWithinTheWindowGrantsNoMore() {
    Budgets budgets = budgets(Map.of(Layer.PERSON, 1L));
    assertThat(take(budgets, stranger("ann", "a")).isGranted()).isTrue();
    now = now.minus(MINUTE.dividedBy(2));
    assertThat(take(budgets, stranger("ann", "a")).isGranted()).isFalse();
  }

  @Test
  void aClockThatWasADayAheadForAMomentShutsNobodyOutForADay() {
    Budgets budgets = budgets(Map.of(Layer.PERSON, 1L, Layer.UNVERIFIED, 3L));
    Instant right = now;
    now = now.plus(Duration.ofDays(1));
    assertThat(take(budgets, stranger("ann", "a")).isGranted()).isTrue();
    now = right;
    long granted = 0;
    for (int minute = 0; minute < 10; minute++) {
      granted +=
          IntStream.range(0, 5)
              .filter(i -> take(budgets, stranger("ann", "a")).isGranted())
              .count();
      now = now.plus(MINUTE).plusSeconds(1);
    }
    assertThat(granted).isEqualTo(10);
  }

  private Budgets budgets(Map<Layer, Long> limits) {
    return new Budgets(() -> now, MINUTE, limits);
  }

  private static Verdict take(Budgets budgets, Member who) {
    return budgets.take(OWLS, who, false, 1);
  }

  private static long grants(Budgets budgets, Conversation where, int tries) {
    return IntStream.range(0, tries)
        .filter(
            i -> budgets.take(where, stranger(where.room() + i, "host" + i), false, 1).isGranted())
        .count();
  }

  private static Member stranger(String nick, String host) {
    return Member.unverified(nick).from(host);
  }
}

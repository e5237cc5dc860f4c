package dev.owlery.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.core.schedule.SystemTimers;
import dev.owlery.core.schedule.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever text says when a task runs, it is understood, or refused in one way. */
final class PaceTest {

  private static final int TRIES = 6_000;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-30T19:00:30Z"), ZoneOffset.UTC);
  private static final List<String> PIECES =
      List.of(
          "*",
          "*/2",
          "1-5",
          "1,2",
          "0",
          "5",
          "31",
          "30",
          "2",
          "12",
          "7",
          "MON",
          "JAN",
          "/",
          "-",
          ",",
          "|",
          "||",
          "?",
          "L",
          "W",
          "#",
          "99999999999",
          "5-1",
          "*/0",
          "@daily",
          "",
          " ",
          "\t",
          "\n",
          "\u0000",
          "\u00e9",
          "\ud83e",
          "ms",
          "s",
          "m",
          "h",
          "d",
          "UTC",
          "+25",
          "Europe/Berlin");

  private final Random dice = new Random(20_261_130);

  @Test
  void anyScheduleIsUnderstoodOrRefusedInOneWay() {
    for (int i = 0; i < TRIES; i++) {
      String text =
          IntStream.range(0, dice.nextInt(10) == 0 ? dice.nextInt(8) : 5)
              .mapToObj(_ -> pieces(dice.nextInt(6) == 0 ? 2 : 1))
              .collect(Collectors.joining(" "));
      isUnderstoodOrRefused(
          () -> TaskSchedule.calendar(text, "", CLOCK), text, "is not a schedule like");
    }
  }

  @Test
  void anyIntervalIsUnderstoodOrRefusedInOneWay() {
    for (int i = 0; i < TRIES; i++) {
      String text = pieces(dice.nextInt(4));
      isUnderstoodOrRefused(() -> TaskSchedule.every(text), text, "is not an interval like");
    }
  }

  @Test
  void anyTimeZoneIsUnderstoodOrRefusedInOneWay() {
    for (int i = 0; i < TRIES; i++) {
      String text = pieces(dice.nextInt(4));
      isUnderstoodOrRefused(
          () -> TaskSchedule.calendar("30 8 * * *", text, CLOCK), text, "is not a time zone like");
    }
  }

  private String pieces(int count) {
    return IntStream.range(0, count)
        .mapToObj(_ -> PIECES.get(dice.nextInt(PIECES.size())))
        .collect(Collectors.joining());
  }

  private static void isUnderstoodOrRefused(
      Supplier<TaskSchedule> read, String text, String refusal) {
    try {
      assertThat(read.get().next())
          .as(text)
          .hasValueSatisfying(wait -> assertThat(wait).isPositive());
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageStartingWith("\"" + text + "\" " + refusal);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 12 30 2 *", "0 0 31 4,6 *"})
  void aTimeThatNeverComesIsRefused(String never) {
    assertThatThrownBy(() -> TaskSchedule.calendar(never, "", CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + never + "\" is not a schedule like")
        .hasMessageEndingWith("that time never comes");
  }

  @Test
  void anyTimeAndDelayCanBePlannedAndWhatIsPastRunsAtOnce() throws InterruptedException {
    try (Timers timers = new SystemTimers()) {
      PluginTimers scheduler = new PluginTimers("test", timers, (_, call, _) -> run(call));
      CountDownLatch past = new CountDownLatch(4);
      scheduler.at(Instant.MIN, past::countDown);
      scheduler.at(Instant.EPOCH, past::countDown);
      scheduler.after(Duration.ofSeconds(Long.MIN_VALUE), past::countDown);
      scheduler.after(Duration.ofDays(-1), past::countDown);
      assertThat(past.await(20, TimeUnit.SECONDS)).isTrue();

      for (Instant time : List.of(Instant.MAX, Instant.parse("9999-01-01T00:00:00Z"))) {
        scheduler.at(time, () -> {}).cancel();
      }
      scheduler.after(Duration.ofSeconds(Long.MAX_VALUE), () -> {}).cancel();
      scheduler.every(Duration.ofSeconds(Long.MAX_VALUE), () -> {}).cancel();
      for (Duration none : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofDays(-1))) {
        assertThatThrownBy(() -> scheduler.every(none, () -> {}))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("an interval must be at least 1 ms");
      }
      scheduler.close();
    }
  }

  private static void run(PluginCall call) {
    try {
      call.run();
    } catch (Throwable unexpected) {
      throw new AssertionError(unexpected);
    }
  }
}

package dev.owlery.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RejoinBackoffTest {
  private Instant now = Instant.EPOCH;
  private final RejoinBackoff backoff =
      new RejoinBackoff(
          Duration.ofSeconds(2),
          Duration.ofMinutes(4),
          new RandomGenerator() {
            @Override
            public long nextLong() {
              return 0;
            }

            @Override
            public double nextDouble() {
              return 0.5;
            }
          },
          () -> now);

  private long stay(String room, Duration length) {
    backoff.entered(room);
    now = now.plus(length);
    return backoff.next(room).toSeconds();
  }

  @Test
  void aShortStayDoesNotShortenThePauses() {
    assertThat(stay("#owls", Duration.ofSeconds(59))).isEqualTo(2);
    assertThat(stay("#owls", Duration.ofSeconds(59))).isEqualTo(4);
    assertThat(stay("#owls", Duration.ofSeconds(1))).isEqualTo(8);
  }

  @Test
  void aMinuteInTheRoomBeginsAgainWithTheFirstPause() {
    assertThat(stay("#owls", Duration.ZERO)).isEqualTo(2);
    assertThat(stay("#owls", Duration.ZERO)).isEqualTo(4);
    assertThat(stay("#owls", Duration.ofMinutes(1))).isEqualTo(2);
  }

  @Test
  void timeOutsideOfTheRoomIsNoTimeInIt() {
    assertThat(stay("#owls", Duration.ZERO)).isEqualTo(2);
    now = now.plus(Duration.ofHours(1));
    assertThat(backoff.next("#owls")).hasSeconds(4);
  }

  @Test
  void pausesGrowToTheLongestAndEachRoomHasItsOwn() {
    for (int i = 0; i < 20; i++) {
      assertThat(backoff.next("#owls")).isLessThanOrEqualTo(Duration.ofMinutes(4));
    }
    assertThat(backoff.next("#owls")).hasMinutes(4);
    assertThat(backoff.next("#ops")).hasSeconds(2);
  }
}

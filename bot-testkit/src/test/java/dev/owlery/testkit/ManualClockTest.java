package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ManualClockTest {

  private final ManualClock clock = new ManualClock();
  private final List<String> ran = new CopyOnWriteArrayList<>();

  @Test
  void time_stands_still_until_it_is_turned() {
    assertThat(clock.clock().instant()).isEqualTo(ManualClock.BEGINNING);
    clock.turn(Duration.ofMinutes(1));
    assertThat(clock.clock().instant()).isEqualTo(ManualClock.BEGINNING.plusSeconds(60));
  }

  @Test
  void tasks_run_in_the_order_of_their_times_and_see_their_own_time() {
    clock.schedule(Duration.ofSeconds(2), () -> ran.add("second at " + elapsed()));
    clock.schedule(Duration.ofSeconds(1), () -> ran.add("first at " + elapsed()));
    clock.schedule(Duration.ofSeconds(2), () -> ran.add("third at " + elapsed()));
    clock.schedule(Duration.ofSeconds(9), () -> ran.add("too late"));
    clock.turn(Duration.ofSeconds(5));
    assertThat(ran).containsExactly("first at PT1S", "second at PT2S", "third at PT2S");
    assertThat(clock.waiting()).isOne();
  }

  @Test
  void a_task_that_plans_itself_again_runs_as_often_as_there_is_time() {
    planAgain();
    clock.turn(Duration.ofSeconds(10));
    assertThat(ran).hasSize(10);
  }

  private void planAgain() {
    clock.schedule(
        Duration.ofSeconds(1),
        () -> {
          ran.add("tick");
          planAgain();
        });
  }

  @Test
  void what_was_called_off_does_not_run() {
    Runnable callOff = clock.schedule(Duration.ofSeconds(1), () -> ran.add("called off"));
    callOff.run();
    callOff.run();
    clock.turn(Duration.ofSeconds(2));
    assertThat(ran).isEmpty();
  }

  @Test
  void a_task_that_throws_does_not_stop_the_clock() {
    clock.schedule(
        Duration.ofSeconds(1),
        () -> {
          throw new IllegalStateException("as planned");
        });
    clock.schedule(Duration.ofSeconds(2), () -> ran.add("next"));
    clock.turn(Duration.ofSeconds(2));
    assertThat(ran).containsExactly("next");
    assertThat(clock.isBusy()).isFalse();
  }

  private Duration elapsed() {
    return Duration.between(ManualClock.BEGINNING, clock.now());
  }
}

package dev.owlery.core.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.core.plugin.PluginWatchdog;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandlerCallTest {

  private static final long PATIENCE = 10_000;
  private static final long NOON = 12 * 3_600_000;

  private final PluginGate gate = new PluginGate("owl", 0, new PluginWatchdog(0, plugin -> {}));

  @Test
  void oneThatLastsIsOvertaken() {
    HandlerCall run = new HandlerCall(gate, new AtomicInteger(), NOON);
    assertThat(run.overtakeIfLasting(PATIENCE, NOON + PATIENCE - 1)).isFalse();
    assertThat(run.overtakeIfLasting(PATIENCE, NOON + PATIENCE)).isTrue();
    assertThat(run.finish()).isFalse();
  }

  @Test
  void aClockThatIsSetBackGivesItNoMoreThanItsPatienceOnceMore() {
    HandlerCall run = new HandlerCall(gate, new AtomicInteger(), NOON);
    long before = NOON - 24 * 3_600_000;
    assertThat(run.overtakeIfLasting(PATIENCE, before)).isFalse();
    assertThat(run.overtakeIfLasting(PATIENCE, before + PATIENCE)).isTrue();
  }
}

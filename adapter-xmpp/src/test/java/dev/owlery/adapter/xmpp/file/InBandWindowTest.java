package dev.owlery.adapter.xmpp.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many pieces are on their way. */
class InBandWindowTest {
  private final InBandWindow window = new InBandWindow();

  private void acknowledged(int count, Duration after) {
    for (int i = 0; i < count; i++) {
      window.acknowledged(after);
    }
  }

  @Test
  void quickAnswersWidenItUpToABound() {
    assertThat(window.size()).isEqualTo(2);
    acknowledged(2, Duration.ofMillis(1));
    assertThat(window.size()).isEqualTo(3);
    acknowledged(1_000, Duration.ofMillis(1));
    assertThat(window.size()).isEqualTo(16);
  }

  @Test
  void slowAnswersNarrowItToOne() {
    acknowledged(1_000, Duration.ofMillis(1));
    acknowledged(10, Duration.ofSeconds(3));
    assertThat(window.size()).isEqualTo(1);
    acknowledged(10, Duration.ofMillis(1_500));
    assertThat(window.size()).isEqualTo(1);
  }
}

package dev.owlery.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryJournalTest extends JournalContract {

  @Override
  Journal open() {
    return new MemoryJournal(CLOCK);
  }

  @Test
  void keysAreRememberedForAWhileAndThenForgotten() {
    RecentKeys keys = new RecentKeys(1024);
    for (int i = 0; i < 10_000; i++) {
      assertThat(keys.add("libera", "k" + i)).isTrue();
      assertThat(keys.add("libera", "k" + Math.max(0, i - 1023))).isFalse();
    }
    assertThat(keys.add("libera", "k1")).isTrue();
  }
}

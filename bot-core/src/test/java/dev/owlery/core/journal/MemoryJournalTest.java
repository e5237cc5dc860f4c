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
      long print = keys.print("libera", "k" + i);
      assertThat(keys.contains(print)).isFalse();
      keys.add(print);
      assertThat(keys.contains(keys.print("libera", "k" + Math.max(0, i - 1023)))).isTrue();
    }
    assertThat(keys.contains(keys.print("libera", "k1"))).isFalse();
  }
}

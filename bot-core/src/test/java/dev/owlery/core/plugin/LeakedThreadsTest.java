package dev.owlery.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class LeakedThreadsTest {

  @Test
  void aThreadThatIsAboutToStartIsWaitedForLikeAnyOther() {
    Thread unstarted = new Thread(() -> {});
    assertThatCode(() -> assertThat(LeakedThreads.waited(unstarted)).isTrue())
        .doesNotThrowAnyException();
  }
}

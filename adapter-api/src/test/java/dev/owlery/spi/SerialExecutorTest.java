package dev.owlery.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
  private final SerialExecutor executor = new SerialExecutor("test");
  private final List<String> done = new CopyOnWriteArrayList<>();

  private static boolean endsInTime(Runnable what) {
    try {
      return Thread.ofPlatform().daemon().start(what).join(Duration.ofSeconds(20));
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void whoComesWhileATaskRunsGoesOnAndItsTaskRunsBehindThat() {
    executor.execute(() -> {
      assertThat(endsInTime(() -> executor.execute(() -> done.add("second")))).isTrue();
      assertThat(endsInTime(() -> executor.execute(() -> done.add("third")))).isTrue();
      done.add("first");
    });
    assertThat(done).containsExactly("first", "second", "third");
  }

  @Test
  void whatWasAddedRunsInItsOrder() {
    executor.add(() -> done.add("first"));
    executor.add(() -> done.add("second"));
    assertThat(done).isEmpty();
    executor.execute(() -> done.add("third"));
    assertThat(done).containsExactly("first", "second", "third");
  }

  @Test
  void aTaskThatFailsIsNotTheEndOfTheOthers() {
    executor.add(() -> {
      throw new StackOverflowError();
    });
    executor.execute(() -> done.add("second"));
    executor.execute(() -> done.add("third"));
    assertThat(done).containsExactly("second", "third");
  }
}

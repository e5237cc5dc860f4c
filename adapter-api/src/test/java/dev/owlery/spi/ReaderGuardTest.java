package dev.owlery.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ReaderGuardTest {
  private final ReaderGuard guard = new ReaderGuard("slack/work");

  @Test
  void whatCanBeReadIsReturnedAndNotCounted() {
    assertThat(guard.read("a message", () -> "marked", () -> "plain")).isEqualTo("marked");
    assertThat(guard.failures()).isZero();
  }

  @Test
  void aReaderThatFailsOrNestsTooDeepFallsBackAndIsCounted() {
    assertThat(guard.read("a message", () -> "".substring(1), () -> "plain")).isEqualTo("plain");
    assertThat(guard.read("a message", () -> endless(1), () -> "plain")).isEqualTo("plain");
    assertThat(guard.<String>tryRead("a reaction", () -> "".substring(1))).isEmpty();
    assertThat(guard.failures()).isEqualTo(3);
  }

  /** Nests deeper than any stack. */
  private static String endless(int depth) {
    return depth == Integer.MAX_VALUE ? "" : endless(depth + 1) + depth;
  }

  @Test
  void anErrorOfTheMachineIsNotSwallowed() {
    assertThatThrownBy(() ->
            guard.read(
                "a message",
                () -> {
                  throw new OutOfMemoryError("pretended");
                },
                () -> "plain"))
        .isInstanceOf(OutOfMemoryError.class);
  }
}

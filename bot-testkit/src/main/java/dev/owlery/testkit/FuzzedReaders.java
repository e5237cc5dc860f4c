package dev.owlery.testkit;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A class of tests that has a static method {@code readers()} with a stream of {@link
 * ReaderProperties}: in the long tests ({@code make soak}) a fuzzer looks for texts that they fail
 * at.
 */
public interface FuzzedReaders {

  /**
   * Lets a fuzzer look for texts that the readers fail at.
   *
   * @throws IOException if the fuzzer cannot be started
   * @throws InterruptedException if the thread is interrupted meanwhile
   * @throws AssertionError if it has found one
   */
  @Tag("soak")
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  @Test
  default void theFuzzerFindsNothing() throws IOException, InterruptedException {
    ReaderFuzzer.fuzz(getClass());
  }
}

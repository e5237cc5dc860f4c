package dev.owlery.testkit;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A class of tests for readers that never fail and cost no more than the length of what they read:
 * checked in every build, and in the long tests ({@code make soak}) up to the longest text.
 */
public interface LinearReaders extends FuzzedReaders {

  /**
   * Checks one of the readers.
   *
   * @param reader the reader
   * @throws AssertionError if it fails by anything but its refusal, or costs more than its length
   */
  @Tag("proof")
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  @ParameterizedTest
  @MethodSource("readers")
  default void neverFailsAndCostsNoMoreThanItsLength(ReaderProperties reader) {
    reader.check();
  }
}

package dev.owlery.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;

/**
 * Compares what a text costs to read with what a part of it costs: in CPU time and allocated memory
 * of this thread, which others' work does not count for. Of several runs the cheapest counts, and
 * there are more of them as long as they do not agree, so that a busy machine fails nobody.
 */
final class ReaderCost {
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Who reads the longest text in less has no growth that could be measured or felt. */
  private static final long NOTHING_NANOS = 3_000_000;

  private static final long NOTHING_BYTES = 4 << 20;
  private static final int MOST_ROUNDS = 400;
  private static final int LEAST_ROUNDS = 6;

  /** By then what does not agree never will. */
  private static final long ENOUGH_NANOS = 1_500_000_000L;

  private ReaderCost() {}

  /**
   * What is wrong with the costs.
   *
   * @param reader reads a text
   * @param part a part of the whole text
   * @param whole a text
   * @param most how many times as much as the part the whole may cost
   * @return empty if nothing is wrong
   */
  static String trouble(Consumer<String> reader, String part, String whole, double most) {
    long partTime = Long.MAX_VALUE;
    long wholeTime = Long.MAX_VALUE;
    long partBytes = Long.MAX_VALUE;
    long wholeBytes = Long.MAX_VALUE;
    long begin = THREAD.getCurrentThreadCpuTime();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Cost whole0 = Cost.of(reader, whole);
      wholeTime = Math.min(wholeTime, whole0.nanos());
      wholeBytes = Math.min(wholeBytes, whole0.bytes());
      boolean isNothing = wholeTime <= NOTHING_NANOS && wholeBytes <= NOTHING_BYTES;
      if (isNothing) {
        return "";
      }
      Cost part0 = Cost.of(reader, part);
      partTime = Math.min(partTime, part0.nanos());
      partBytes = Math.min(partBytes, part0.bytes());
      boolean isFine =
          (wholeTime <= NOTHING_NANOS || wholeTime <= most * partTime)
              && (wholeBytes <= NOTHING_BYTES || wholeBytes <= most * partBytes);
      if (isFine) {
        return "";
      }
      boolean isEnough = THREAD.getCurrentThreadCpuTime() - begin > ENOUGH_NANOS;
      if (isEnough && round >= LEAST_ROUNDS) {
        break;
      }
    }
    return String.format(
        "%d characters cost %d us and %d KiB, %d of them %d us and %d KiB",
        whole.length(),
        wholeTime / 1_000,
        wholeBytes >> 10,
        part.length(),
        partTime / 1_000,
        partBytes >> 10);
  }

  private record Cost(long nanos, long bytes) {
    static Cost of(Consumer<String> reader, String text) {
      long bytes = THREAD.getCurrentThreadAllocatedBytes();
      long nanos = THREAD.getCurrentThreadCpuTime();
      reader.accept(text);
      return new Cost(
          THREAD.getCurrentThreadCpuTime() - nanos,
          THREAD.getCurrentThreadAllocatedBytes() - bytes);
    }
  }
}

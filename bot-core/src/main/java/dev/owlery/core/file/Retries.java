package dev.owlery.core.file;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How often transfers have failed, and how long each waits therefore. Any thread. */
final class Retries {

  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final int MOST_DOUBLINGS = 8;
  private static final int MISMATCHES = 3;

  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final Map<String, Integer> wrong = new ConcurrentHashMap<>();
  private final Map<String, Start> starts = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> blamed = new ConcurrentHashMap<>();

  /** Where a sending's latest attempt began, and how many began no further than the one before. */
  private record Start(long offset, int vain) {
    Start and(Start next) {
      return new Start(next.offset, next.offset > offset ? 0 : vain + 1);
    }
  }

  /** Counts a failure; how long to wait after it. */
  Duration pause(String id, Duration atLeast) {
    int failed = failures.merge(id, 1, Integer::sum);
    Duration pause = Duration.ofMillis(FIRST_PAUSE_MILLIS << Math.min(failed - 1, MOST_DOUBLINGS));
    return pause.compareTo(atLeast) < 0 ? atLeast : pause;
  }

  /** Counts bytes that were not those that were announced; whether to try once more. */
  boolean isWorthAnother(String id) {
    return wrong.merge(id, 1, Integer::sum) < MISMATCHES;
  }

  /** Bytes have moved: the next failure counts as the first. */
  void moved(String id) {
    failures.remove(id);
  }

  /**
   * Bytes of a sending have moved. They may have been lost on the way: what the other side has
   * shows where the next attempt begins.
   *
   * @param offset where the attempt began
   * @return false if an attempt begins where the one before it began: nothing has arrived
   */
  boolean arrives(String id, long offset) {
    return starts.merge(id, new Start(offset, 0), Start::and).vain() == 0;
  }

  /** A transport loses what it carries. */
  void blame(String id, String transport) {
    blamed.computeIfAbsent(id, any -> ConcurrentHashMap.newKeySet()).add(transport);
  }

  /** Whether the others are tried before a transport. */
  boolean isLast(String id, String transport) {
    return blamed.getOrDefault(id, Set.of()).contains(transport);
  }

  void forget(String id) {
    failures.remove(id);
    wrong.remove(id);
    starts.remove(id);
    blamed.remove(id);
  }
}

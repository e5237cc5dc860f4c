package dev.owlery.core.file;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often transfers have failed, and how long each waits therefore. Any thread. */
final class Retries {

  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final int MOST_DOUBLINGS = 8;
  private static final int MISMATCHES = 3;

  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final Map<String, Integer> wrong = new ConcurrentHashMap<>();

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

  void forget(String id) {
    failures.remove(id);
    wrong.remove(id);
  }
}

package dev.owlery.launcher.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.owlery.core.permission.Audit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Marker;

/**
 * Counts lines, since strangers can cause them: of each source sixty in a minute pass, of all
 * sources of one message six hundred; the rest is counted. A source is a message with its first two
 * values, which say who and where. Details (DEBUG) are not limited: whoever asks for them wants
 * all; nor is what was done with more than everybody's rights ({@link Audit#PRIVILEGED}). Not
 * thread-safe.
 */
final class LineLimiter {
  static final int OF_A_SOURCE = 60;
  static final int OF_A_MESSAGE = 600;

  private static final long MINUTE = 60_000;
  private static final int SAID = 2;
  private static final int LONGEST_KEY = 300;
  private static final int MOST_COUNTED = 20;

  private final Map<String, Integer> passed = new HashMap<>();
  private final Map<String, LeftOut> leftOut = new HashMap<>();
  private long minute = Long.MIN_VALUE;

  /** Lines that were left out. */
  private static final class LeftOut {
    private final ILoggingEvent first;
    private int count;

    LeftOut(ILoggingEvent first) {
      this.first = first;
    }
  }

  /**
   * Lines that were left out in a minute that is over.
   *
   * @param first of them
   * @param count how many
   */
  record SkippedLines(ILoggingEvent first, int count) {}

  /** Whether a line passes. Ask for {@link #over} before. */
  boolean passes(ILoggingEvent event) {
    List<Marker> markers = event.getMarkerList();
    boolean isPrivileged = markers != null && markers.contains(Audit.PRIVILEGED);
    if (isPrivileged || !event.getLevel().isGreaterOrEqual(Level.INFO)) {
      return true;
    }
    String message = event.getLoggerName() + " " + event.getMessage();
    String source = source(message, event.getArgumentArray());
    if (passed.getOrDefault(message, 0) >= OF_A_MESSAGE) {
      leaveOut(message, event);
      return false;
    }
    if (passed.getOrDefault(source, 0) >= OF_A_SOURCE) {
      leaveOut(source, event);
      return false;
    }
    passed.merge(message, 1, Integer::sum);
    passed.merge(source, 1, Integer::sum);
    return true;
  }

  private void leaveOut(String key, ILoggingEvent event) {
    leftOut.computeIfAbsent(key, _ -> new LeftOut(event)).count++;
  }

  private static String source(String message, Object[] values) {
    StringBuilder key = new StringBuilder(message).append('\n');
    for (int i = 0; values != null && i < Math.min(SAID, values.length); i++) {
      String value = String.valueOf(values[i]);
      key.append(value, 0, Math.min(LONGEST_KEY, value.length())).append('\n');
    }
    return key.toString();
  }

  /**
   * What was left out in the minute before, once it is over.
   *
   * @param now in milliseconds of Unix time
   */
  List<SkippedLines> over(long now) {
    long current = now / MINUTE;
    return current == minute ? List.of() : end(current);
  }

  /** What has been left out so far. */
  List<SkippedLines> end() {
    return end(Long.MIN_VALUE);
  }

  private List<SkippedLines> end(long next) {
    List<SkippedLines> summaries = new ArrayList<>();
    for (LeftOut each : leftOut.values()) {
      if (summaries.size() < MOST_COUNTED) {
        summaries.add(new SkippedLines(each.first, each.count));
      }
    }
    passed.clear();
    leftOut.clear();
    minute = next;
    return List.copyOf(summaries);
  }
}

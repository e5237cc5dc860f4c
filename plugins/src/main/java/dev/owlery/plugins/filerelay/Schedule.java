package dev.owlery.plugins.filerelay;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Times of the calendar, as Unix cron has them. What came to pass before this was made does not
 * count. For one thread at a time.
 */
final class Schedule {

  private final ExecutionTime times;
  private final Clock clock;
  private Optional<ZonedDateTime> next;
  private Instant latest = Instant.MIN;

  /**
   * Begins now.
   *
   * @param text five fields, such as {@code 0 22 * * 1-5}
   * @throws IllegalArgumentException if it is nothing of the kind
   */
  Schedule(String text, Clock clock) {
    this.times = read(text);
    this.clock = clock;
    this.next = times.nextExecution(ZonedDateTime.now(clock));
  }

  private static ExecutionTime read(String text) {
    try {
      return ExecutionTime.forCron(
          new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(text));
    } catch (IndexOutOfBoundsException wrong) {
      throw new IllegalArgumentException("that is no schedule", wrong);
    }
  }

  /** Whether it can be read. */
  static boolean isOne(String text) {
    try {
      ExecutionTime _ = read(text);
      return true;
    } catch (IllegalArgumentException wrong) {
      return false;
    }
  }

  /** The latest of the times that has come; long ago if there was none yet. */
  Instant latest() {
    ZonedDateTime now = ZonedDateTime.now(clock);
    if (next.isPresent() && !next.get().isAfter(now)) {
      ZonedDateTime due = next.get();
      latest = times.lastExecution(now).filter(due::isBefore).orElse(due).toInstant();
      next = times.nextExecution(now);
    }
    return latest;
  }
}

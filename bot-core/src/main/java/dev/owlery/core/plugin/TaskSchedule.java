package dev.owlery.core.plugin;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When a planned task wakes. Asked by one thread at a time. */
sealed interface TaskSchedule {

  /**
   * How long to wait from now.
   *
   * @return empty if the task has run for the last time
   */
  Optional<Duration> next();

  /** Whether the wait that has just ended was one for a run. */
  boolean due();

  /** Once after a delay. */
  static TaskSchedule once(Duration delay) {
    return new Once(delay);
  }

  /** Once at a time of the clock on the wall. */
  static TaskSchedule at(Instant time, Clock clock) {
    return new At(time, clock);
  }

  /** Again and again. */
  static TaskSchedule every(Duration interval) {
    return new Interval(interval);
  }

  /**
   * Again and again.
   *
   * @param text for example {@code 5m}
   * @throws IllegalArgumentException if it is no interval
   */
  static TaskSchedule every(String text) {
    return new Interval(Interval.parse(text));
  }

  /**
   * At times of the calendar.
   *
   * @param expression Unix cron's five fields
   * @param zone a time zone; empty for the clock's own
   * @param clock what time it is
   * @throws IllegalArgumentException if one of the two cannot be read, or there is no such time
   */
  static TaskSchedule calendar(String expression, String zone, Clock clock) {
    return new Calendar(expression, zone, clock);
  }

  /** Once. */
  final class Once implements TaskSchedule {
    private @Nullable Duration delay;

    private Once(Duration delay) {
      this.delay = delay;
    }

    @Override
    public Optional<Duration> next() {
      Optional<Duration> next = Optional.ofNullable(delay);
      delay = null;
      return next;
    }

    @Override
    public boolean due() {
      return true;
    }
  }

  /**
   * Once, by the clock on the wall, which is read again every minute because it may be set, or the
   * machine may have slept.
   */
  final class At implements TaskSchedule {
    private static final Duration STRETCH = Duration.ofMinutes(1);

    private final Clock clock;
    private @Nullable Instant target;

    private At(Instant target, Clock clock) {
      this.clock = clock;
      this.target = target;
    }

    @Override
    public Optional<Duration> next() {
      if (target == null) {
        return Optional.empty();
      }
      Duration left = Duration.between(clock.instant(), target);
      return Optional.of(left.compareTo(STRETCH) > 0 ? STRETCH : left);
    }

    @Override
    public boolean due() {
      if (target == null || clock.instant().isBefore(target)) {
        return false;
      }
      target = null;
      return true;
    }
  }

  /** By the stopwatch: setting the clock does not disturb it. */
  record Interval(Duration length) implements TaskSchedule {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private static Duration parse(String text) {
      Matcher matcher = TEXT.matcher(text);
      if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
        throw new IllegalArgumentException("\"" + text + "\" is not an interval like \"5m\"");
      }
      long count = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(count);
        case "s" -> Duration.ofSeconds(count);
        case "m" -> Duration.ofMinutes(count);
        case "h" -> Duration.ofHours(count);
        default -> Duration.ofDays(count);
      };
    }

    @Override
    public Optional<Duration> next() {
      return Optional.of(length);
    }

    @Override
    public boolean due() {
      return true;
    }
  }

  /**
   * By the clock on the wall, which is read again every minute because it may be set, or the
   * machine may have slept.
   */
  final class Calendar implements TaskSchedule {
    private static final Duration STRETCH = Duration.ofMinutes(1);

    private final Clock clock;
    private final ExecutionTime times;
    private @Nullable ZonedDateTime target;

    private Calendar(String expression, String zone, Clock clock) {
      this.clock = zone.isEmpty() ? clock : clock.withZone(zone(zone));
      this.times = times(expression);
      if (times.nextExecution(ZonedDateTime.now(this.clock)).isEmpty()) {
        throw refused(expression, ": that time never comes", null);
      }
    }

    /** The library is left by an exception of its own arrays at some texts, such as {@code ||}. */
    private static ExecutionTime times(String expression) {
      try {
        return ExecutionTime.forCron(
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                .parse(expression));
      } catch (IllegalArgumentException wrong) {
        throw refused(expression, ": " + wrong.getMessage(), wrong);
      } catch (IndexOutOfBoundsException wrong) {
        throw refused(expression, "", wrong);
      }
    }

    private static IllegalArgumentException refused(
        String expression, String why, @Nullable Exception cause) {
      return new IllegalArgumentException(
          "\"%s\" is not a schedule like \"30 8 * * 1-5\" (minute, hour, day, month, weekday)%s"
              .formatted(expression, why),
          cause);
    }

    private static ZoneId zone(String name) {
      try {
        return ZoneId.of(name);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "\"" + name + "\" is not a time zone like \"Europe/Berlin\"", e);
      }
    }

    @Override
    public Optional<Duration> next() {
      ZonedDateTime now = ZonedDateTime.now(clock);
      if (target == null) {
        target = times.nextExecution(now).orElse(null);
      }
      if (target == null) {
        return Optional.empty();
      }
      Duration left = Duration.between(now, target);
      return Optional.of(left.compareTo(STRETCH) > 0 ? STRETCH : left);
    }

    @Override
    public boolean due() {
      if (target == null || ZonedDateTime.now(clock).isBefore(target)) {
        return false;
      }
      target = null;
      return true;
    }
  }
}

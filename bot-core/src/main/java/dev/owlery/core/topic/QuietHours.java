package dev.owlery.core.topic;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of each day in which nothing is told that can wait; it may go over midnight.
 *
 * @param from when it begins
 * @param until when it ends
 * @param zone by whose clock
 */
public record QuietHours(LocalTime from, LocalTime until, ZoneId zone) {

  private static final Pattern WRITTEN =
      Pattern.compile("([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})(?: +([A-Za-z0-9_+/-]+))?");

  /**
   * Reads quiet hours.
   *
   * @param written for example {@code 22:00-07:00} or {@code 22:00-07:00 Europe/Berlin}; without a
   *     zone the machine's
   * @return the hours
   * @throws IllegalArgumentException if it is malformed; the text is fit for a user
   */
  public static QuietHours of(String written) {
    Matcher parts = WRITTEN.matcher(written.strip());
    if (parts.matches()) {
      try {
        LocalTime from = LocalTime.parse(parts.group(1));
        LocalTime until = LocalTime.parse(parts.group(2));
        String zone = parts.group(3);
        if (!from.equals(until)) {
          return new QuietHours(
              from, until, zone == null ? ZoneId.systemDefault() : ZoneId.of(zone));
        }
      } catch (DateTimeException malformed) {
        throw wrong(malformed);
      }
    }
    throw wrong(null);
  }

  private static IllegalArgumentException wrong(
      @org.jspecify.annotations.Nullable Throwable cause) {
    return new IllegalArgumentException(
        "quiet hours are written \"22:00-07:00\" or \"22:00-07:00 Europe/Berlin\"", cause);
  }

  /**
   * When it is no longer quiet.
   *
   * @param now a moment
   * @return the end of the quiet hours that the moment is in; empty if it is in none
   */
  public Optional<Instant> end(Instant now) {
    ZonedDateTime here = now.atZone(zone);
    LocalTime time = here.toLocalTime();
    boolean overnight = from.isAfter(until);
    boolean quiet =
        overnight
            ? !time.isBefore(from) || time.isBefore(until)
            : !time.isBefore(from) && time.isBefore(until);
    if (!quiet) {
      return Optional.empty();
    }
    boolean tomorrow = overnight && !time.isBefore(from);
    return Optional.of(
        ZonedDateTime.of(here.toLocalDate().plusDays(tomorrow ? 1 : 0), until, zone).toInstant());
  }
}

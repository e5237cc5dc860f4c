package dev.owlery.plugins.filerelay;

import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of the day, perhaps over midnight.
 *
 * @param from its first minute
 * @param until the first minute behind it
 */
record Hours(LocalTime from, LocalTime until) {

  private static final Pattern WRITTEN =
      Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)-([01]\\d|2[0-3]):([0-5]\\d)");

  static Optional<Hours> of(String text) {
    Matcher parts = WRITTEN.matcher(text);
    return parts.matches()
        ? Optional.of(
            new Hours(LocalTime.parse(text.substring(0, 5)), LocalTime.parse(text.substring(6))))
        : Optional.empty();
  }

  boolean has(LocalTime time) {
    return from.isBefore(until)
        ? !time.isBefore(from) && time.isBefore(until)
        : !time.isBefore(from) || time.isBefore(until);
  }
}

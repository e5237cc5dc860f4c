package dev.owlery.api.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code Retry-After} (RFC 9110 section 10.2.3): seconds, or a date in one of the three forms
 * of section 5.6.7. Pure; any thread.
 */
public final class RetryAfter {
  private static final int LONGEST_SECONDS = 9;
  private static final int LONGEST_DATE = 50;
  private static final int CENTURY = 100;
  private static final int PIVOT = 50;

  private static final Pattern WEEKDAY = Pattern.compile("^[A-Za-z]+,? ");
  private static final DateTimeFormatter TWO_DIGITS =
      new DateTimeFormatterBuilder()
          .appendPattern("d-MMM-")
          .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
          .appendPattern(" HH:mm:ss 'GMT'")
          .toFormatter(Locale.ENGLISH);
  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH),
          TWO_DIGITS,
          DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss uuuu", Locale.ENGLISH));

  private RetryAfter() {}

  /**
   * How long the other side wants not to be asked again.
   *
   * @param value the header's value
   * @param now what time it is, for dates
   * @param longest what a longer wait is cut to
   * @return empty if it says nothing that can be read; zero for a date that has passed
   */
  public static Optional<Duration> read(String value, Instant now, Duration longest) {
    String text = value.strip();
    if (text.matches("[0-9]+")) {
      Duration asked =
          text.length() > LONGEST_SECONDS ? longest : Duration.ofSeconds(Long.parseLong(text));
      return Optional.of(cut(asked, longest));
    }
    String date = WEEKDAY.matcher(text).replaceFirst("");
    return text.length() > LONGEST_DATE
        ? Optional.empty()
        : DATES.stream()
            .flatMap(form -> date(date, form, now).stream())
            .findFirst()
            .map(until -> cut(Duration.between(now, until), longest));
  }

  private static Duration cut(Duration asked, Duration longest) {
    return asked.isNegative() ? Duration.ZERO : asked.compareTo(longest) > 0 ? longest : asked;
  }

  private static Optional<Instant> date(String text, DateTimeFormatter form, Instant now) {
    try {
      LocalDateTime read = LocalDateTime.parse(text, form);
      LocalDateTime latest = LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusYears(PIVOT);
      // RFC 9110: a year of two digits that seems more than 50 years ahead is a past one.
      boolean isPast = form.equals(TWO_DIGITS) && read.isAfter(latest);
      return Optional.of((isPast ? read.minusYears(CENTURY) : read).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException notThisForm) {
      return Optional.empty();
    }
  }
}

package dev.owlery.adapter.slack.text;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/** Slack's timestamps, which are seconds with a fraction, and its ids of messages too. */
public final class Timestamps {

  private static final Pattern FORM = Pattern.compile("[0-9]{1,11}(\\.[0-9]{1,9})?");

  private Timestamps() {}

  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * Reads one.
   *
   * @param text as Slack writes it
   * @param otherwise what it is if it is none
   * @return the time
   */
  public static Instant read(String text, Instant otherwise) {
    if (!isOne(text)) {
      return otherwise;
    }
    int point = text.indexOf('.');
    long seconds = Long.parseLong(point < 0 ? text : text.substring(0, point));
    String fraction = point < 0 ? "" : text.substring(point + 1);
    return Instant.ofEpochSecond(seconds, Long.parseLong((fraction + "000000000").substring(0, 9)));
  }

  public static String write(Instant time) {
    return String.format(Locale.ROOT, "%d.%06d", time.getEpochSecond(), time.getNano() / 1_000);
  }
}

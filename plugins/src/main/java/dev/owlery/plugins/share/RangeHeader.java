package dev.owlery.plugins.share;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client wants of a file (RFC 9110, section 14). */
sealed interface RangeHeader {

  /** All of it. */
  record Whole() implements RangeHeader {}

  /** A part. */
  record Part(Stretch stretch) implements RangeHeader {}

  /** A part that is not there. */
  record Beyond() implements RangeHeader {}

  Pattern ONE = Pattern.compile("(?i)bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  /**
   * Reads the header. Several parts at once, which a server need not send, are taken for the whole,
   * like what cannot be read.
   *
   * @param header the field, if it is there
   * @param size of the file
   */
  static RangeHeader of(Optional<String> header, long size) {
    Matcher one = ONE.matcher(header.orElse(""));
    if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return new Whole();
    }
    if (one.group(1).isEmpty()) {
      long last = Long.parseLong(one.group(2));
      return last == 0 || size == 0
          ? new Beyond()
          : new Part(new Stretch(Math.max(0, size - last), size));
    }
    long from = Long.parseLong(one.group(1));
    long end = one.group(2).isEmpty() ? size : Math.min(size, Long.parseLong(one.group(2)) + 1);
    if (from < size && end <= from) {
      return new Whole();
    }
    return from >= size ? new Beyond() : new Part(new Stretch(from, end));
  }
}

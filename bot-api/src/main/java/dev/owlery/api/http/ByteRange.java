package dev.owlery.api.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a file a client wants (RFC 9110, section 14).
 *
 * @param from the first
 * @param end behind the last; the same as {@code from} for none
 * @param kind whether that is all, a part, or beyond what there is
 */
public record ByteRange(long from, long end, Kind kind) {

  /** What a range is of the file. */
  public enum Kind {
    /** All of it: answered with 200. */
    WHOLE,
    /** A part: answered with 206. */
    PART,
    /** Bytes that are not there: answered with 416. */
    BEYOND
  }

  private static final Pattern ONE = Pattern.compile("(?i)bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  /**
   * Reads the field {@code Range}. Several parts at once, which a server need not send, are taken
   * for the whole, like what cannot be read.
   *
   * @param header the field, if it is there
   * @param size of the file in bytes
   * @return what it asks for
   */
  public static ByteRange of(Optional<String> header, long size) {
    Matcher one = ONE.matcher(header.orElse(""));
    if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return new ByteRange(0, size, Kind.WHOLE);
    }
    if (one.group(1).isEmpty()) {
      long last = Long.parseLong(one.group(2));
      return last == 0 || size == 0 ? beyond(size) : part(Math.max(0, size - last), size);
    }
    long from = Long.parseLong(one.group(1));
    if (from >= size) {
      return beyond(size);
    }
    long end = one.group(2).isEmpty() ? size : Math.min(size, Long.parseLong(one.group(2)) + 1);
    return end <= from ? new ByteRange(0, size, Kind.WHOLE) : part(from, end);
  }

  private static ByteRange part(long from, long end) {
    return new ByteRange(from, end, Kind.PART);
  }

  private static ByteRange beyond(long size) {
    return new ByteRange(size, size, Kind.BEYOND);
  }

  /**
   * How many bytes these are.
   *
   * @return 0 or more
   */
  public long length() {
    return end - from;
  }
}

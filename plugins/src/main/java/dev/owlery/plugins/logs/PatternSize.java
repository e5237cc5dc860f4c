package dev.owlery.plugins.logs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How big the machine for a pattern becomes, about: repetitions are written out, those in
 * repetitions too. Found out before the machine is built.
 */
final class PatternSize {
  private static final long MOST = 1_000_000;
  private static final int CLASS = 3;
  private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,6})(,([0-9]{0,6}))?}");

  private final String text;
  private final Deque<Long> open = new ArrayDeque<>();
  private long size;
  private long last;
  private int at;

  private PatternSize(String text) {
    this.text = text;
  }

  static long of(String text) {
    PatternSize counting = new PatternSize(text);
    while (counting.at < text.length() && counting.size < MOST) {
      counting.step();
    }
    return counting.size + counting.open.stream().mapToLong(Long::longValue).sum();
  }

  private void step() {
    char c = text.charAt(at);
    switch (c) {
      case '(' -> {
        open.push(size);
        size = 0;
        at++;
      }
      case ')' -> {
        last = size + 2;
        size = last + (open.isEmpty() ? 0 : open.pop());
        at++;
      }
      case '{' -> repeat();
      case '[' -> {
        int end = text.indexOf(']', Math.min(at + 2, text.length()));
        at = end < 0 ? text.length() : end + 1;
        atom(CLASS);
      }
      case '\\' -> {
        at += 2;
        atom(CLASS);
      }
      default -> {
        at++;
        atom(1);
      }
    }
  }

  private void atom(long weight) {
    last = weight;
    size += weight;
  }

  private void repeat() {
    Matcher count = COUNT.matcher(text).region(at, text.length());
    if (!count.lookingAt()) {
      at++;
      atom(1);
      return;
    }
    String more = count.group(3);
    String most = more == null || more.isEmpty() ? count.group(1) : more;
    long grown = Math.min(MOST, last * Math.max(1, Long.parseLong(most)));
    size += grown - last;
    last = grown;
    at = count.end();
  }
}

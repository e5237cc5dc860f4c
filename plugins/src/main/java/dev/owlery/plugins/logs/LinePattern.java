package dev.owlery.plugins.logs;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A pattern that somebody in chat wrote, for lines that somebody else wrote. RE2 takes time in
 * proportion to the length of the line and the size of the pattern; both are bounded, and long
 * lines are also given only so much time. Immutable; any thread.
 */
final class LinePattern {
  private static final int LONGEST = 300;
  private static final int BIGGEST = 400;
  private static final int SHORT_LINE = 1_000;
  private static final int LOOK = 15;

  /** More than one attempt, since the machine may have had other things to do. */
  private static final int ATTEMPTS = 3;

  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(25);

  private static final Pattern IGNORES_CASE = Pattern.compile("\\(\\?[A-Za-z-]*i");
  private static final Pattern NUMBERED = Pattern.compile("\\\\x\\{0*([0-9A-Fa-f]{1,8})");

  /**
   * RE2/J 1.8 never ends to look for the other cases of U+1C80 to U+1C88 (its issue 168). A range
   * holds them only if it ends here or beyond.
   */
  private static final int BEYOND = 0x1C80;

  private final Optional<Pattern> pattern;

  private LinePattern(Optional<Pattern> pattern) {
    this.pattern = pattern;
  }

  /** A line took too long. */
  static final class TooSlow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooSlow() {
      super("the pattern takes too long", null, false, false);
    }
  }

  /** Every line. */
  static LinePattern everything() {
    return new LinePattern(Optional.empty());
  }

  /**
   * Reads a pattern.
   *
   * @param text in RE2's syntax
   * @throws IllegalArgumentException if it is malformed or too big; the text is fit for a user
   */
  static LinePattern of(String text) {
    if (text.length() > LONGEST || PatternSize.of(text) > BIGGEST) {
      throw new IllegalArgumentException("the pattern is too big");
    }
    if (IGNORES_CASE.matcher(text).find() && mentionsBeyond(text)) {
      throw new IllegalArgumentException(
          "(?i) does not go with characters from U+1C80 on: write both cases, as in [Aa]");
    }
    try {
      return new LinePattern(Optional.of(Pattern.compile(text)));
    } catch (PatternSyntaxException malformed) {
      throw new IllegalArgumentException(
          "that is no pattern: " + malformed.getDescription(), malformed);
    }
  }

  private static boolean mentionsBeyond(String text) {
    Matcher numbered = NUMBERED.matcher(text);
    while (numbered.find()) {
      if (Long.parseLong(numbered.group(1), 16) >= BEYOND) {
        return true;
      }
    }
    return text.codePoints().anyMatch(c -> c >= BEYOND);
  }

  /**
   * Whether a line matches somewhere.
   *
   * @throws TooSlow if that cannot be said in 75 ms
   */
  boolean matches(String line) {
    if (pattern.isEmpty()) {
      return true;
    }
    if (line.length() <= SHORT_LINE) {
      return pattern.get().matcher(line).find();
    }
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return timed(line).find();
      } catch (TooSlow perhapsByChance) {
        // The next attempt will tell.
      }
    }
    return timed(line).find();
  }

  private Matcher timed(String line) {
    return pattern.orElseThrow().matcher(new Timed(line, System.nanoTime() + PATIENCE));
  }

  /** A text that is readable until a moment. Belongs to one thread. */
  private static final class Timed implements CharSequence {
    private final String text;
    private final long end;
    private int reads;

    Timed(String text, long end) {
      this.text = text;
      this.end = end;
    }

    @Override
    public char charAt(int index) {
      if ((++reads & LOOK) == 0 && System.nanoTime() - end > 0) {
        throw new TooSlow();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return text.subSequence(from, to);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}

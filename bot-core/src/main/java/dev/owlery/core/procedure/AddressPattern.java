package dev.owlery.core.procedure;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * A pattern for addresses. What stands before an address's first {@code /} is matched apart from
 * what stands behind it, each as a whole: the latter is of the caller's own choosing and must not
 * pass for the former. The patterns are those of RE2, which take no more than linear time whatever
 * a caller is called.
 *
 * @param bare for what is before the first {@code /}
 * @param resource for what is behind it; empty if that does not matter
 * @param needsResource whether there must be something behind it
 */
record AddressPattern(Pattern bare, Optional<Pattern> resource, boolean needsResource) {

  private static final int LONGEST = 4096;

  /** What it takes to read a pattern grows with the square of its length. */
  private static final int LONGEST_PATTERN = 512;

  private static final String OPTIONAL = ")?";

  /** RE2/J 1.8 never ends to look for the other cases of some characters (its issue 168). */
  private static final Pattern IGNORES_CASE = Pattern.compile("\\(\\?[A-Za-z-]*i");

  /**
   * Reads {@code BARE}, {@code BARE/RESOURCE} or {@code BARE(/RESOURCE)?}.
   *
   * @throws IllegalArgumentException if it is none of these; the text is fit for a user
   */
  static AddressPattern parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return new AddressPattern(compile(text), Optional.empty(), false);
    }
    boolean optional = slash > 0 && text.charAt(slash - 1) == '(' && text.endsWith(OPTIONAL);
    String before = text.substring(0, optional ? slash - 1 : slash);
    String behind = text.substring(slash + 1, text.length() - (optional ? OPTIONAL.length() : 0));
    try {
      return new AddressPattern(compile(before), Optional.of(compile(behind)), !optional);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + " (write ADDRESS, ADDRESS/RESOURCE or ADDRESS(/RESOURCE)?)", e);
    }
  }

  static Pattern compile(String text) {
    if (text.length() > LONGEST_PATTERN) {
      throw new IllegalArgumentException(
          "a pattern has at most " + LONGEST_PATTERN + " characters");
    }
    if (IGNORES_CASE.matcher(text).find()) {
      throw new IllegalArgumentException("(?i) is not known here: write both cases, as in [Aa]");
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no pattern: " + e.getDescription(), e);
    }
  }

  boolean matches(String address) {
    if (address.length() > LONGEST) {
      return false;
    }
    int slash = address.indexOf('/');
    if (!bare.matches(slash < 0 ? address : address.substring(0, slash))) {
      return false;
    }
    return slash < 0
        ? !needsResource
        : resource.map(pattern -> pattern.matches(address.substring(slash + 1))).orElse(true);
  }
}

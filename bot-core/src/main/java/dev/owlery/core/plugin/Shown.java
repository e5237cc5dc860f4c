package dev.owlery.core.plugin;

import java.util.stream.Collectors;

/** Text from outside, as it may stand in a message to a user: short, one line, no controls. */
final class Shown {

  private static final int MOST = 80;

  private Shown() {}

  /** Replaces what does not print and cuts what is too long. */
  static String of(String text) {
    String printed =
        text.codePoints()
            .limit(MOST)
            .map(c -> prints(c) ? c : '?')
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return printed.length() < text.length() && text.codePointCount(0, text.length()) > MOST
        ? printed + "..."
        : printed;
  }

  private static boolean prints(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}

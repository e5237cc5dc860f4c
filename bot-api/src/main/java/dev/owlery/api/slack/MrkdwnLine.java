package dev.owlery.api.slack;

/**
 * A line with marks, and where each of them ends: looked up once for all positions, so that no part
 * of the line is searched again and again. For one thread.
 */
final class MrkdwnLine {
  private static final int NOWHERE = Integer.MAX_VALUE;

  private final String text;

  /** The next {@code >} and the next backtick at each position or behind it. */
  private final int[] nextPointed;

  private final int[] nextTick;

  /** The {@code <} before a position that is not closed there; negative if there is none. */
  private final int[] opened;

  private final Closers stars;
  private final Closers scores;

  /**
   * The next sign at each position or behind it that may close a mark: outside of entities, and in
   * one that never ends.
   */
  private static final class Closers {
    private final int[] outside;
    private final int[] inside;

    private Closers(int length) {
      outside = new int[length];
      inside = new int[length];
    }
  }

  MrkdwnLine(String text) {
    this.text = text;
    this.nextPointed = next('>');
    this.nextTick = next('`');
    this.opened = new int[text.length()];
    int open = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      open = c == '<' ? i : c == '>' ? -1 : open;
      opened[i] = open;
    }
    this.stars = closers('*');
    this.scores = closers('_');
  }

  String text() {
    return text;
  }

  /**
   * Where that which begins at a position ends.
   *
   * @param at the position
   * @param end where to stop looking
   * @return negative if nothing begins there
   */
  int close(int at, int end) {
    int close =
        switch (text.charAt(at)) {
          case '<' -> nextPointed[at];
          case '`' -> tick(at);
          case '*' -> mark(at, end, stars);
          case '_' -> mark(at, end, scores);
          default -> NOWHERE;
        };
    return close < end ? close : -1;
  }

  private int tick(int at) {
    int close = at + 1 < text.length() ? nextTick[at + 1] : NOWHERE;
    return close > at + 1 && isEdge(at - 1) ? close : NOWHERE;
  }

  private int mark(int at, int end, Closers closers) {
    if (at + 2 >= end || !isEdge(at - 1) || Character.isWhitespace(text.charAt(at + 1))) {
      return NOWHERE;
    }
    int inside = closers.inside[at + 2];
    boolean isSameEntity = inside != NOWHERE && opened[inside] == opened[at];
    return Math.min(closers.outside[at + 2], isSameEntity ? inside : NOWHERE);
  }

  private int[] next(char sign) {
    int[] next = new int[text.length()];
    int found = NOWHERE;
    for (int i = text.length() - 1; i >= 0; i--) {
      found = text.charAt(i) == sign ? i : found;
      next[i] = found;
    }
    return next;
  }

  private Closers closers(char sign) {
    Closers closers = new Closers(text.length());
    int nextOutside = NOWHERE;
    int nextInside = NOWHERE;
    for (int i = text.length() - 1; i >= 0; i--) {
      if (text.charAt(i) == sign && mayClose(i)) {
        nextOutside = opened[i] < 0 ? i : nextOutside;
        nextInside = opened[i] < 0 ? nextInside : i;
      }
      closers.outside[i] = nextOutside;
      closers.inside[i] = nextInside;
    }
    return closers;
  }

  private boolean mayClose(int at) {
    return at > 0 && !Character.isWhitespace(text.charAt(at - 1)) && isEdge(at + 1);
  }

  private boolean isEdge(int at) {
    return at < 0 || at >= text.length() || !Character.isLetterOrDigit(text.charAt(at));
  }
}

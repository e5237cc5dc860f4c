package dev.owlery.core.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody may have meant: for "did you mean". Pure; may be used from any thread. */
public final class Suggestions {

  /** Longer words are not compared: what they cost grows with the square of their length. */
  private static final int LONGEST = 64;

  private Suggestions() {}

  /**
   * The known words that are like a misspelt one: at most a third of its letters are wrong,
   * missing, too many or swapped with their neighbour.
   *
   * @param word what somebody wrote
   * @param known what there is
   * @return the nearest, best first, at most three
   */
  public static List<String> closeTo(String word, Collection<String> known) {
    String wanted = word.toLowerCase(Locale.ROOT);
    if (wanted.isEmpty() || wanted.length() > LONGEST) {
      return List.of();
    }
    int limit = Math.max(1, wanted.length() / 3);
    record Near(String word, int distance) {}
    return known.stream()
        .distinct()
        .map(candidate -> new Near(candidate, distance(wanted, candidate.toLowerCase(Locale.ROOT))))
        .filter(near -> near.distance() <= limit && near.distance() < wanted.length())
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::word))
        .limit(3)
        .map(Near::word)
        .toList();
  }

  /** Damerau's and Levenshtein's distance, where no part is edited twice. */
  private static int distance(String a, String b) {
    if (b.length() > LONGEST) {
      return Integer.MAX_VALUE;
    }
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      rows[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      rows[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best =
            Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + wrong);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, rows[i - 2][j - 2] + 1);
        }
        rows[i][j] = best;
      }
    }
    return rows[a.length()][b.length()];
  }
}

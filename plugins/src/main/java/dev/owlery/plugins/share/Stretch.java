package dev.owlery.plugins.share;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Some bytes of a file.
 *
 * @param from the first
 * @param end behind the last
 */
record Stretch(long from, long end) {

  /** More pieces than that are not remembered: what is forgotten counts as not sent. */
  private static final int MOST = 256;

  long length() {
    return end - from;
  }

  /** Those and one more, joined where they touch, in order. */
  static List<Stretch> joined(List<Stretch> stretches, Stretch more) {
    List<Stretch> all = new ArrayList<>(stretches);
    all.add(more);
    all.sort(Comparator.comparingLong(Stretch::from));
    List<Stretch> joined = new ArrayList<>();
    for (Stretch each : all) {
      if (!joined.isEmpty() && joined.getLast().end >= each.from) {
        Stretch last = joined.removeLast();
        joined.add(new Stretch(last.from, Math.max(last.end, each.end)));
      } else if (joined.size() < MOST) {
        joined.add(each);
      }
    }
    return List.copyOf(joined);
  }
}

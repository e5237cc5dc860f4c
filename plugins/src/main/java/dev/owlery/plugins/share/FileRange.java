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
record FileRange(long from, long end) {

  /** More pieces than that are not remembered: what is forgotten counts as not sent. */
  private static final int MOST = 256;

  long length() {
    return end - from;
  }

  /** Those and one more, joined where they touch, in order. */
  static List<FileRange> joined(List<FileRange> stretches, FileRange more) {
    List<FileRange> all = new ArrayList<>(stretches);
    all.add(more);
    all.sort(Comparator.comparingLong(FileRange::from));
    List<FileRange> joined = new ArrayList<>();
    for (FileRange each : all) {
      if (!joined.isEmpty() && joined.getLast().end >= each.from) {
        FileRange last = joined.removeLast();
        joined.add(new FileRange(last.from, Math.max(last.end, each.end)));
      } else if (joined.size() < MOST) {
        joined.add(each);
      }
    }
    return List.copyOf(joined);
  }
}

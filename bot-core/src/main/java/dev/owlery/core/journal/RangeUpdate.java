package dev.owlery.core.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Collects row numbers and changes them by runs: {@code between first and last}. Most are
 * neighbours, so that a group of changes needs a few statements instead of hundreds. For one
 * thread.
 */
final class RangeUpdate {

  private final PreparedStatement between;
  private long[] numbers = new long[256];
  private int count;

  /** Uses a statement with two places: the first and the last number of a run. */
  RangeUpdate(PreparedStatement between) {
    this.between = between;
  }

  void add(long number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = number;
  }

  void execute() throws SQLException {
    Arrays.sort(numbers, 0, count);
    int from = 0;
    for (int i = 1; i <= count; i++) {
      if (i == count || numbers[i] > numbers[i - 1] + 1) {
        between.setLong(1, numbers[from]);
        between.setLong(2, numbers[i - 1]);
        between.executeUpdate();
        from = i;
      }
    }
    count = 0;
  }
}

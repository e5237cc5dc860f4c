package dev.owlery.launcher.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Every feature on every server; {@code -Dowlery.matrix=NGIRCD,SLACK} for some of the columns. What
 * was seen is put into {@code docs/matrix.md} unless there is silence.
 */
@Tag("matrix")
@Isolated
@Timeout(1_800)
class MatrixIT {
  private static final int AT_ONCE = 2;

  private static List<Column> columns() {
    String some = System.getProperty("owlery.matrix", "");
    return some.isEmpty()
        ? List.of(Column.values())
        : Stream.of(some.toUpperCase(Locale.ROOT).split(",")).map(Column::valueOf).toList();
  }

  private static List<Feature> features() {
    String some = System.getProperty("owlery.features", "");
    return some.isEmpty()
        ? List.of(Feature.values())
        : Stream.of(some.toUpperCase(Locale.ROOT).split(",")).map(Feature::valueOf).toList();
  }

  private static Map<Feature, Finding> tryOut(Column column) {
    try (Venue venue = column.open();
        Trials trials = new Trials(column, venue)) {
      return trials.tryOut(features());
    }
  }

  @Test
  void whatIsMissingLeadsToAnotherWayOrToASentence() throws Exception {
    Map<Column, Map<Feature, Finding>> cells = new EnumMap<>(Column.class);
    Map<Column, Future<Map<Feature, Finding>>> running = new EnumMap<>(Column.class);
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Column column : columns()) {
        assertThat(column.isThere()).as(column + ": run as root").isTrue();
        running.put(column, workers.submit(() -> tryOut(column)));
      }
      for (Map.Entry<Column, Future<Map<Feature, Finding>>> each : running.entrySet()) {
        cells.put(each.getKey(), each.getValue().get());
      }
    }
    List<String> silent = new ArrayList<>();
    cells.forEach((column, found) ->
        found.forEach((feature, finding) -> {
          if (finding.isSilence()) {
            silent.add(column + " " + feature + ": " + finding.words());
          }
        }));
    assertThat(silent).as("silence").isEmpty();
    MatrixTable.update(cells);
  }
}

package dev.owlery.launcher.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.adapter.Capability;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MatrixTableTest {

  @Test
  void everyCapabilityHasARow() {
    Set<Capability> tried =
        Arrays.stream(Feature.values())
            .flatMap(feature -> feature.capability().stream())
            .collect(Collectors.toSet());
    assertThat(tried).containsExactlyInAnyOrder(Capability.values());
  }

  @Test
  void everythingHasBeenTriedAndNothingIsSilent() {
    assertThat(MatrixTable.read()).doesNotContain(MatrixTable.NOT_TRIED, "| silence");
  }

  @Test
  void whatIsFoundReplacesItsCellsAndNoOthers() {
    String page =
        MatrixTable.with(
            "",
            Map.of(
                Column.SLACK,
                Map.of(Feature.EDIT, Finding.works("a | b"), Feature.CARD, Finding.works())));
    String next =
        MatrixTable.with(
            page, Map.of(Column.SLACK, Map.of(Feature.CARD, Finding.refused("no", "Ann"))));
    assertThat(next).contains("| works: a \\| b |", "refused: “no” (Ann)");
    assertThat(MatrixTable.with(next, Map.of())).isEqualTo(next);
  }

  @Test
  void thePageHasTheRowsAndColumnsOfTheCode() {
    assertThat(MatrixTable.titles(MatrixTable.read())).isEqualTo(MatrixTable.titles());
  }
}

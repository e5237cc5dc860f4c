package dev.owlery.launcher.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.adapter.Capability;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MatrixTableTest {

  @Test
  void everyCapabilityHasARow() {
    Set<Capability> tried =
        Arrays.stream(Feature.values())
            .flatMap(feature -> feature.capabilities().stream())
            .collect(Collectors.toSet());
    assertThat(tried).containsExactlyInAnyOrder(Capability.values());
  }

  @Test
  void thePageHasTheRowsAndColumnsOfTheCode() {
    assertThat(MatrixTable.titles(MatrixTable.read())).isEqualTo(MatrixTable.titles());
  }
}

package dev.owlery.launcher.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A few rows in the column that needs no server, so that every build sees the matrix work. */
class MatrixShortIT {

  @Test
  void whatAConsoleLacksLeadsToAnotherWayOrToASentence() {
    try (Venue venue = Column.CONSOLE.open();
        Trials trials = new Trials(Column.CONSOLE, venue)) {
      Map<Feature, Finding> found =
          trials.tryOut(
              List.of(
                  Feature.LOGIN,
                  Feature.ROOM_COMMAND,
                  Feature.EDIT,
                  Feature.REACTION,
                  Feature.FORM,
                  Feature.STRANGER));
      assertThat(found.values()).noneMatch(Finding::isSilence);
      assertThat(found.get(Feature.EDIT).kind()).isEqualTo(Finding.Kind.ANOTHER_WAY);
      assertThat(found.get(Feature.REACTION).kind()).isEqualTo(Finding.Kind.REFUSED);
    }
  }
}

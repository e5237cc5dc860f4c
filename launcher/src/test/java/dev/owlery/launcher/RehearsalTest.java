package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./owlery} runs once after a build, for a quick start. */
final class RehearsalTest {

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void theRehearsalComesToItsEndAndLeavesNothingButNativeLibraries() throws Exception {
    try (OwleryProcess rehearsal =
        OwleryProcess.start(folder, "rehearse", "--natives", folder.resolve("native").toString())) {
      rehearsal.endInput();
      assertThat(rehearsal.exitCode()).as(rehearsal.err()).isZero();
    }
    try (var files = Files.list(folder.resolve("native"))) {
      assertThat(files).hasSize(1);
    }
  }
}

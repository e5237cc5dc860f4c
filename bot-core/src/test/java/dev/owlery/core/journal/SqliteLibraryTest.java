package dev.owlery.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However a process ends, it leaves nothing of SQLite in the temporary folder. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SqliteLibraryTest {

  @TempDir private Path folder;

  private Path temporary;
  private Path data;

  @BeforeEach
  void makeFolders() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
    data = folder.resolve("data");
  }

  @Test
  void startsThatAreKilledLeaveNothingInTheTemporaryFolder() throws Exception {
    for (int start = 0; start < 3; start++) {
      startAndKill();
      assertThat(files(temporary)).as("after %s starts", start + 1).isEmpty();
    }
    assertThat(files(data.resolve("native"))).hasSize(1);
  }

  @Test
  void aLibraryThatWasCutOffIsReplaced() throws Exception {
    startAndKill();
    Path library = files(data.resolve("native")).getFirst();
    long size = Files.size(library);
    Files.write(library, new byte[] {1, 2, 3});
    startAndKill();
    assertThat(library).hasSize(size);
    assertThat(files(temporary)).isEmpty();
  }

  @Test
  void aFolderWithTheLibraryThatIsGivenIsUsedAndOneWithoutItIsNot() throws Exception {
    startAndKill();
    Path given = Files.move(data.resolve("native"), folder.resolve("given"));
    startAndKill("-Dorg.sqlite.lib.path=" + given);
    assertThat(data.resolve("native")).doesNotExist();
    startAndKill("-Dorg.sqlite.lib.path=" + folder.resolve("nothing"));
    assertThat(files(data.resolve("native"))).hasSize(1);
    assertThat(files(temporary)).isEmpty();
  }

  /** Opens the journal in a process of its own, and kills that. */
  private void startAndKill(String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            CrashingWriter.class.getName(),
            data.toString(),
            Durability.CRASH.name(),
            "0"));
    Process writer =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader lines = writer.inputReader(StandardCharsets.US_ASCII)) {
      assertThat(lines.readLine()).isEqualTo("ready");
    } finally {
      writer.destroyForcibly();
      assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }
}

package dev.owlery.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Fetches into a file.
 *
 * @param into where
 */
record Curl(Path into) {
  void gets(String link, String... more) {
    try {
      List<String> command =
          new ArrayList<>(
              List.of("curl", "-sS", "-f", "-m", "60", "--noproxy", "*", "-o", into.toString()));
      command.addAll(List.of(more));
      command.add(link);
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(FileTalk.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  byte[] got() throws IOException {
    return Files.readAllBytes(into);
  }
}

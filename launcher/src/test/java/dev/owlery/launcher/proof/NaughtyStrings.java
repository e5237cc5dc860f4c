package dev.owlery.launcher.proof;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The Big List of Naughty Strings, as npm delivers it: fetched into {@code target/} when it is not
 * there yet.
 */
final class NaughtyStrings {
  private static final String PACKAGE = "blns@2.0.4";
  private static final Path FOLDER = Path.of("target", "blns").toAbsolutePath();
  private static final Path FILE = FOLDER.resolve("package/resources/blns.json");

  private NaughtyStrings() {}

  static List<String> all() {
    try {
      if (!Files.exists(FILE)) {
        Files.createDirectories(FOLDER);
        run("npm", "pack", PACKAGE, "--silent");
        run("tar", "xzf", "blns-2.0.4.tgz");
      }
      String array = Files.readString(FILE);
      return ConfigFactory.parseString(
              "{\"strings\":" + array + "}",
              ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON))
          .getStringList("strings");
    } catch (IOException cannotFetch) {
      throw new UncheckedIOException(
          "the naughty strings (npm " + PACKAGE + ") cannot be fetched", cannotFetch);
    }
  }

  private static void run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " failed (network?): " + said.strip());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }
}

package dev.owlery.launcher.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Programs of others for Node, fetched once into the build's own directory. */
final class NodePackages {
  /** Slack's own, the newest that run on Node 18, which Debian 12 has. */
  private static final Map<String, String> PINNED =
      Map.of("@slack/bolt", "4.7.0", "@slack/web-api", "7.15.0", "@slack/webhook", "7.0.6");

  private static final int ATTEMPTS = 3;
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private NodePackages() {}

  /**
   * The directory in which Node finds them.
   *
   * @throws AssertionError if Node or npm is missing
   */
  static Path installed() {
    Path folder = Path.of("target", "node-packages").toAbsolutePath();
    List<String> missing =
        PINNED.entrySet().stream()
            .filter(wanted -> !isThere(folder, wanted.getKey(), wanted.getValue()))
            .map(wanted -> wanted.getKey() + "@" + wanted.getValue())
            .toList();
    if (!missing.isEmpty()) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "npm", "install", "--no-audit", "--no-fund", "--save-exact", "--loglevel=error"));
      command.addAll(List.of("--prefix", folder.toString()));
      command.addAll(missing);
      try {
        Files.createDirectories(folder);
      } catch (IOException cannotWrite) {
        throw new UncheckedIOException(cannotWrite);
      }
      fetch(command, folder);
    }
    return folder;
  }

  /** The registry may be busy for a moment. */
  private static void fetch(List<String> command, Path folder) {
    for (int attempt = 1; ; attempt++) {
      try {
        run(command, folder, Path.of("/dev/null"));
        return;
      } catch (AssertionError failed) {
        if (attempt == ATTEMPTS) {
          throw failed;
        }
        LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
      }
    }
  }

  private static boolean isThere(Path folder, String name, String version) {
    Path description = folder.resolve("node_modules").resolve(name).resolve("package.json");
    try {
      return Files.exists(description)
          && Files.readString(description).contains("\"version\": \"" + version + "\"");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Runs a script; returns what it printed. */
  static String node(Path folder, String script, Path input, String... arguments) {
    try {
      Path file = Files.writeString(folder.resolve("proof-" + script.hashCode() + ".js"), script);
      List<String> command = new ArrayList<>(List.of("node", file.toString()));
      command.addAll(List.of(arguments));
      return run(command, folder, input);
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  /** Runs a program to its end; returns what it printed. */
  static String run(List<String> command, Path folder, Path input) {
    try {
      Path output = Files.createTempFile(folder, "output", ".txt");
      try {
        Process process = start(command, folder, input, output);
        boolean ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output);
        if (!ended || process.exitValue() != 0) {
          throw new AssertionError(
              command + (ended ? " failed: " : " did not end within " + LONGEST + ": ") + said);
        }
        return said;
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static Process start(List<String> command, Path folder, Path input, Path output) {
    try {
      return new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectInput(input.toFile())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException notInstalled) {
      throw new AssertionError(
          command.getFirst()
              + " does not run: this proof needs Node 18 or later with npm"
              + " (for example: apt install nodejs npm)",
          notInstalled);
    }
  }
}

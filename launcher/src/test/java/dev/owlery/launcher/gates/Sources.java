package dev.owlery.launcher.gates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The sources of all modules. */
final class Sources {
  private Sources() {}

  /** The repository. */
  static Path root() {
    return Path.of(System.getProperty("owlery.root", ".."));
  }

  /** The Java files of all modules below a folder such as {@code src/main/java}. */
  static Stream<Path> below(String folder) {
    return modules()
        .map(module -> module.resolve(folder))
        .filter(Files::isDirectory)
        .flatMap(Sources::walk)
        .filter(file -> file.toString().endsWith(".java"));
  }

  private static Stream<Path> modules() {
    try (Stream<Path> list = Files.list(root())) {
      return list
          .filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> walk(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String className(Path file) {
    String path = file.toString();
    int start = path.lastIndexOf("/java/") + "/java/".length();
    return path.substring(start, path.length() - ".java".length()).replace('/', '.');
  }
}

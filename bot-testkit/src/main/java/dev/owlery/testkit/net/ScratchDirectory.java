package dev.owlery.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory for one server: readable by everyone, gone with {@link #close()}. */
public final class ScratchDirectory implements AutoCloseable {
  private final Path path;

  private ScratchDirectory(Path path) {
    this.path = path;
  }

  /**
   * Makes a new directory. Servers that give up root must still be able to read it.
   *
   * @param name a word that says what it is for
   * @return the directory
   */
  public static ScratchDirectory create(String name) {
    try {
      Path made = Files.createTempDirectory("owlery-" + name + "-");
      made.toFile().setReadable(true, false);
      made.toFile().setExecutable(true, false);
      return new ScratchDirectory(made);
    } catch (IOException cannotMake) {
      throw new UncheckedIOException("cannot make a directory for " + name, cannotMake);
    }
  }

  /**
   * Where it is.
   *
   * @return the absolute path
   */
  public Path path() {
    return path;
  }

  /**
   * Writes a text file.
   *
   * @param name the file's name
   * @param text its contents
   * @return the file
   */
  public Path write(String name, String text) {
    try {
      return Files.writeString(path.resolve(name), text);
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException("cannot write " + name, cannotWrite);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> found = Files.walk(path)) {
      List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException cannotDelete) {
      throw new UncheckedIOException("cannot delete " + path, cannotDelete);
    }
  }
}

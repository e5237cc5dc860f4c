package dev.owlery.plugins.logs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows a log through its rotations. A file that is renamed is read to its end, and for a while
 * longer, beside the new one of its name. A file that is copied and emptied is read on in the copy,
 * if that lies beside it ({@code NAME.1}, {@code NAME-20260101}); what was written between the
 * copying and the emptying is in neither, and nobody can read it. Belongs to one thread.
 */
final class LogTail implements Closeable {
  private static final long MOST = 16L << 20;
  private static final int LATE_LOOKS = 120;

  private final Path path;
  private Optional<OpenLog> current = Optional.empty();
  private Optional<OpenLog> renamed = Optional.empty();
  private int looksLeft;
  private boolean isDrained = true;

  private LogTail(Path path) {
    this.path = path;
  }

  /** Follows a file from its present end on; one that is not there yet, from its beginning. */
  static LogTail fromNow(Path path) throws IOException {
    LogTail tail = new LogTail(path);
    tail.begin(-1);
    return tail;
  }

  /** Follows a file from where it was left, perhaps under another name by now. */
  static LogTail from(Path path, LogPosition left) throws IOException {
    LogTail tail = new LogTail(path);
    if (isSame(path, left.key())) {
      tail.begin(left.position());
      if (tail.current.isPresent() && !tail.current.get().place().equals(left)) {
        tail.current.get().rewind();
      }
      return tail;
    }
    for (Path beside : tail.besides()) {
      if (tail.renamed.isEmpty() && isSame(beside, left.key())) {
        tail.leave(OpenLog.open(beside, left.position()));
      }
    }
    tail.begin(0);
    return tail;
  }

  private static boolean isSame(Path path, String key) {
    try {
      return OpenLog.keyOf(path).equals(key);
    } catch (IOException notThere) {
      return false;
    }
  }

  private void begin(long position) throws IOException {
    try {
      current = Optional.of(OpenLog.open(path, position));
    } catch (NoSuchFileException notYet) {
      current = Optional.empty();
    }
  }

  /** How far it has been read. */
  Optional<LogPosition> place() throws IOException {
    Optional<OpenLog> log = isDrained && current.isPresent() ? current : renamed;
    return log.isPresent() ? Optional.of(log.get().place()) : Optional.empty();
  }

  /** Goes on with a file that has another name now, before the one of this name. */
  private void leave(OpenLog old) {
    renamed = Optional.of(old);
    looksLeft = LATE_LOOKS;
    isDrained = false;
  }

  /**
   * Reads what is new.
   *
   * @param lines takes each whole line, in the order in which they were written
   * @return whether all of it was read; otherwise there is more at once
   */
  boolean read(Consumer<String> lines) throws IOException {
    if (renamed.isPresent() && !drain(renamed.get(), lines)) {
      return false;
    }
    if (current.isEmpty()) {
      begin(0);
    }
    if (current.isEmpty()) {
      return true;
    }
    OpenLog log = current.get();
    if (log.isReplaced()) {
      recover(log, lines);
    }
    boolean all = log.read(MOST, lines);
    if (all && isElsewhere(log)) {
      moveOn(lines);
      return false;
    }
    return all;
  }

  /** The writer goes on with the renamed file until it is told. */
  private boolean drain(OpenLog log, Consumer<String> lines) throws IOException {
    if (!log.read(MOST, lines)) {
      return false;
    }
    isDrained = true;
    if (--looksLeft <= 0) {
      log.finish(lines);
      log.close();
      renamed = Optional.empty();
    }
    return true;
  }

  private boolean isElsewhere(OpenLog log) {
    try {
      return !OpenLog.keyOf(path).equals(log.key());
    } catch (IOException notThereNow) {
      return false;
    }
  }

  private void moveOn(Consumer<String> lines) throws IOException {
    OpenLog old = current.orElseThrow();
    if (renamed.isPresent()) {
      renamed.get().finish(lines);
      renamed.get().close();
    }
    leave(old);
    begin(0);
  }

  /** Reads the rest of what was copied before the file was emptied. */
  private void recover(OpenLog log, Consumer<String> lines) throws IOException {
    for (Path beside : besides()) {
      try (OpenLog copy = OpenLog.open(beside, 0)) {
        if (log.isContinuedIn(copy)) {
          copy.take(log);
          boolean all;
          do {
            all = copy.read(MOST, lines);
          } while (!all);
          copy.finish(lines);
          break;
        }
      } catch (NoSuchFileException goneMeanwhile) {
        // It was not the copy then, or there is nothing to be done.
      }
    }
    log.rewind();
  }

  /** The files whose names begin like this one's. */
  private List<Path> besides() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    String name = String.valueOf(path.getFileName());
    List<Path> found = new ArrayList<>();
    if (folder == null || !Files.isDirectory(folder)) {
      return found;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String other = String.valueOf(file.getFileName());
        boolean rotated = other.startsWith(name + ".") || other.startsWith(name + "-");
        if (rotated && Files.isRegularFile(file)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    if (renamed.isPresent()) {
      renamed.get().close();
    }
    if (current.isPresent()) {
      current.get().close();
    }
  }
}

package dev.owlery.plugins.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log is followed through whatever becomes of its file. */
class LogTailTest {

  @TempDir private Path folder;
  private Path log;
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void begin() throws IOException {
    log = Files.writeString(folder.resolve("app.log"), "old\n");
  }

  private void write(Path file, String text) {
    try {
      Files.write(
          file,
          text.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> read(LogTail tail) throws IOException {
    heard.clear();
    boolean all;
    do {
      all = tail.read(heard::add);
    } while (!all);
    return heard;
  }

  @Test
  void lines_come_when_they_are_whole() throws IOException {
    try (LogTail tail = LogTail.fromNow(log)) {
      assertThat(read(tail)).isEmpty();
      write(log, "one\r\ntw");
      assertThat(read(tail)).containsExactly("one");
      write(log, "o\n\nthree\n");
      assertThat(read(tail)).containsExactly("two", "", "three");
      write(log, "x".repeat(200_000) + "\nend\n");
      assertThat(read(tail)).hasSize(2).last().isEqualTo("end");
      assertThat(heard.getFirst()).hasSize(65_536);
    }
  }

  @Test
  void a_renamed_file_is_read_to_its_end_and_beside_the_new_one() throws IOException {
    try (LogTail tail = LogTail.fromNow(log)) {
      write(log, "a\n");
      Files.move(log, folder.resolve("app.log.1"));
      write(folder.resolve("app.log.1"), "b\n");
      assertThat(read(tail)).containsExactly("a", "b");
      write(folder.resolve("app.log.1"), "c\n");
      write(log, "d\n");
      assertThat(read(tail)).containsExactly("c", "d");
      Files.move(log, folder.resolve("app.log.1"), StandardCopyOption.REPLACE_EXISTING);
      write(log, "e\n");
      assertThat(read(tail)).containsExactly("e");
    }
  }

  @Test
  void what_was_copied_and_emptied_is_read_on_in_the_copy() throws IOException {
    try (LogTail tail = LogTail.fromNow(log)) {
      write(log, "a\n");
      assertThat(read(tail)).containsExactly("a");
      write(log, "b\nc");
      Files.copy(log, folder.resolve("app.log.1"));
      Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
      write(log, "d\n");
      assertThat(read(tail)).containsExactly("b", "c", "d");
      Files.copy(log, folder.resolve("app.log-2"));
      Files.write(log, "e is longer than what was there before\n".getBytes(StandardCharsets.UTF_8));
      assertThat(read(tail)).containsExactly("e is longer than what was there before");
    }
  }

  @Test
  void a_log_is_taken_up_where_it_was_left() throws IOException {
    LogPosition left;
    try (LogTail tail = LogTail.fromNow(log)) {
      write(log, "a\nhalf");
      assertThat(read(tail)).containsExactly("a");
      left = LogPosition.read(tail.place().orElseThrow().written());
    }
    write(log, " line\nb\n");
    try (LogTail tail = LogTail.from(log, left)) {
      assertThat(read(tail)).containsExactly("half line", "b");
      left = tail.place().orElseThrow();
    }
    write(log, "c\n");
    Files.move(log, folder.resolve("app.log.1"));
    write(log, "d\n");
    try (LogTail tail = LogTail.from(log, left)) {
      assertThat(read(tail)).containsExactly("c", "d");
      left = tail.place().orElseThrow();
    }
    Files.write(log, "x\ny\nz\n".getBytes(StandardCharsets.UTF_8));
    try (LogTail tail = LogTail.from(log, left)) {
      assertThat(read(tail)).containsExactly("x", "y", "z");
    }
  }

  @Test
  void a_file_that_is_not_there_yet_is_read_from_its_beginning() throws IOException {
    Path late = folder.resolve("late.log");
    try (LogTail tail = LogTail.fromNow(late)) {
      assertThat(read(tail)).isEmpty();
      write(late, "first\n");
      assertThat(read(tail)).containsExactly("first");
    }
  }
}

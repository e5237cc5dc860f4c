package dev.owlery.adapter.console;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Stands in the place of standard error and hands on whole lines. Safe for use by several threads;
 * a line is handed on outside its lock, so that what is printed meanwhile does not wait.
 */
final class ErrorLines extends OutputStream {

  private static final int LONGEST = 64 * 1024;

  private final Consumer<String> lines;
  private final PrintStream before;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private ErrorLines(Consumer<String> lines, PrintStream before) {
    this.lines = lines;
    this.before = before;
  }

  /**
   * Takes the place of {@link System#err}.
   *
   * @param lines takes each line, without its end
   * @return to be closed, which puts the stream back that was there before
   */
  static ErrorLines take(Consumer<String> lines) {
    ErrorLines taken = new ErrorLines(lines, System.err);
    System.setErr(new PrintStream(taken, true, StandardCharsets.UTF_8));
    return taken;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    StringBuilder whole = new StringBuilder();
    synchronized (line) {
      for (int i = offset; i < offset + length; i++) {
        if (bytes[i] == '\n' || line.size() == LONGEST) {
          whole.append(line.toString(StandardCharsets.UTF_8)).append('\n');
          line.reset();
        }
        if (bytes[i] != '\n') {
          line.write(bytes[i]);
        }
      }
    }
    if (!whole.isEmpty()) {
      lines.accept(whole.substring(0, whole.length() - 1));
    }
  }

  @Override
  public void close() {
    System.setErr(before);
    synchronized (line) {
      if (line.size() > 0) {
        before.println(line.toString(StandardCharsets.UTF_8));
        line.reset();
      }
    }
  }
}

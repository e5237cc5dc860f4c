package dev.owlery.launcher;

import dev.owlery.testkit.net.OtherPrograms;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The bot as a process of its own, as {@code ./owlery} starts it. Ended by {@link #close}. */
final class OwleryProcess implements AutoCloseable {

  private static final long PATIENCE = 60;

  private final Process process;
  private final Path out;
  private final Path err;

  private OwleryProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static OwleryProcess start(Path folder, String... arguments) throws IOException {
    return start(folder, List.of(), arguments);
  }

  static OwleryProcess start(Path folder, List<String> options, String... arguments)
      throws IOException {
    return start(folder, List.of(), options, arguments);
  }

  /** Started by another program, such as {@code taskset} or {@code setpriv}. */
  static OwleryProcess start(
      Path folder, List<String> starter, List<String> options, String... arguments)
      throws IOException {
    return start(folder, starter, classPath(), options, arguments);
  }

  /** Of this build. */
  static String classPath() {
    List<String> program = AssembledProgram.command(List.of(), true);
    return program.get(program.indexOf("-cp") + 1);
  }

  /** With copies of the build's files, for a user that may not read the build's own. */
  static OwleryProcess start(
      Path folder,
      List<String> starter,
      String classPath,
      List<String> options,
      String... arguments)
      throws IOException {
    OtherPrograms.orSkip();
    List<String> command = new ArrayList<>(starter);
    List<String> program = AssembledProgram.command(options, true);
    program.set(program.indexOf("-cp") + 1, classPath);
    command.addAll(program);
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new OwleryProcess(process, out, err);
  }

  void type(String line) {
    try {
      OutputStream in = process.getOutputStream();
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** SIGTERM. */
  void terminate() {
    process.toHandle().destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code, or -1 if it has not ended in time. */
  int exitCode() throws InterruptedException {
    return process.waitFor(PATIENCE, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

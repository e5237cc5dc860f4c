package dev.owlery.launcher.proof;

import dev.owlery.testkit.net.OtherPrograms;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program in one JVM of its own. It never outlives the tests: {@link #close()} kills it, a hook
 * at the end of this JVM does, and a guard does when this JVM itself was killed.
 */
public final class BotProcess implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern READY = Pattern.compile("(?m)^.*\\bready\\b.*$");

  private final Process process;
  private final Process guard;
  private final Path out;
  private final Path err;
  private final Thread atExit = new Thread(this::end);

  private BotProcess(Process process, Path out, Path err) throws IOException {
    this.process = process;
    this.out = out;
    this.err = err;
    this.guard =
        new ProcessBuilder("sh", "-c", "read _; kill -9 " + process.pid() + " 2>/dev/null")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts a program; its output goes to two files, which must not be there yet. */
  static BotProcess start(
      List<String> command, Path directory, Map<String, String> environment, Path out, Path err) {
    OtherPrograms.orSkip();
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.environment().putAll(environment);
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      return new BotProcess(builder.start(), out, err);
    } catch (IOException cannotStart) {
      throw new UncheckedIOException("cannot start " + command, cannotStart);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** What it has started, and what that has started. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** What it has logged so far. */
  public String log() {
    return read(err);
  }

  /** The log as it is in the file, malformed bytes included. */
  byte[] logBytes() {
    try {
      return Files.readAllBytes(err);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What it has printed so far. */
  public String output() {
    return read(out);
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Types lines on its standard input. */
  public void type(String... lines) {
    try {
      BufferedWriter keyboard =
          new BufferedWriter(
              new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
      for (String line : lines) {
        keyboard.write(line + "\n");
      }
      keyboard.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException("the bot does not read any more", gone);
    }
  }

  /** Ends its standard input. */
  void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** Waits for the line that says that all accounts are online. */
  public BotProcess awaitReady() {
    awaitLog(READY.pattern(), PATIENCE);
    return this;
  }

  /** Whether all accounts are online, as the log says. */
  public boolean isReady() {
    return READY.matcher(log()).find();
  }

  /** Waits for a piece of the log. */
  public Matcher awaitLog(String pattern, Duration patience) {
    Pattern wanted = Pattern.compile(pattern);
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      boolean last = !process.isAlive() || System.nanoTime() > deadline;
      Matcher found = wanted.matcher(log());
      if (found.find()) {
        return found;
      }
      if (last) {
        throw new AssertionError(
            "waited in vain for /%s/ in the log of the bot (%s):%n%s"
                .formatted(
                    pattern, process.isAlive() ? "running" : "exit " + exitCode(), tail(log())));
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  public static String tail(String text) {
    int most = 6_000;
    return text.length() <= most ? text : "..." + text.substring(text.length() - most);
  }

  /** SIGKILL, then waits until it is gone. */
  public void kill() {
    guard.destroyForcibly();
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  /** SIGTERM; returns at once. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for its end. */
  public int awaitExit(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            "the bot still runs after " + patience + ":\n" + threads() + tail(log()));
      }
      return process.exitValue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private int exitCode() {
    return process.isAlive() ? -1 : process.exitValue();
  }

  /** What its threads do, for failure messages. */
  String threads() {
    return jcmd("Thread.print");
  }

  /** Asks the JVM something from outside. */
  String jcmd(String... arguments) {
    try {
      Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
      List<String> command = new java.util.ArrayList<>();
      command.add(tool.toString());
      command.add(Long.toString(process.pid()));
      command.addAll(List.of(arguments));
      Process asked = new ProcessBuilder(command).redirectErrorStream(true).start();
      String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      asked.waitFor();
      return answer;
    } catch (IOException cannotAsk) {
      return "(jcmd: " + cannotAsk.getMessage() + ")";
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return "(interrupted)";
    }
  }

  private void end() {
    guard.destroyForcibly();
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyEnding) {
      // The hook is running or has run: nothing is left to take back.
      return;
    }
  }
}

package dev.owlery.plugins.pipes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;

/**
 * One run of a program. What it writes waits in a queue of fixed length; when that is full it waits
 * too. {@link #write} and {@link #line} belong to one thread, the rest to any.
 */
final class Program implements AutoCloseable {
  private static final int LINES = 100;
  private static final int LONGEST_COMPLAINT = 500;
  private static final int COMPLAINTS = 20;
  private static final Duration KINDLY = Duration.ofSeconds(2);
  private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TZ");

  private final String name;
  private final Process process;
  private final Logger log;
  private final BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(LINES);
  private volatile boolean closing;

  private Program(String name, Process process, Logger log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts it. */
  static Program start(String name, PipesSettings.Piped settings, Logger log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(settings.command());
    settings.directory().ifPresent(directory -> builder.directory(directory.toFile()));
    builder.environment().keySet().retainAll(INHERITED);
    builder.environment().putAll(settings.environment());
    Program program = new Program(name, builder.start(), log);
    int longest = settings.longestLine();
    Thread.ofVirtual().name("pipe-" + name).start(() -> program.listen(longest));
    Thread.ofVirtual().name("pipe-" + name + "-errors").start(program::complain);
    return program;
  }

  private void listen(int longest) {
    try (InputStream in = process.getInputStream()) {
      BoundedLines reader = new BoundedLines(in, longest);
      Optional<String> line = reader.next();
      while (line.isPresent()) {
        lines.put(line);
        line = reader.next();
      }
    } catch (IOException ended) {
      log.debug("pipe {}: its output has ended: {}", name, ended.toString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    try {
      lines.put(Optional.empty());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its standard error goes into the log, as much as a person reads. */
  private void complain() {
    long window = System.nanoTime();
    int said = 0;
    try (InputStream in = process.getErrorStream()) {
      BoundedLines reader = new BoundedLines(in, LONGEST_COMPLAINT);
      for (Optional<String> line = reader.next(); line.isPresent(); line = reader.next()) {
        if (System.nanoTime() - window > Duration.ofMinutes(1).toNanos()) {
          window = System.nanoTime();
          said = 0;
        }
        said++;
        if (said <= COMPLAINTS) {
          log.warn("pipe {} says: {}", name, line.get());
        } else if (said == COMPLAINTS + 1) {
          log.warn("pipe {} says more, which is left out for a minute", name);
        }
      }
    } catch (IOException ended) {
      log.debug("pipe {}: its errors have ended: {}", name, ended.toString());
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Gives it a line; false if it did not take it in time. */
  boolean write(String line, Duration patience) throws InterruptedException {
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("pipe-" + name + "-input")
        .start(() -> {
          try {
            OutputStream out = process.getOutputStream();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            written.complete(true);
          } catch (IOException ended) {
            written.complete(false);
          }
        });
    try {
      return written.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException full) {
      return false;
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    }
  }

  /** What it says next. */
  sealed interface ProgramEvent {
    /** A line. */
    record OutputLine(String text) implements ProgramEvent {}

    /** Nothing, in all the time. */
    record Timeout() implements ProgramEvent {}

    /** It has ended. */
    record Exited() implements ProgramEvent {}
  }

  ProgramEvent line(Duration patience) throws InterruptedException {
    Optional<String> line = lines.poll(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
    if (line == null) {
      return new ProgramEvent.Timeout();
    }
    if (line.isEmpty()) {
      boolean _ = lines.offer(line);
      return new ProgramEvent.Exited();
    }
    return new ProgramEvent.OutputLine(line.get());
  }

  /** How it has ended; for the log. */
  String ending() {
    try {
      return process.waitFor(100, TimeUnit.MILLISECONDS)
          ? "ended with status " + process.exitValue()
          : "has closed its output";
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return "ended";
    }
  }

  /** Asks it to end (its input ends, SIGTERM), then ends it (SIGKILL), and what it has started. */
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    try {
      process.getOutputStream().close();
    } catch (IOException | UncheckedIOException ended) {
      log.debug("pipe {}: its input cannot be closed: {}", name, ended.toString());
    }
    try {
      boolean _ = process.waitFor(KINDLY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    lines.clear();
  }
}

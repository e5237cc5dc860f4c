package dev.owlery.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A server program as a child process: started, waited for, killed, started again on the same
 * ports.
 *
 * <p>A child never outlives the tests: {@link #close()} kills it, a shutdown hook kills it when the
 * JVM ends without that, and a guard (a shell that waits for the end of its input, which is a pipe
 * held by this JVM) kills it when the JVM itself was killed. All of them go by process id.
 *
 * <p>Not safe for use by several threads.
 */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(10);

  private final List<String> command;
  private final Path directory;
  private final int port;
  private final Thread atExit = new Thread(this::killNow);
  private @Nullable Process process;
  private @Nullable Process guard;

  private ServerProcess(List<String> command, Path directory, int port) {
    this.command = List.copyOf(command);
    this.directory = directory;
    this.port = port;
  }

  /**
   * Starts a program and waits until it accepts connections.
   *
   * @param command the program and its arguments; the program must stay in the foreground
   * @param directory its working directory, which also gets its output as {@code output.log}
   * @param port the loopback port that it will listen on; 0 to wait for nothing
   * @return the running server
   * @throws IllegalStateException when the program is not installed, or does not listen within 15
   *     s; the message then has its output
   */
  public static ServerProcess start(List<String> command, Path directory, int port) {
    OtherPrograms.orSkip();
    if (!isInstalled(command.getFirst())) {
      throw new IllegalStateException(
          command.getFirst() + " is not installed; run scripts/install-test-servers");
    }
    ServerProcess server = new ServerProcess(command, directory, port);
    Runtime.getRuntime().addShutdownHook(server.atExit);
    server.start();
    return server;
  }

  /**
   * Tells whether a program is on the search path or in one of the directories for servers.
   *
   * @param program the name of the program, without a directory
   * @return true when it can be started
   */
  public static boolean isInstalled(String program) {
    return List.of((System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /**
   * Starts the program again after {@link #kill()}, on the same ports, and waits until it accepts
   * connections.
   *
   * @throws IllegalStateException when it still runs or does not come up
   */
  public void start() {
    if (isRunning()) {
      throw new IllegalStateException(command.getFirst() + " is already running");
    }
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.environment().merge("PATH", ":/usr/sbin:/usr/local/sbin", String::concat);
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
      Process started = builder.start();
      process = started;
      guard =
          new ProcessBuilder("sh", "-c", "read _; kill -9 " + started.pid() + " 2>/dev/null")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      awaitListening(started);
    } catch (IOException cannotStart) {
      throw new UncheckedIOException("cannot start " + command, cannotStart);
    }
  }

  private void awaitListening(Process started) {
    if (port == 0) {
      return;
    }
    long deadline = System.nanoTime() + START_DEADLINE.toNanos();
    while (!accepts(port)) {
      if (!started.isAlive() || System.nanoTime() > deadline) {
        String said = outputText();
        kill();
        throw new IllegalStateException(command + " does not listen on " + port + ":\n" + said);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /**
   * Tells whether somebody accepts connections on a loopback port.
   *
   * @param port the port on 127.0.0.1
   * @return true when a connection could be made; it is closed again at once
   */
  public static boolean accepts(int port) {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException nobodyThere) {
      return false;
    }
  }

  /**
   * Tells whether the program runs.
   *
   * @return true while it does
   */
  public boolean isRunning() {
    Process current = process;
    return current != null && current.isAlive();
  }

  /**
   * The process id of the running program.
   *
   * @return its id
   * @throws IllegalStateException when it does not run
   */
  public long pid() {
    Process current = process;
    if (current == null) {
      throw new IllegalStateException(command.getFirst() + " is not running");
    }
    return current.pid();
  }

  /** Kills the program with SIGKILL and waits until it is gone; nothing happens when it is. */
  public void kill() {
    killNow();
    Process current = process;
    try {
      if (current != null && !current.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException(command.getFirst() + " survived SIGKILL");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    process = null;
  }

  /** The guard goes first: once the server is dead its process id may belong to somebody else. */
  private void killNow() {
    Process watching = guard;
    if (watching != null) {
      watching.destroyForcibly();
    }
    Process current = process;
    if (current != null) {
      current.destroyForcibly();
    }
  }

  /**
   * The file with all that the program has printed so far, over all its starts.
   *
   * @return the file; absent before the first start
   */
  public Path output() {
    return directory.resolve("output.log");
  }

  private String outputText() {
    try {
      return new String(Files.readAllBytes(output()), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      return "(its output cannot be read: " + unreadable.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyEnding) {
      // The JVM is ending, and the hook with it: nothing is left to take back.
      return;
    }
  }
}

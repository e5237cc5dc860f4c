package dev.owlery.benchmarks.carry;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The peer: {@code cat} into a socket, {@code cat} out of it, and then {@code sync}, since a bot
 * has a file on the disk too before it says that it is there.
 */
final class Cats {
  private static final String RECEIVE =
      """
      import os, socket, sys
      door = socket.socket()
      door.bind(("127.0.0.1", 0))
      door.listen()
      print(door.getsockname()[1], flush=True)
      sender = door.accept()[0]
      os.dup2(sender.fileno(), 0)
      os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 1)
      os.execvp("cat", ["cat"])
      """;

  private static final String SEND =
      """
      import os, socket, sys
      print(flush=True)
      receiver = socket.create_connection(("127.0.0.1", int(sys.argv[2])))
      os.dup2(receiver.fileno(), 1)
      os.execvp("cat", ["cat", sys.argv[1]])
      """;

  private static final long PATIENCE_SECONDS = 300;

  private Cats() {}

  /** Copies a file; how long that took, from the first byte until it is on the disk. */
  static Duration carry(Path from, Path to) throws IOException, InterruptedException {
    Process receiver = start("python3", "-c", RECEIVE, to.toString());
    try (BufferedReader said = receiver.inputReader()) {
      String port = String.valueOf(said.readLine());
      Process sender = start("python3", "-c", SEND, from.toString(), port);
      int _ = sender.getInputStream().read();
      long begun = System.nanoTime();
      end(sender);
      end(receiver);
      end(start("sync", to.toString()));
      return Duration.ofNanos(System.nanoTime() - begun);
    } finally {
      receiver.destroyForcibly();
    }
  }

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(List.of(command))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void end(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("the peer failed: " + process.info().commandLine().orElse("?"));
    }
  }
}

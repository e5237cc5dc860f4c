package dev.owlery.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out loopback ports that stay ours until this process ends, although nobody listens on them
 * yet or for the moment.
 *
 * <p>Asking the system for a free port is not enough for a server that is to be killed and started
 * again on the same port: meanwhile another test run, or an outgoing connection, may take it. So
 * the ports come from below the range that the system gives to outgoing connections, and each one
 * is held by a lock on a small file in the temporary directory, which the system releases by itself
 * when the process ends.
 */
public final class LoopbackPorts {
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 500;

  private LoopbackPorts() {}

  /**
   * Reserves one port on 127.0.0.1.
   *
   * @return a port on which nothing listens, and which no other call returns, in any process of
   *     this user that asks here
   * @throws IllegalStateException when no free port was found
   */
  public static int reserve() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port) && lock(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** The channel is left open on purpose: closing it would give the lock away. */
  private static boolean lock(int port) {
    try {
      Path directory = Path.of(System.getProperty("java.io.tmpdir"), "owlery-test-ports");
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve(Integer.toString(port)),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        return false;
      }
      return true;
    } catch (OverlappingFileLockException ours) {
      return false;
    } catch (IOException cannotLock) {
      throw new UncheckedIOException("cannot reserve port " + port, cannotLock);
    }
  }
}

package dev.owlery.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** Stands before a server of the tests and keeps back what goes to it until it is opened. */
final class Sluice implements AutoCloseable {

  private static final int SMALL = 64 << 10;

  private final CountDownLatch opened = new CountDownLatch(1);
  private final ServerSocket door;
  private final int target;
  private final int most;

  /**
   * Listens on loopback.
   *
   * @param port where
   * @param target the server's port
   * @param most so many bytes of each connection get through before it is opened
   */
  Sluice(int port, int target, int most) {
    this.target = target;
    this.most = most;
    try {
      door = new ServerSocket();
      door.setReceiveBufferSize(SMALL);
      door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
    Thread.ofVirtual().name("sluice").start(this::accept);
  }

  /** Lets everything through, for good. */
  void open() {
    opened.countDown();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> pump(client, server, most));
        Thread.ofVirtual().start(() -> pump(server, client, Long.MAX_VALUE));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void pump(Socket from, Socket to, long free) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[SMALL];
      long through = 0;
      for (int some = in.read(piece); some >= 0; some = in.read(piece)) {
        if (through >= free) {
          opened.await();
        }
        out.write(piece, 0, some);
        through += some;
      }
    } catch (IOException cut) {
      // Both ends are closed now, which is what an end on one side means.
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    open();
    try {
      door.close();
    } catch (IOException unlikely) {
      throw new UncheckedIOException(unlikely);
    }
  }
}

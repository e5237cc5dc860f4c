package dev.owlery.adapter.xmpp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A way to a server on this machine that can be blocked: then connections stay open, nothing comes
 * through, and nobody is told.
 */
final class Relay implements AutoCloseable {
  private final ServerSocket door;
  private final int target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private volatile boolean frozen;

  private Relay(int target) throws IOException {
    this.target = target;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  static Relay to(int port) throws IOException {
    return new Relay(port);
  }

  int port() {
    return door.getLocalPort();
  }

  /** All that clients have sent so far. */
  String sent() {
    return sent.toString(StandardCharsets.UTF_8);
  }

  /** From now on nothing comes through; what is open already never will again. */
  void freeze() {
    frozen = true;
  }

  /** New connections come through; those from before are cut. */
  void thaw() {
    open.forEach(Sockets::closeQuietly);
    open.clear();
    frozen = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        open.add(client);
        if (!frozen) {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
          server.setTcpNoDelay(true);
          client.setTcpNoDelay(true);
          open.add(server);
          Thread.ofVirtual().start(() -> copy(client, server, sent));
          Thread.ofVirtual().start(() -> copy(server, client, OutputStream.nullOutputStream()));
        }
      }
    } catch (IOException closed) {
      open.forEach(Sockets::closeQuietly);
    }
  }

  private void copy(Socket from, Socket to, OutputStream copy) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8_192];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (!frozen) {
          copy.write(buffer, 0, count);
          out.write(buffer, 0, count);
        }
      }
      if (!frozen) {
        to.close();
      }
    } catch (IOException broken) {
      if (!frozen) {
        Sockets.closeQuietly(to);
      }
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException alreadyClosed) {
      throw new java.io.UncheckedIOException(alreadyClosed);
    }
    open.forEach(Sockets::closeQuietly);
  }
}

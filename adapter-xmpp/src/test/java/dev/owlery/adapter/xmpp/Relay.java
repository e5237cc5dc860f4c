package dev.owlery.adapter.xmpp;

import dev.owlery.adapter.xmpp.wire.Sockets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A way to a server on this machine that can be blocked: then connections stay open, nothing comes
 * through, and nobody is told. It can also stop at certain words, until something has happened.
 */
final class Relay implements AutoCloseable {
  /** Where to stop; what is to happen there hangs on its future. */
  private record Stop(String words, CompletableFuture<Void> reached) {}

  private final ServerSocket door;
  private final int target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
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
    cut();
    frozen = false;
  }

  /** Ends all connections. */
  void cut() {
    open.forEach(Sockets::closeQuietly);
    open.clear();
  }

  /**
   * Does something before a client's next words of a kind go on to the server; once.
   *
   * @param words text of the stanza
   * @param what may name other words to stop at
   * @return completes when it is done
   */
  CompletableFuture<Void> before(String words, Runnable what) {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    CompletableFuture<Void> done = reached.thenRun(what);
    stop.set(new Stop(words, reached));
    return done;
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
          Thread.ofVirtual().start(() -> copy(client, server, this::toServer));
          Thread.ofVirtual().start(() -> copy(server, client, (bytes, out) -> out.write(bytes)));
        }
      }
    } catch (IOException closed) {
      open.forEach(Sockets::closeQuietly);
    }
  }

  /** How bytes go on. */
  private interface Way {
    void pass(byte[] bytes, OutputStream out) throws IOException;
  }

  private void toServer(byte[] bytes, OutputStream out) throws IOException {
    sent.writeBytes(bytes);
    String words = new String(bytes, StandardCharsets.ISO_8859_1);
    int begin = 0;
    for (Stop next = stop.get(); next != null; next = stop.get()) {
      int at = words.indexOf(next.words(), begin);
      if (at < 0) {
        break;
      }
      out.write(bytes, begin, at - begin);
      begin = at;
      stop.compareAndSet(next, null);
      next.reached().complete(null);
    }
    out.write(bytes, begin, bytes.length - begin);
  }

  private void copy(Socket from, Socket to, Way way) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8_192];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (!frozen) {
          way.pass(Arrays.copyOf(buffer, count), out);
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

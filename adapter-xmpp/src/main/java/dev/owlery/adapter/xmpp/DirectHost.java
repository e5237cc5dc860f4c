package dev.owlery.adapter.xmpp;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for those who fetch a file directly: the part of SOCKS5 (RFC 1928) that XEP-0065 section
 * 4 needs. Lets nobody in who does not name a stream that is waited for. Listens only while one is.
 * Any thread.
 */
final class DirectHost {
  private static final Logger LOG = LoggerFactory.getLogger(DirectHost.class);
  private static final int VERSION = 5;
  private static final int GREETING_MILLIS = 10_000;
  private static final int MOST_STRANGERS = 32;
  private static final int DIGEST = 40;

  private final String address;
  private final int wanted;
  private final Map<String, CompletableFuture<Socket>> awaited = new ConcurrentHashMap<>();
  private final Semaphore strangers = new Semaphore(MOST_STRANGERS);
  private @Nullable ServerSocket listener;

  /**
   * Makes it; nothing is opened yet.
   *
   * @param where address and port, as the configuration has them
   */
  DirectHost(String where) {
    int colon = where.lastIndexOf(':');
    address = where.substring(0, colon);
    wanted = Integer.parseInt(where.substring(colon + 1));
  }

  String address() {
    return address;
  }

  synchronized int port() {
    return listener == null ? wanted : listener.getLocalPort();
  }

  /** A connection that is waited for. */
  record Awaited(DirectHost host, String digest, CompletableFuture<Socket> coming)
      implements AutoCloseable {

    Socket socket(Duration patience) throws IOException, InterruptedException {
      return Patience.wait(coming, patience);
    }

    @Override
    public void close() {
      host.forget(this);
    }
  }

  /**
   * Begins to wait for a stream.
   *
   * @param digest names it
   * @return to be closed when nobody waits any more
   * @throws IOException if the port cannot be opened
   */
  synchronized Awaited await(String digest) throws IOException {
    if (listener == null) {
      ServerSocket fresh = new ServerSocket();
      fresh.setReuseAddress(true);
      fresh.bind(new InetSocketAddress(InetAddress.getByName(address), wanted));
      listener = fresh;
      Thread.ofVirtual().name("files-listen").start(() -> listen(fresh));
    }
    CompletableFuture<Socket> coming = new CompletableFuture<>();
    awaited.put(digest, coming);
    return new Awaited(this, digest, coming);
  }

  private synchronized void forget(Awaited done) {
    awaited.remove(done.digest(), done.coming());
    ServerSocket open = listener;
    if (awaited.isEmpty() && open != null) {
      listener = null;
      try {
        open.close();
      } catch (IOException closedAnyway) {
        LOG.debug("the port for files did not close well", closedAnyway);
      }
    }
  }

  private void listen(ServerSocket open) {
    while (!open.isClosed()) {
      try {
        Socket stranger = open.accept();
        if (strangers.tryAcquire()) {
          Thread.ofVirtual().name("files-greet").start(() -> greet(stranger));
        } else {
          Sockets.closeQuietly(stranger);
        }
      } catch (IOException closed) {
        LOG.debug("no more direct connections: {}", closed.getMessage());
      }
    }
  }

  private void greet(Socket stranger) {
    try {
      stranger.setSoTimeout(GREETING_MILLIS);
      String digest = digest(stranger);
      CompletableFuture<Socket> coming = awaited.remove(digest);
      if (coming == null) {
        throw new IOException("not waited for");
      }
      byte[] name = digest.getBytes(StandardCharsets.US_ASCII);
      byte[] granted = new byte[7 + name.length];
      granted[0] = VERSION;
      granted[3] = 3;
      granted[4] = (byte) name.length;
      System.arraycopy(name, 0, granted, 5, name.length);
      stranger.getOutputStream().write(granted);
      if (!coming.complete(stranger)) {
        throw new IOException("too late");
      }
    } catch (IOException unwelcome) {
      LOG.debug("a direct connection is refused: {}", unwelcome.getMessage());
      Sockets.closeQuietly(stranger);
    } finally {
      strangers.release();
    }
  }

  private static String digest(Socket stranger) throws IOException {
    DataInputStream in = new DataInputStream(stranger.getInputStream());
    OutputStream out = stranger.getOutputStream();
    if (in.readUnsignedByte() != VERSION) {
      throw new IOException("not SOCKS5");
    }
    in.readNBytes(in.readUnsignedByte());
    out.write(new byte[] {VERSION, 0});
    byte[] request = in.readNBytes(5);
    if (request.length != 5
        || request[0] != VERSION
        || request[1] != 1
        || request[3] != 3
        || request[4] != DIGEST) {
      throw new IOException("not a request for a stream");
    }
    String digest = new String(in.readNBytes(DIGEST), StandardCharsets.US_ASCII);
    in.readNBytes(2);
    return digest;
  }
}

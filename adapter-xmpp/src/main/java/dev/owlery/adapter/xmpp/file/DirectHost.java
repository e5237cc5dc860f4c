package dev.owlery.adapter.xmpp.file;

import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.wire.Sockets;
import dev.owlery.spi.EngineThreads;
import dev.owlery.spi.SupervisedThread;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jivesoftware.smackx.bytestreams.socks5.packet.Bytestream.StreamHost;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;
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
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Listeners sockets;
  private final Duration pause;
  private final HostPort wanted;
  private final Optional<HostPort> shown;
  private final Map<String, CompletableFuture<Socket>> awaited = new ConcurrentHashMap<>();
  private final Semaphore strangers = new Semaphore(MOST_STRANGERS);
  private @Nullable ServerSocket listener;

  /** Makes sockets that listen, not bound yet. */
  interface Listeners {
    ServerSocket make() throws IOException;
  }

  /** An address and a port. */
  private record HostPort(String address, int port) {
    static HostPort of(String written) {
      int colon = written.lastIndexOf(':');
      return new HostPort(
          written.substring(0, colon), Integer.parseInt(written.substring(colon + 1)));
    }
  }

  /**
   * Makes it; nothing is opened yet.
   *
   * @param where address and port, as the configuration has them
   * @param shown what others are told instead
   */
  DirectHost(String where, Optional<String> shown) {
    this(where, shown, ServerSocket::new, PAUSE);
  }

  /** With other sockets, and another pause after one has accepted nobody. */
  DirectHost(String where, Optional<String> shown, Listeners sockets, Duration pause) {
    this.sockets = sockets;
    this.pause = pause;
    this.wanted = HostPort.of(where);
    this.shown = shown.map(HostPort::of);
  }

  /** Where others are to connect to, while somebody waits for them. */
  synchronized StreamHost shownAs(Jid own) {
    int here = listener == null ? wanted.port() : listener.getLocalPort();
    HostPort place = shown.orElse(new HostPort(wanted.address(), here));
    return new StreamHost(own, place.address(), place.port());
  }

  /** A connection that is waited for. */
  record AwaitedConnection(DirectHost host, String digest, CompletableFuture<Socket> coming)
      implements AutoCloseable {

    Socket socket(XmppLink link, Duration patience) throws IOException, InterruptedException {
      return PeerTimeouts.wait(link, coming, patience);
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
  synchronized AwaitedConnection await(String digest) throws IOException {
    if (listener == null) {
      ServerSocket fresh = sockets.make();
      fresh.setReuseAddress(true);
      fresh.bind(new InetSocketAddress(InetAddress.getByName(wanted.address()), wanted.port()));
      listener = fresh;
      new SupervisedThread("files-listen", () -> listen(fresh)).start();
    }
    CompletableFuture<Socket> coming = new CompletableFuture<>();
    awaited.put(digest, coming);
    return new AwaitedConnection(this, digest, coming);
  }

  private synchronized void forget(AwaitedConnection done) {
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
    boolean works = true;
    while (!open.isClosed()) {
      try {
        welcome(open.accept());
        works = true;
      } catch (IOException failure) {
        if (!open.isClosed()) {
          // For example no more files may be open: that lasts, and is told once.
          if (works) {
            LOG.warn("files cannot be fetched directly for now: {}", failure.getMessage());
          }
          works = false;
          LockSupport.parkNanos(pause.toNanos());
        }
      }
    }
  }

  private void welcome(Socket stranger) {
    boolean isGreeted = false;
    boolean mayCome = strangers.tryAcquire();
    try {
      if (mayCome) {
        EngineThreads.start("files-greet", () -> greet(stranger));
        isGreeted = true;
      }
    } finally {
      if (!isGreeted) {
        Sockets.closeQuietly(stranger);
        strangers.release(mayCome ? 1 : 0);
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

package dev.owlery.adapter.xmpp.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of an account: without Nagle's delay, which costs 40 ms a message, and kept
 * alive. Remembers the newest one, so that a connection can be cut from outside.
 */
public final class Sockets extends SocketFactory {
  private final Supplier<Socket> maker;
  private volatile @Nullable Socket latest;

  /**
   * For connections in clear, or with STARTTLS.
   *
   * @return a factory of plain sockets
   */
  static Sockets plain() {
    return new Sockets(PlainSocket::new);
  }

  /**
   * For connections that are encrypted from their first byte on.
   *
   * @param layer puts TLS on a connected socket, and checks who is there
   * @return a factory of encrypted sockets
   */
  static Sockets encrypted(TlsSocket.TlsLayer layer) {
    return new Sockets(() -> new TlsSocket(layer));
  }

  private Sockets(Supplier<Socket> maker) {
    this.maker = maker;
  }

  Optional<Socket> latest() {
    return Optional.ofNullable(latest);
  }

  /**
   * Closes the newest one when the other side has read all that it was sent.
   *
   * @param longest so long it may take
   * @return whether it has; at once if there is nothing to close
   */
  CompletableFuture<Boolean> linger(Duration longest) {
    try {
      return switch (latest) {
        case PlainSocket plain -> plain.linger(longest);
        case TlsSocket encrypted -> encrypted.linger(longest);
        case null, default -> CompletableFuture.completedFuture(true);
      };
    } catch (IOException alreadyClosed) {
      return CompletableFuture.completedFuture(true);
    }
  }

  @Override
  public Socket createSocket() {
    Socket made = maker.get();
    latest = made;
    return made;
  }

  public static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      // The purpose was to be rid of it.
      return;
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    throw onlyUnconnected();
  }

  private static IOException onlyUnconnected() {
    return new IOException("this factory makes unconnected sockets only");
  }
}

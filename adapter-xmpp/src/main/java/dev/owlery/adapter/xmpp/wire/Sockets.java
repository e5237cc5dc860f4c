package dev.owlery.adapter.xmpp.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
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

package dev.owlery.adapter.irc;

import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import dev.owlery.api.http.AddressBlock;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

/**
 * Opens the connections of DCC: to addresses that may be connected to, on ports that may be used.
 */
record DccWire(DccSettings settings) {

  private static final Duration CONNECTING = Duration.ofSeconds(15);

  /** A side that says nothing for so long is gone. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private static final int FIRST_HARMLESS_PORT = 1024;

  /**
   * Connects to where somebody says that they listen.
   *
   * @throws TransferException if nobody on a network of chat can be meant by that place
   */
  Socket connect(InetAddress address, int port) throws IOException {
    List<AddressBlock> allowed =
        settings.allow().stream().flatMap(each -> AddressBlock.of(each).stream()).toList();
    if (!AddressBlock.admits(address, allowed)) {
      throw new TransferException(
          Reason.REFUSED, "the address is not public, and dcc.allow does not name it");
    }
    if (port < FIRST_HARMLESS_PORT) {
      throw new TransferException(Reason.REFUSED, "there are no connections to ports below 1024");
    }
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address, port), (int) CONNECTING.toMillis());
      return prepared(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Listens on the first port of the range that is free. */
  ServerSocket listen() throws IOException {
    for (int port = settings.firstPort(); port <= settings.lastPort(); port++) {
      ServerSocket server = new ServerSocket();
      try {
        server.bind(new InetSocketAddress(port), 1);
        return server;
      } catch (BindException taken) {
        server.close();
      } catch (IOException e) {
        server.close();
        throw e;
      }
    }
    throw new IOException("all ports for DCC are in use");
  }

  /** Waits for the other side. */
  Socket accept(ServerSocket server) throws IOException {
    server.setSoTimeout((int) Math.min(Integer.MAX_VALUE, settings.patience().toMillis()));
    try {
      return prepared(server.accept());
    } catch (SocketTimeoutException nobodyCame) {
      throw new TransferException(Reason.UNREACHABLE, "the offer was not accepted");
    }
  }

  private static Socket prepared(Socket socket) throws IOException {
    socket.setSoTimeout((int) SILENCE.toMillis());
    socket.setTcpNoDelay(true);
    return socket;
  }
}

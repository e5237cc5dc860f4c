package dev.owlery.launcher.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** A port of this machine; whoever comes in is led on, each on a thread of its own. */
final class Door implements AutoCloseable {
  private final ServerSocket listening;
  private final Consumer<Socket> host;

  /** Opens it. */
  Door(String address, int port, Consumer<Socket> host) {
    this.host = host;
    try {
      listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.bind(new InetSocketAddress(address, port));
    } catch (IOException cannotListen) {
      throw new UncheckedIOException(cannotListen);
    }
    Thread.ofVirtual().name("door").start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket guest = listening.accept();
        Thread.ofVirtual().start(() -> host.accept(guest));
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException closedAnyway) {
      throw new UncheckedIOException(closedAnyway);
    }
  }
}

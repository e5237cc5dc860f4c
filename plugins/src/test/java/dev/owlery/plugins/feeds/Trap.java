package dev.owlery.plugins.feeds;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Addresses of this machine to which nobody may connect, all on one port: whoever does is noted,
 * also if nothing is asked.
 */
final class Trap implements AutoCloseable {
  private static final int ATTEMPTS = 20;

  private final List<ServerSocket> sockets;
  private final List<String> caught = new CopyOnWriteArrayList<>();

  private Trap(List<ServerSocket> sockets) {
    this.sockets = sockets;
    sockets.forEach(socket -> Thread.ofPlatform().daemon().name("trap").start(() -> watch(socket)));
  }

  /** Sets it on 127.0.0.2 and 127.0.0.1, and on ::1 where there is that. */
  static Trap set() throws IOException {
    for (int attempt = 1; ; attempt++) {
      List<ServerSocket> sockets = new ArrayList<>();
      try {
        sockets.add(listen("127.0.0.2", 0));
        int port = sockets.getFirst().getLocalPort();
        sockets.add(listen("127.0.0.1", port));
        if (hasSix()) {
          sockets.add(listen("::1", port));
        }
        return new Trap(sockets);
      } catch (IOException taken) {
        for (ServerSocket socket : sockets) {
          socket.close();
        }
        if (attempt == ATTEMPTS) {
          throw taken;
        }
      }
    }
  }

  private static boolean hasSix() {
    try (ServerSocket _ = listen("::1", 0)) {
      return true;
    } catch (IOException none) {
      return false;
    }
  }

  private static ServerSocket listen(String address, int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
      return socket;
    } catch (IOException taken) {
      socket.close();
      throw taken;
    }
  }

  private void watch(ServerSocket socket) {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        caught.add(connection.getLocalAddress().getHostAddress());
      } catch (IOException closed) {
        return;
      }
    }
  }

  int port() {
    return sockets.getFirst().getLocalPort();
  }

  /** To which addresses somebody has connected. */
  List<String> caught() {
    return List.copyOf(caught);
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket socket : sockets) {
      socket.close();
    }
  }
}

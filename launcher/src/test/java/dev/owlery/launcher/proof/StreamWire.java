package dev.owlery.launcher.proof;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * The way to a SOCKS5 host on 127.0.0.1 for those who think that it is on {@link #ADDRESS}: lets
 * files be broken off there, each known by the digest of its stream.
 */
final class StreamWire implements AutoCloseable {
  /** Where it listens, on the port of the host behind it. */
  static final String ADDRESS = "127.0.0.2";

  private static final int REQUEST = 5;

  private final FileCuts cuts;
  private final int port;
  private final BooleanSupplier isOpen;
  private final Door door;

  /**
   * Begins to listen.
   *
   * @param isOpen asked for each connection whether it is let in
   */
  StreamWire(FileCuts cuts, int port, BooleanSupplier isOpen) {
    this.cuts = cuts;
    this.port = port;
    this.isOpen = isOpen;
    this.door = new Door(ADDRESS, port, this::serve);
  }

  private void serve(Socket client) {
    try (client) {
      if (!isOpen.getAsBoolean()) {
        return;
      }
      try (Socket host = new Socket(InetAddress.getLoopbackAddress(), port)) {
        String stream = greet(client, host);
        Thread up = Thread.ofVirtual().start(() -> pump(stream, FileCuts.Hop.UP, client, host));
        pump(stream, FileCuts.Hop.DOWN, host, client);
        up.join();
      }
    } catch (IOException broken) {
      // Both ends are closed now, and try again.
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Carries the greeting, in the pieces in which it is made. */
  private static String greet(Socket client, Socket host) throws IOException {
    DataInputStream asked = new DataInputStream(client.getInputStream());
    DataInputStream answered = new DataInputStream(host.getInputStream());
    byte[] version = asked.readNBytes(2);
    if (version.length < 2) {
      throw new IOException("gone");
    }
    host.getOutputStream().write(join(version, asked.readNBytes(version[1])));
    client.getOutputStream().write(answered.readNBytes(2));
    byte[] request = named(asked);
    host.getOutputStream().write(request);
    client.getOutputStream().write(named(answered));
    return new String(request, REQUEST, request.length - REQUEST - 2, StandardCharsets.US_ASCII);
  }

  private static byte[] named(DataInputStream in) throws IOException {
    byte[] head = in.readNBytes(REQUEST);
    if (head.length < REQUEST) {
      throw new IOException("gone");
    }
    return join(head, in.readNBytes(head[REQUEST - 1] + 2));
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private void pump(String stream, FileCuts.Hop hop, Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      if (cuts.carry(stream, hop, in, out, Long.MAX_VALUE)) {
        to.shutdownOutput();
        return;
      }
    } catch (IOException broken) {
      // Whichever side has gone, the other one hears of it.
    }
    reset(from);
    reset(to);
  }

  private static void reset(Socket end) {
    try {
      end.setSoLinger(true, 0);
      end.close();
    } catch (IOException closedAlready) {
      return;
    }
  }

  @Override
  public void close() {
    door.close();
  }
}

package dev.owlery.launcher.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Many connections that send most of a body and then hold it open, as somebody does who wants the
 * bot to run out of memory. Refusals of the bot are what is to be expected.
 */
final class HeldBodies implements AutoCloseable {
  private static final int MOST_LEFT_OUT = 60;

  /**
   * What each connection does.
   *
   * @param name for people
   * @param path where it posts to
   * @param headers besides the length, each with its line end
   * @param length of the body
   * @param isChunked whether it comes without a length
   */
  record Kind(
      String name, String path, Function<Integer, String> headers, int length, boolean isChunked) {}

  private final List<Socket> sockets = new ArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();

  /** Opens so many connections and sends; returns when that is begun. */
  HeldBodies(int port, int connections, Kind kind) throws IOException {
    for (int i = 0; i < connections; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(socket);
      int number = i;
      Thread.ofVirtual().name("holder").start(() -> hold(socket, number, kind));
    }
  }

  private void hold(Socket socket, int number, Kind kind) {
    byte[] body = new byte[Math.max(1, kind.length() - MOST_LEFT_OUT)];
    Arrays.fill(body, (byte) 'x');
    String framing =
        kind.isChunked() ? "Transfer-Encoding: chunked" : "Content-Length: " + kind.length();
    String head =
        "POST %s HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n%s%s\r\n\r\n"
            .formatted(kind.path(), kind.headers().apply(number), framing);
    try {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(US_ASCII));
      if (kind.isChunked()) {
        out.write((Integer.toHexString(kind.length()) + "\r\n").getBytes(US_ASCII));
      }
      out.write(body);
      out.flush();
      if (socket.getInputStream().read() >= 0) {
        refused.incrementAndGet();
      }
    } catch (IOException closed) {
      refused.incrementAndGet();
    }
  }

  /** How many connections were answered or ended by the bot so far. */
  int refused() {
    return refused.get();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}

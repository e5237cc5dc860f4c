package dev.owlery.benchmarks.echo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One user of the race: asks for numbered echoes by private message and measures how long each
 * takes.
 */
final class RaceClient implements AutoCloseable {

  private static final int IDLE_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String bot;
  private final StringBuilder line = new StringBuilder();

  private RaceClient(int port, String nick, String bot) throws IOException {
    this.bot = bot;
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(IDLE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = socket.getOutputStream();
    send("NICK " + nick + "\r\nUSER " + nick + " 0 * :" + nick + "\r\n");
    while (!read().contains(" 376 ") && !line.toString().contains(" 422 ")) {
      answerPing();
    }
  }

  static RaceClient connect(int port, String nick, String bot) throws IOException {
    return new RaceClient(port, nick, bot);
  }

  /** Waits until the bot is in the channel. */
  void awaitBot(String channel) throws IOException {
    send("JOIN " + channel + "\r\n");
    while (!read().matches(":" + bot + "!\\S+ JOIN .*")
        && !line.toString().matches(".* 353 .*\\b" + bot + "\\b.*")) {
      answerPing();
    }
  }

  /** Keeps a number of echoes under way until all are answered. */
  Tally run(int count, int window) throws IOException {
    long[] sentAt = new long[count];
    long[] took = new long[count];
    int sent = 0;
    int next = 0;
    int disorder = 0;
    StringBuilder batch = new StringBuilder();
    while (next < count) {
      while (sent < count && sent - next < window) {
        batch.append("PRIVMSG ").append(bot).append(" :!echo n").append(sent).append("\r\n");
        sentAt[sent++] = System.nanoTime();
      }
      if (!batch.isEmpty()) {
        send(batch.toString());
        batch.setLength(0);
      }
      do {
        int number = number(read());
        if (number == next) {
          took[next] = System.nanoTime() - sentAt[next];
          next++;
        } else if (number >= 0) {
          disorder++;
          took[number] = System.nanoTime() - sentAt[number];
          next++;
        } else {
          answerPing();
        }
      } while (next < sent && in.available() > 0);
    }
    return new Tally(took, disorder);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** How long each echo took, in nanoseconds, and how many came out of their order. */
  record Tally(long[] took, int disorder) {}

  private static int number(String reply) {
    int text = reply.indexOf(" :n");
    return reply.contains(" PRIVMSG ") && text > 0
        ? Integer.parseInt(reply.substring(text + 3))
        : -1;
  }

  private void answerPing() throws IOException {
    if (line.toString().startsWith("PING")) {
      send("PONG" + line.substring(4) + "\r\n");
    }
  }

  private String read() throws IOException {
    line.setLength(0);
    int c;
    while ((c = in.read()) != '\n') {
      if (c < 0) {
        throw new IOException("the server has closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}

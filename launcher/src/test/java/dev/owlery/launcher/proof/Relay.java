package dev.owlery.launcher.proof;

import dev.owlery.testkit.net.LoopbackPorts;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A wire tap between the bot and a server on 127.0.0.1: remembers every line of both directions in
 * order, can put lines of its own before the bot, and stands for the server's port: shut, the bot
 * finds nobody there.
 */
final class Relay implements AutoCloseable {
  /** A line on the wire. */
  record Line(boolean fromBot, String text, long nanos) {}

  private final int port;
  private final int target;
  private final List<Line> lines = new ArrayList<>();
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile @Nullable ServerSocket door;

  private Relay(int port, int target) {
    this.port = port;
    this.target = target;
    open();
  }

  /** Begins to listen on a port of its own. */
  Relay(int target) {
    this(LoopbackPorts.reserve(), target);
  }

  /** Begins to listen on a port that the bot knows already. */
  static Relay on(int port, int target) {
    return new Relay(port, target);
  }

  int port() {
    return port;
  }

  /** Accepts connections from now on. */
  void open() {
    try {
      ServerSocket listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      door = listening;
      Thread.ofVirtual().name("relay").start(() -> accept(listening));
    } catch (IOException cannotListen) {
      throw new UncheckedIOException("cannot listen on " + port, cannotListen);
    }
  }

  /** Accepts no more connections and drops those that are there. */
  void shut() {
    try {
      ServerSocket listening = door;
      if (listening != null) {
        listening.close();
      }
    } catch (IOException cannotClose) {
      throw new UncheckedIOException(cannotClose);
    }
    links.forEach(Link::drop);
  }

  private void accept(ServerSocket listening) {
    try {
      while (true) {
        Socket bot = listening.accept();
        try {
          Link link = new Link(bot, new Socket(InetAddress.getLoopbackAddress(), target));
          links.add(link);
          connections.incrementAndGet();
          Thread.ofVirtual().name("relay-out").start(() -> link.pump(true));
          Thread.ofVirtual().name("relay-in").start(() -> link.pump(false));
        } catch (IOException serverDown) {
          bot.close();
        }
      }
    } catch (IOException shutDown) {
      // That is how the door tells that it was closed.
      return;
    }
  }

  /** Puts a line before the bot, as if the server had sent it. */
  void inject(String line) {
    byte[] bytes = (line + "\r\n").getBytes(StandardCharsets.UTF_8);
    links.forEach(link -> link.toBot(bytes));
  }

  /** Everything that went over the wire so far. */
  List<Line> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** How many connections the bot has made so far. */
  int connections() {
    return connections.get();
  }

  private void note(boolean fromBot, byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8).stripTrailing();
    synchronized (lines) {
      lines.add(new Line(fromBot, text, System.nanoTime()));
    }
  }

  @Override
  public void close() {
    shut();
  }

  private final class Link {
    private final Socket bot;
    private final Socket server;
    private final OutputStream botOut;

    Link(Socket bot, Socket server) throws IOException {
      this.bot = bot;
      this.server = server;
      bot.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      this.botOut = new BufferedOutputStream(bot.getOutputStream(), 1 << 16);
    }

    void pump(boolean fromBot) {
      try {
        InputStream in =
            new BufferedInputStream((fromBot ? bot : server).getInputStream(), 1 << 16);
        OutputStream out =
            fromBot ? new BufferedOutputStream(server.getOutputStream(), 1 << 16) : botOut;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
          line.write(next);
          if (next == '\n') {
            note(fromBot, line.toByteArray());
            write(out, line.toByteArray(), in.available() == 0);
            line.reset();
          }
        }
      } catch (IOException cut) {
        // The other side is dropped too, below: that is all that a cut means here.
        return;
      } finally {
        drop();
      }
    }

    private void write(OutputStream out, byte[] bytes, boolean flush) throws IOException {
      synchronized (out) {
        out.write(bytes);
        if (flush) {
          out.flush();
        }
      }
    }

    void toBot(byte[] bytes) {
      try {
        write(botOut, bytes, true);
      } catch (IOException gone) {
        drop();
      }
    }

    void drop() {
      links.remove(this);
      try (Socket one = bot;
          Socket other = server) {
        one.shutdownInput();
        other.shutdownInput();
      } catch (IOException alreadyClosed) {
        // Both are closed now, which is what was wanted.
        return;
      }
    }
  }
}

package dev.owlery.launcher.proof;

import dev.owlery.testkit.net.LoopbackPorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The wire between the bot and a server on 127.0.0.1, for protocols without lines: bytes pass at
 * once. It can be shut (the bot finds nobody there), or fall silent: nothing passes in either
 * direction, and nobody is told, as when a cable is pulled; what was under way passes when it
 * speaks again.
 */
final class Wire implements AutoCloseable {
  private final int port = LoopbackPorts.reserve();
  private final int target;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private final List<Long> connections = new ArrayList<>();
  private final List<StreamRecord> records = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition speaks = lock.newCondition();
  private boolean silent;
  private volatile @Nullable ServerSocket door;

  /** Begins to listen on a port of its own. */
  Wire(int target) {
    this.target = target;
    open();
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
      Thread.ofVirtual().name("wire").start(() -> accept(listening));
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
      for (Socket end : ends) {
        end.close();
      }
    } catch (IOException cannotClose) {
      throw new UncheckedIOException(cannotClose);
    }
  }

  /** Lets nothing pass from now on, new connections' bytes neither. */
  void fallSilent() {
    lock.lock();
    try {
      silent = true;
    } finally {
      lock.unlock();
    }
  }

  /** Lets everything pass again, first what waits. */
  void speak() {
    lock.lock();
    try {
      silent = false;
      speaks.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** When the bot has connected, in System.nanoTime. */
  List<Long> connections() {
    synchronized (connections) {
      return List.copyOf(connections);
    }
  }

  /** What has passed on each connection, the oldest first. */
  List<StreamRecord> records() {
    synchronized (records) {
      return List.copyOf(records);
    }
  }

  private void accept(ServerSocket listening) {
    try {
      while (true) {
        Socket bot = listening.accept();
        synchronized (connections) {
          connections.add(System.nanoTime());
        }
        Thread.ofVirtual().name("wire-out").start(() -> link(bot));
      }
    } catch (IOException shutDown) {
      // That is how the door tells that it was closed.
      return;
    }
  }

  private void link(Socket bot) {
    ends.add(bot);
    try (bot) {
      awaitSpeech();
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
        ends.add(server);
        bot.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        StreamRecord record = new StreamRecord();
        synchronized (records) {
          records.add(record);
        }
        Thread back =
            Thread.ofVirtual()
                .name("wire-in")
                .start(() -> pump(server, bot, record::noteFromServer));
        pump(bot, server, record::noteFromBot);
        back.join();
        ends.remove(server);
      }
    } catch (IOException serverDown) {
      // The bot's end is closed, which tells it.
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      ends.remove(bot);
    }
  }

  private void pump(Socket from, Socket to, Consumer<byte[]> noted) {
    byte[] bytes = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        awaitSpeech();
        byte[] passed = Arrays.copyOf(bytes, read);
        noted.accept(passed);
        out.write(passed);
        out.flush();
      }
      awaitSpeech();
      to.shutdownOutput();
    } catch (IOException cut) {
      close(from);
      close(to);
    }
  }

  private void awaitSpeech() {
    lock.lock();
    try {
      while (silent) {
        speaks.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void close(Socket end) {
    try {
      end.close();
    } catch (IOException cannotClose) {
      throw new UncheckedIOException(cannotClose);
    }
  }

  @Override
  public void close() {
    speak();
    shut();
  }
}

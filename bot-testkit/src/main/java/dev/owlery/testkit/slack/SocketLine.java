package dev.owlery.testkit.slack;

import io.javalin.websocket.WsContext;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One socket with a queue before it: a bot that reads slowly keeps a thread of its own waiting, and
 * nobody else.
 */
final class SocketLine {
  private static final int NORMAL = 1000;

  private final WsContext socket;
  private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private final Thread sender;

  SocketLine(WsContext socket) {
    this.socket = socket;
    this.sender = Thread.ofVirtual().name("slack-double-socket").start(this::run);
  }

  boolean is(WsContext other) {
    return socket.sessionId().equals(other.sessionId());
  }

  boolean isOpen() {
    return socket.session.isOpen();
  }

  void send(String frame) {
    work.add(() -> socket.send(frame));
  }

  /** After all that was sent before. */
  void close(String reason) {
    work.add(() -> socket.closeSession(NORMAL, reason));
  }

  /** At once, without a word. */
  void drop() {
    socket.session.disconnect();
    end();
  }

  void end() {
    sender.interrupt();
  }

  private void run() {
    try {
      while (isOpen()) {
        work.take().run();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}

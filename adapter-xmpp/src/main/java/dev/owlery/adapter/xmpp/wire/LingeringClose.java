package dev.owlery.adapter.xmpp.wire;

import dev.owlery.spi.EngineThreads;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Closes a socket so that the other side reads all that it was sent, and we learn when it has (a
 * lingering close; RFC 9112 section 9.6 describes it for HTTP): our direction is ended, and what
 * still comes is thrown away until the other side closes its own. Who reads from the socket finds
 * its end at once. Safe for use by several threads.
 */
final class LingeringClose {
  /** So long a reader may take to notice. */
  private static final int POLL_MILLIS = 100;

  private static final int BUFFER = 8_192;

  /** Closes the socket itself. */
  interface Closing {
    void close() throws IOException;
  }

  private final Socket socket;
  private final Closing closing;
  private final ReentrantLock reading = new ReentrantLock();
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();
  private volatile boolean isBegun;

  /** How long readers want to wait, in milliseconds; 0 for ever. */
  private volatile int patience;

  /**
   * For a socket that passes its streams and its timeout through this.
   *
   * @param socket the socket
   * @param closing closes it at once
   */
  LingeringClose(Socket socket, Closing closing) {
    this.socket = socket;
    this.closing = closing;
  }

  /** The timeout that the socket itself must have. */
  static int pollMillis() {
    return POLL_MILLIS;
  }

  void setPatience(int millis) {
    patience = millis;
  }

  int patience() {
    return patience;
  }

  /** What the socket's readers are to read. */
  InputStream input(InputStream raw) {
    return new Input(raw);
  }

  /** Closes the socket, unless that is under way by itself. */
  void close() throws IOException {
    if (!isBegun) {
      closing.close();
    }
  }

  /**
   * Begins; once. Does not wait.
   *
   * @param raw what the socket itself reads
   * @param longest after this the socket is closed in any case
   * @return whether the other side has closed its direction; completes then
   */
  CompletableFuture<Boolean> begin(InputStream raw, Duration longest) {
    synchronized (this) {
      if (isBegun) {
        return over;
      }
      isBegun = true;
    }
    var _ =
        over.completeOnTimeout(false, longest.toMillis(), TimeUnit.MILLISECONDS)
            .thenRun(this::closeNow);
    try {
      socket.shutdownOutput();
    } catch (IOException alreadyClosed) {
      over.complete(true);
    }
    var _ = EngineThreads.start("xmpp-linger", () -> drain(raw));
    return over;
  }

  private void closeNow() {
    try {
      closing.close();
    } catch (IOException alreadyBroken) {
      // The purpose was to be rid of it.
      return;
    }
  }

  private void drain(InputStream raw) {
    reading.lock();
    try {
      while (!over.isDone()) {
        if (isAtEnd(raw)) {
          over.complete(true);
        }
      }
    } finally {
      reading.unlock();
    }
  }

  /** Who has closed a connection reads no more of it, also where that looks like an error here. */
  private static boolean isAtEnd(InputStream raw) {
    try {
      return raw.read(new byte[BUFFER]) < 0;
    } catch (SocketTimeoutException quiet) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  /** Reads until the socket is being closed. */
  private final class Input extends FilterInputStream {
    Input(InputStream raw) {
      super(raw);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      long begun = System.nanoTime();
      while (!isBegun) {
        reading.lock();
        try {
          int count = in.read(into, offset, length);
          return isBegun ? -1 : count;
        } catch (SocketTimeoutException quiet) {
          long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
          if (patience > 0 && waited >= patience) {
            throw quiet;
          }
        } finally {
          reading.unlock();
        }
      }
      return -1;
    }
  }
}

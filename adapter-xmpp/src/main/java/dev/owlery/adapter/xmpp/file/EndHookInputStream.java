package dev.owlery.adapter.xmpp.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** Bytes at whose end something is done before it is told. For one thread. */
final class EndHookInputStream extends FilterInputStream {
  private final AtEnd atEnd;
  private boolean isDone;

  /** What is done, once. */
  @FunctionalInterface
  interface AtEnd {
    void run() throws IOException, InterruptedException;
  }

  EndHookInputStream(InputStream bytes, AtEnd atEnd) {
    super(bytes);
    this.atEnd = atEnd;
  }

  @Override
  public int read() throws IOException {
    return seen(in.read());
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return seen(in.read(into, offset, length));
  }

  private int seen(int read) throws IOException {
    if (read < 0 && !isDone) {
      isDone = true;
      try {
        atEnd.run();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("interrupted").initCause(stopped);
      }
    }
    return read;
  }
}

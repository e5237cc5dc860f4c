package dev.owlery.web;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * An answer that must be read at some speed, or its connection is broken off. Written by one
 * thread; any thread may ask whether it is late.
 */
final class PacedAnswer extends OutputStream {
  private static final int PIECE = 64 * 1024;

  private final OutputStream answer;
  private final TransferRate pace;

  /** Until when the piece that is being written must be taken; zero while none is. */
  private volatile long deadline;

  PacedAnswer(OutputStream answer, Duration grace) {
    this.answer = answer;
    this.pace = new TransferRate(grace);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int end = from + length;
    for (int at = from; at < end; at += PIECE) {
      int size = Math.min(PIECE, end - at);
      int start = at;
      timed(size, () -> answer.write(bytes, start, size));
    }
  }

  @Override
  public void flush() throws IOException {
    timed(0, answer::flush);
  }

  @Override
  public void close() throws IOException {
    timed(0, answer::close);
  }

  /** Something that waits for the client. */
  @FunctionalInterface
  private interface ClientWrite {
    void run() throws IOException;
  }

  private void timed(int size, ClientWrite write) throws IOException {
    long begun = System.nanoTime();
    deadline = Math.max(1, begun + pace.left());
    try {
      write.run();
    } finally {
      deadline = 0;
    }
    if (pace.moved(size, System.nanoTime() - begun)) {
      throw new IOException("the client reads too slowly");
    }
  }

  /** Whether the client has taken longer than it may. */
  boolean isLate(long now) {
    long until = deadline;
    return until != 0 && now - until > 0;
  }
}

package dev.owlery.adapter.xmpp.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What comes in by an in-band stream. The reading thread adds pieces, one other thread reads. A
 * piece is answered when it is taken, so that the other side sends no faster than we write.
 */
final class InBandInput extends InputStream {
  private static final int MOST_WAITING = 64;
  private static final int SEQUENCES = 65_536;
  private static final int QUIET_SECONDS = 60;

  private final Consumer<InBandInput> whenClosed;

  /**
   * A stream that has not begun.
   *
   * @param whenClosed told when nobody reads any more
   */
  InBandInput(Consumer<InBandInput> whenClosed) {
    this.whenClosed = whenClosed;
  }

  private record ReceivedBlock(ByteBuffer bytes, Runnable taken, boolean isLast) {}

  private static final ReceivedBlock LAST =
      new ReceivedBlock(ByteBuffer.allocate(0), () -> {}, true);

  private final LinkedBlockingQueue<ReceivedBlock> waiting = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> begun = new CompletableFuture<>();
  private volatile String trouble = "";
  private int sequence;
  private ByteBuffer present = ByteBuffer.allocate(0);
  private boolean atEnd;

  /** The other side has opened the stream. */
  void begin(int block) {
    begun.complete(block);
  }

  CompletableFuture<Integer> begun() {
    return begun;
  }

  /**
   * Adds a piece. For the reading thread.
   *
   * @param number its number
   * @param text it in base64
   * @param taken called when it is read, or given up
   * @return false if it does not belong there
   */
  boolean add(int number, String text, Runnable taken) {
    if (number != sequence || !begun.isDone() || waiting.size() >= MOST_WAITING) {
      return false;
    }
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
    if (bytes.length > begun.join()) {
      return false;
    }
    sequence = (sequence + 1) % SEQUENCES;
    waiting.add(new ReceivedBlock(ByteBuffer.wrap(bytes), taken, false));
    return true;
  }

  /**
   * There is no more.
   *
   * @param why what happened; empty if the other side has closed the stream
   */
  void end(String why) {
    trouble = why;
    waiting.add(LAST);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!present.hasRemaining()) {
      if (atEnd || !next()) {
        return -1;
      }
    }
    int count = Math.min(length, present.remaining());
    present.get(into, from, count);
    return count;
  }

  private boolean next() throws IOException {
    ReceivedBlock piece;
    try {
      piece = waiting.poll(QUIET_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
    if (piece == null) {
      throw new IOException("nothing came for " + QUIET_SECONDS + " s");
    }
    if (piece.isLast()) {
      atEnd = true;
      if (!trouble.isEmpty()) {
        throw new IOException(trouble);
      }
      return false;
    }
    present = piece.bytes();
    piece.taken().run();
    return true;
  }

  @Override
  public void close() {
    whenClosed.accept(this);
    waiting.clear();
  }
}

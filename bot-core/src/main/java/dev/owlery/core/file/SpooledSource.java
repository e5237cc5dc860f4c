package dev.owlery.core.file;

import dev.owlery.api.file.FileSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/**
 * The bytes of a copy in the spool.
 *
 * @param file where they are
 * @param size how many there are
 * @param attempt is told how far they are
 */
record SpooledSource(Path file, long size, TransferAttempt attempt) implements FileSource {

  private static final int PIECE = 256 << 10;

  @Override
  public InputStream from(long offset) throws IOException {
    if (offset < 0 || offset > size) {
      throw new IOException("the other side asks for bytes that the file does not have");
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    channel.position(offset);
    attempt.startsAt(offset);
    return new Counted(channel, offset, attempt::moved);
  }

  /** Counts what is read. */
  private static final class Counted extends InputStream {
    private final FileChannel channel;
    private final LongConsumer moved;
    private long at;

    Counted(FileChannel channel, long offset, LongConsumer moved) {
      this.channel = channel;
      this.at = offset;
      this.moved = moved;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = channel.read(ByteBuffer.wrap(bytes, offset, length));
      if (count > 0) {
        at += count;
        moved.accept(at);
      }
      return count;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
      byte[] piece = new byte[PIECE];
      long total = 0;
      for (int count = read(piece, 0, PIECE); count >= 0; count = read(piece, 0, PIECE)) {
        out.write(piece, 0, count);
        total += count;
      }
      return total;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}

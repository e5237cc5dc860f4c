package dev.owlery.core.http;

import dev.owlery.api.http.HttpRequest.BodyTooLongException;
import dev.owlery.spi.ByteBudget;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads bodies into memory that was asked for before. */
final class BodyReader {
  private static final int FIRST = 16 << 10;

  private BodyReader() {}

  /** All clients that have proven nothing hold too much already. */
  static final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;

    NoRoomException() {
      super("too many bodies are being read");
    }
  }

  /**
   * Reads a whole body. What it takes of the budget grows with what has come, whatever the client
   * announces.
   *
   * @param body the bytes
   * @param announced how many the client says that there are; 0 if it does not say
   * @param limit how many there may be
   * @param lease what the body counts for
   * @return exactly the body
   * @throws NoRoomException if the budget is used up
   * @throws BodyTooLongException if there are more bytes than the limit allows
   * @throws IOException if the client goes away, or is too slow
   */
  static byte[] read(InputStream body, long announced, int limit, ByteBudget.Lease lease)
      throws IOException {
    if (announced > limit) {
      throw new BodyTooLongException(limit);
    }
    int most = announced > 0 ? (int) announced : limit;
    byte[] bytes = grow(new byte[0], Math.min(FIRST, most), lease);
    int length = 0;
    while (true) {
      int read = body.readNBytes(bytes, length, bytes.length - length);
      length += read;
      if (length < bytes.length) {
        return Arrays.copyOf(bytes, length);
      }
      if (length == most) {
        if (announced <= 0 && body.read() >= 0) {
          throw new BodyTooLongException(limit);
        }
        return bytes;
      }
      bytes = grow(bytes, (int) Math.min(most, bytes.length * 2L), lease);
    }
  }

  private static byte[] grow(byte[] bytes, int length, ByteBudget.Lease lease)
      throws NoRoomException {
    if (!lease.take(length - bytes.length)) {
      throw new NoRoomException();
    }
    return Arrays.copyOf(bytes, length);
  }
}

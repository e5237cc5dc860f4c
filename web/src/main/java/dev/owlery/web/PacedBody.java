package dev.owlery.web;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A request's body that must come at some speed, or reading it fails. Belongs to one thread. */
final class PacedBody extends InputStream {

  private final InputStream body;
  private final TransferRate pace;

  PacedBody(InputStream body, Duration grace) {
    this.body = body;
    this.pace = new TransferRate(grace);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int from, int length) throws IOException {
    long asked = System.nanoTime();
    int read = body.read(buffer, from, length);
    // The handler's own time is not the client's.
    boolean isLate = pace.moved(Math.max(0, read), System.nanoTime() - asked);
    if (read > 0 && isLate) {
      throw new IOException("the client sends too slowly");
    }
    return read;
  }

  @Override
  public int available() throws IOException {
    return body.available();
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}

package dev.owlery.adapter.irc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a connection's bytes into lines. A line ends with LF and nothing else: a bare CR, which a
 * server may relay inside a message, must not begin a line of its own, or anybody could forge
 * anybody. CR and NUL become spaces, bytes that are no UTF-8 become what {@link WireText} makes of
 * them in lines that name somebody, and U+FFFD elsewhere; no line is lost for that.
 *
 * <p>A line longer than {@link #LIMIT} is cut there and its rest thrown away, so that memory stays
 * bounded. For one thread.
 */
final class LineReader {
  /** Twice what the IRCv3 specifications allow, tags included. */
  static final int LIMIT = 16 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[4 * LIMIT];
  private int start;
  private int end;
  private boolean skipping;

  LineReader(InputStream in) {
    this.in = in;
  }

  /**
   * Waits for the next line.
   *
   * @return the line without its end; null at the end of the connection
   * @throws IOException if the connection broke
   */
  @Nullable String next() throws IOException {
    int scanned = start;
    while (true) {
      int feed = indexOfFeed(scanned);
      if (feed >= 0) {
        int from = start;
        start = feed + 1;
        if (!skipping) {
          return decode(from, Math.min(feed, from + LIMIT));
        }
        skipping = false;
        scanned = start;
      } else if (end - start > LIMIT) {
        int from = start;
        start = end;
        if (!skipping) {
          skipping = true;
          return decode(from, from + LIMIT);
        }
        scanned = start;
      } else {
        scanned = end - start;
        makeRoom();
        scanned += start;
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
          return null;
        }
        end += read;
      }
    }
  }

  /**
   * Whether the next line is there already, so that {@link #next} will not wait.
   *
   * @return true if a whole line is in the buffer
   */
  boolean hasLine() {
    return indexOfFeed(start) >= 0;
  }

  private int indexOfFeed(int from) {
    for (int i = from; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void makeRoom() {
    if (start == end) {
      start = 0;
      end = 0;
    } else if (end == buffer.length) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
  }

  private String decode(int from, int to) {
    int stop = to;
    while (stop > from && buffer[stop - 1] == '\r') {
      stop--;
    }
    for (int i = from; i < stop; i++) {
      if (buffer[i] == '\r' || buffer[i] == 0) {
        Arrays.fill(buffer, i, i + 1, (byte) ' ');
      }
    }
    boolean namesSomebody = from < stop && (buffer[from] == ':' || buffer[from] == '@');
    return namesSomebody
        ? WireText.decode(buffer, from, stop)
        : new String(buffer, from, stop - from, StandardCharsets.UTF_8);
  }
}

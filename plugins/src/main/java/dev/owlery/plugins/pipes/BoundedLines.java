package dev.owlery.plugins.pipes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines of a bounded length; what is longer is cut. Belongs to one thread. */
final class BoundedLines {
  private static final int PIECE = 8_192;

  private final InputStream in;
  private final int longest;
  private final byte[] piece = new byte[PIECE];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int at;
  private int end;

  BoundedLines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** The next line; empty at the end. */
  Optional<String> next() throws IOException {
    line.reset();
    boolean any = false;
    while (true) {
      if (at == end) {
        end = Math.max(0, in.read(piece));
        at = 0;
        if (end == 0) {
          return any ? Optional.of(text()) : Optional.empty();
        }
      }
      any = true;
      int start = at;
      while (at < end && piece[at] != '\n') {
        at++;
      }
      line.write(piece, start, Math.min(at - start, longest - line.size()));
      if (at < end) {
        at++;
        return Optional.of(text());
      }
    }
  }

  private String text() {
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}

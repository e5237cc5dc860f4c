package dev.owlery.testkit.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an XMPP stream into its stanzas, character by character, without understanding them: RFC
 * 6120 section 11.1 forbids what would make that difficult (comments, processing instructions,
 * CDATA from a correct server does not occur either).
 */
final class StanzaReader {
  private final Reader in;
  private final StringBuilder text = new StringBuilder();
  private String header = "";
  private int depth;

  StanzaReader(InputStream in) {
    this.in = new InputStreamReader(in, StandardCharsets.UTF_8);
  }

  /** A new stream begins, as it does after a login. */
  void restart() {
    depth = 0;
    text.setLength(0);
  }

  /** The tag with which the server has opened the stream; empty before it has. */
  String header() {
    return header;
  }

  /** Reads that tag, for a stream that begins with no stanza. */
  void begin() throws IOException {
    while (depth == 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended before the stream began");
      }
      if (next == '<') {
        String tag = tag();
        if (!tag.startsWith("<?")) {
          enter(tag);
        }
      }
    }
  }

  /** The next stanza as it is on the wire; null when the stream or the connection has ended. */
  @Nullable String next() throws IOException {
    while (true) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      if (next == '<') {
        String tag = tag();
        if (tag.startsWith("<?")) {
          continue;
        }
        boolean complete = enter(tag);
        if (depth == 0) {
          return null;
        }
        if (complete) {
          String stanza = text.toString();
          text.setLength(0);
          return stanza;
        }
      } else if (depth > 1) {
        text.append((char) next);
      }
    }
  }

  /** Reads the rest of a tag; quoted attribute values may hold the sign that ends it. */
  private String tag() throws IOException {
    StringBuilder tag = new StringBuilder("<");
    int quote = 0;
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended inside a tag");
      }
      tag.append((char) next);
      if (quote != 0) {
        quote = next == quote ? 0 : quote;
      } else if (next == '\'' || next == '"') {
        quote = next;
      } else if (next == '>') {
        return tag.toString();
      }
    }
  }

  /** Returns whether a stanza ends with this tag. */
  private boolean enter(String tag) {
    boolean opensStream = depth == 0;
    if (opensStream) {
      header = tag;
    } else {
      text.append(tag);
    }
    if (tag.startsWith("</")) {
      depth--;
    } else if (!tag.endsWith("/>")) {
      depth++;
      return false;
    }
    return !opensStream && depth == 1;
  }
}

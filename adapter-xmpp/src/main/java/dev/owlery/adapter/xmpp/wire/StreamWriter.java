package dev.owlery.adapter.xmpp.wire;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Where a stream's characters go. Smack leaves {@code >} in texts as it is, which XML forbids after
 * {@code ]]} (section 2.4): a server ends the stream for it. Such a sign is always text, since
 * Smack writes no CDATA sections. For one thread.
 */
final class StreamWriter extends FilterWriter {
  private int brackets;

  StreamWriter(Writer out) {
    super(out);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    int bracket = text.indexOf(']', offset);
    if (brackets == 0 && (bracket < 0 || bracket >= offset + length)) {
      out.write(text, offset, length);
      return;
    }
    for (int i = offset; i < offset + length; i++) {
      write(text.charAt(i));
    }
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    write(new String(text, offset, length), 0, length);
  }

  @Override
  public void write(int c) throws IOException {
    if (c == '>' && brackets >= 2) {
      out.write("&gt;");
    } else {
      out.write(c);
    }
    brackets = c == ']' ? brackets + 1 : 0;
  }
}

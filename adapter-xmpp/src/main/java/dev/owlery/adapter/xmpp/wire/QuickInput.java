package dev.owlery.adapter.xmpp.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;

/**
 * What comes over a socket, acknowledged to the other machine at once. By itself a system waits 40
 * ms for something to send with that, and a server with Nagle's delay as long with the next stanza.
 * Only Linux can do otherwise, and forgets it again: so it is told at each reading. For one thread.
 */
final class QuickInput extends FilterInputStream {
  private final Socket socket;
  private boolean isPossible;

  QuickInput(InputStream in, Socket socket) {
    super(in);
    this.socket = socket;
    this.isPossible = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    acknowledge();
    return read;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = in.read(into, offset, length);
    acknowledge();
    return read;
  }

  private void acknowledge() {
    if (!isPossible) {
      return;
    }
    try {
      socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    } catch (IOException | UnsupportedOperationException closed) {
      // Who reads on learns of it.
      isPossible = false;
    }
  }
}

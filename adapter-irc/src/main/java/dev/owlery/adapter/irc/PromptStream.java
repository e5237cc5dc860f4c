package dev.owlery.adapter.irc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;

/**
 * Tells the server at once that its bytes have arrived. Servers leave Nagle's algorithm on: after a
 * PONG they hold the next line back until that is acknowledged, and the kernel would take 40 ms for
 * it when the bot has nothing to say. For one thread.
 */
final class PromptStream extends FilterInputStream {

  private final Socket transport;
  private final boolean able;

  /**
   * Wraps a connection's input.
   *
   * @param in what to read, perhaps decrypted
   * @param transport the TCP connection below it
   */
  PromptStream(InputStream in, Socket transport) {
    super(in);
    this.transport = transport;
    this.able = transport.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (able && read > 0) {
      // The kernel forgets it again and again (tcp(7)).
      transport.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
    return read;
  }
}

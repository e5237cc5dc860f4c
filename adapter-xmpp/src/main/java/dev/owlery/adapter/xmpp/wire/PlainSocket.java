package dev.owlery.adapter.xmpp.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A socket that is told what it needs when it connects: before, there is nothing to tell. */
final class PlainSocket extends Socket {
  private final LingeringClose closing = new LingeringClose(this, super::close);

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    setTcpNoDelay(true);
    setKeepAlive(true);
    super.connect(endpoint, timeout);
    super.setSoTimeout(LingeringClose.pollMillis());
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new QuickInput(closing.input(super.getInputStream()), this);
  }

  @Override
  public void setSoTimeout(int millis) {
    closing.setPatience(millis);
  }

  @Override
  public int getSoTimeout() {
    return closing.patience();
  }

  /**
   * Closes it when the other side has read all that it was sent.
   *
   * @param longest so long it may take
   * @return whether it has
   * @throws IOException if it is not connected
   */
  CompletableFuture<Boolean> linger(Duration longest) throws IOException {
    return closing.begin(super.getInputStream(), longest);
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }
}

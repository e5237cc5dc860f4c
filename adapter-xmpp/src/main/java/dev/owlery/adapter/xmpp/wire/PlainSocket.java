package dev.owlery.adapter.xmpp.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;

/** A socket that is told what it needs when it connects: before, there is nothing to tell. */
final class PlainSocket extends Socket {

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    setTcpNoDelay(true);
    setKeepAlive(true);
    super.connect(endpoint, timeout);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new QuickInput(super.getInputStream(), this);
  }
}

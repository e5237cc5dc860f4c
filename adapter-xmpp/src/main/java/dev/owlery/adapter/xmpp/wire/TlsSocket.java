package dev.owlery.adapter.xmpp.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is encrypted before anybody can write to it (XEP-0368). Closing it closes what is
 * below without a farewell, so that it cannot hang.
 */
final class TlsSocket extends Socket {

  /** Puts TLS on a connection. */
  interface TlsLayer {
    /**
     * Does the handshake.
     *
     * @param transport a connected socket
     * @return the encrypted one
     * @throws IOException if the other side is not who it should be
     */
    Socket over(Socket transport) throws IOException;
  }

  private final TlsLayer layer;
  private @Nullable Socket secure;

  TlsSocket(TlsLayer layer) {
    this.layer = layer;
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    setTcpNoDelay(true);
    setKeepAlive(true);
    super.connect(endpoint, timeout);
    try {
      // Plain streams, so that the layer does not come back to this object.
      secure = layer.over(new RawSocket(this));
    } catch (IOException refused) {
      close();
      throw refused;
    }
  }

  private InputStream plainInput() throws IOException {
    return new QuickInput(super.getInputStream(), this);
  }

  private OutputStream plainOutput() throws IOException {
    return super.getOutputStream();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return secure == null ? super.getInputStream() : secure.getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return secure == null ? super.getOutputStream() : secure.getOutputStream();
  }

  /** What is below the encryption. */
  private static final class RawSocket extends Socket {
    private final TlsSocket below;

    RawSocket(TlsSocket below) {
      this.below = below;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return below.plainInput();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return below.plainOutput();
    }

    @Override
    public boolean isConnected() {
      return below.isConnected();
    }

    @Override
    public boolean isClosed() {
      return below.isClosed();
    }

    @Override
    public int getPort() {
      return below.getPort();
    }

    @Override
    public void setSoTimeout(int millis) throws java.net.SocketException {
      below.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws java.net.SocketException {
      return below.getSoTimeout();
    }

    @Override
    public void close() throws IOException {
      below.close();
    }
  }
}

package dev.owlery.adapter.irc;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Opens the connection to a server, and with TLS makes sure that it is the right one: a certificate
 * for the host's name from a trusted authority, or exactly the pinned one. Nothing is sent before.
 */
final class SocketConnector {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final IrcSettings settings;

  SocketConnector(IrcSettings settings) {
    this.settings = settings;
  }

  /**
   * A connection.
   *
   * @param channel what lines are read from and written to
   * @param transport what is below it; closing that ends both at once, whoever waits in them
   */
  record Link(Socket channel, Socket transport) {
    void abort() {
      try {
        transport.close();
      } catch (IOException alreadyBroken) {
        // The purpose was to be rid of it.
        return;
      }
    }
  }

  /**
   * Connects, trying all addresses of the host.
   *
   * @return an open connection
   * @throws IOException if nobody answers within ten seconds an address, or the certificate is
   *     refused
   */
  Link connect() throws IOException {
    IOException trouble = new IOException("no address");
    for (InetAddress address : InetAddress.getAllByName(settings.host())) {
      Socket transport = new Socket();
      try {
        transport.setTcpNoDelay(true);
        transport.setKeepAlive(true);
        transport.connect(
            new InetSocketAddress(address, settings.port()), (int) PATIENCE.toMillis());
        return switch (settings.tls()) {
          case OFF -> new Link(transport, transport);
          case REQUIRED -> new Link(encrypt(transport), transport);
        };
      } catch (IOException | GeneralSecurityException failed) {
        transport.close();
        trouble = failed instanceof IOException io ? io : new IOException(failed);
      }
    }
    throw trouble;
  }

  private Socket encrypt(Socket transport) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(), trust(), null);
    SSLSocket secure =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(transport, settings.host(), settings.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    if (settings.fingerprint().isEmpty()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    secure.setSSLParameters(parameters);
    secure.setSoTimeout((int) PATIENCE.toMillis());
    secure.startHandshake();
    secure.setSoTimeout(0);
    return secure;
  }

  private TrustManager[] trust() throws IOException, GeneralSecurityException {
    if (settings.fingerprint().isPresent()) {
      return new TrustManager[] {new PinnedCertificate(settings.fingerprint().get())};
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    Optional<Path> authority = settings.authority();
    factory.init(authority.isPresent() ? authorities(authority.get()) : null);
    return factory.getTrustManagers();
  }

  private static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(file)) {
      int count = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("authority" + count++, each);
      }
    }
    return store;
  }

  private KeyManager[] keys() throws IOException, GeneralSecurityException {
    Optional<Path> file = settings.sasl().flatMap(IrcSettings.Sasl::certificate);
    if (file.isEmpty()) {
      return new KeyManager[0];
    }
    char[] password =
        settings
            .sasl()
            .flatMap(IrcSettings.Sasl::certificatePassword)
            .map(secret -> secret.reveal().toCharArray())
            .orElse(new char[0]);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file.get())) {
      store.load(in, password);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }
}

package dev.owlery.adapter.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom to believe: a certificate for the account's domain from a trusted authority, or exactly the
 * pinned one.
 */
final class Trust {
  static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final XmppSettings settings;
  private final String domain;

  Trust(XmppSettings settings, String domain) {
    this.settings = settings;
    this.domain = domain;
  }

  boolean isPinned() {
    return settings.fingerprint().isPresent();
  }

  /**
   * Says whether a certificate can be believed; its names are not checked by this.
   *
   * @return the manager for Java's TLS
   * @throws IOException if the file with the authorities cannot be read
   */
  X509TrustManager manager() throws IOException {
    if (settings.fingerprint().isPresent()) {
      return new PinnedCertificate(settings.fingerprint().get());
    }
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      Optional<Path> authority = settings.authority();
      factory.init(authority.isPresent() ? authorities(authority.get()) : null);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .findFirst()
          .orElseThrow(() -> new IOException("Java has no trust manager"));
    } catch (GeneralSecurityException unusable) {
      throw new IOException(unusable);
    }
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

  /**
   * Encrypts a connection from its first byte on.
   *
   * @param transport a connected socket
   * @return the encrypted one, after the handshake
   * @throws IOException if the other side is not who it should be
   */
  Socket encrypt(Socket transport) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager()}, null);
      SSLSocket secure =
          (SSLSocket)
              context.getSocketFactory().createSocket(transport, domain, transport.getPort(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setProtocols(PROTOCOLS);
      parameters.setApplicationProtocols(new String[] {"xmpp-client"});
      if (!isPinned()) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
      }
      secure.setSSLParameters(parameters);
      secure.setSoTimeout((int) PATIENCE.toMillis());
      secure.startHandshake();
      secure.setSoTimeout(0);
      return secure;
    } catch (GeneralSecurityException unusable) {
      throw new IOException(unusable);
    }
  }
}

package dev.owlery.api.adapter;

import dev.owlery.api.settings.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Whom an adapter believes that it is its server: one with a certificate from a trusted authority,
 * or exactly the pinned one. Every method may be called from any thread.
 *
 * @param fingerprint the SHA-256 of the only certificate to believe, as {@link #fingerprint} gives
 *     it
 * @param authority a file with the certificates (PEM) of the only authorities to trust, instead of
 *     Java's
 */
public record ServerTrust(Optional<String> fingerprint, Optional<Path> authority) {

  private static final int PATIENCE_MILLIS = 10_000;

  /** The versions of TLS that are good enough. */
  public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /**
   * Reads a fingerprint from a setting.
   *
   * @param written 64 hexadecimal digits, with or without colons
   * @return the digits, small
   * @throws SettingException if it is none
   */
  public static String fingerprint(String written) {
    String digits = written.replace(":", "").toLowerCase(Locale.ROOT);
    if (!digits.matches("[0-9a-f]{64}")) {
      throw new SettingException(
          "fingerprint", "the SHA-256 of the server's certificate: 64 hexadecimal digits");
    }
    return digits;
  }

  /**
   * Refuses a setting {@code tls = off} that shows passwords to others.
   *
   * @param host where the server is
   * @param insecure whether the configuration says that this is wanted
   * @throws SettingException if the host is not on this machine and it is not wanted
   */
  public static void checkUnencrypted(String host, boolean insecure) {
    boolean isHere =
        host.equalsIgnoreCase("localhost")
            || host.matches("127(\\.[0-9]{1,3}){3}")
            || host.equals("::1");
    if (!isHere && !insecure) {
      throw new SettingException(
          "tls",
          "off sends passwords and messages in clear, which is for tests on this machine; write"
              + " insecure = true beside it if you really want that");
    }
  }

  /**
   * Whether one certificate alone is believed; then neither its names nor its signer matter.
   *
   * @return true with a fingerprint
   */
  public boolean isPinned() {
    return fingerprint.isPresent();
  }

  /**
   * Says whether a certificate can be believed. Whether it is for the right server is for whoever
   * uses it, as {@link #encrypt} does.
   *
   * @return the manager for Java's TLS
   * @throws IOException if the file with the authorities cannot be read, or holds one that is too
   *     weak
   */
  public X509TrustManager manager() throws IOException {
    return manager("");
  }

  /**
   * The same, for a server of which the name is known: the certificate must carry alternative names
   * (RFC 9525 section 6.1). That the name is one of them is for whoever uses it.
   *
   * <p>Whoever has signed it, a certificate with an RSA key of less than 2048 bits, a curve of less
   * than 224, or a signature by SHA-1 or MD5 is refused. What is refused is refused with a line for
   * a person that names the certificate's SHA-256, so that it can be pinned.
   *
   * @param name the server's; empty if it is not known
   * @return the manager for Java's TLS
   * @throws IOException if the file with the authorities cannot be read, or holds one that is too
   *     weak
   */
  public X509TrustManager manager(String name) throws IOException {
    if (fingerprint.isPresent()) {
      return new PinnedCertificate(fingerprint.get());
    }
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authority.isPresent() ? authorities(authority.get()) : null);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .map(authorities -> new CheckedCertificate(authorities, name, authority))
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
        Optional<String> weakness =
            each instanceof X509Certificate x509
                ? CheckedCertificate.weakKey(x509)
                : Optional.of("it is no X.509 certificate");
        if (weakness.isPresent()) {
          throw new IOException("an authority in " + file + " is too weak: " + weakness.get());
        }
        store.setCertificateEntry("authority" + count++, each);
      }
      if (count == 0) {
        throw new IOException(file + " holds no certificate of an authority (PEM)");
      }
    } catch (NoSuchFileException missing) {
      throw new IOException("the file with the authorities is not there: " + file, missing);
    }
    return store;
  }

  /**
   * Encrypts a connection, and makes sure of the server. Waits up to ten seconds for each of its
   * answers.
   *
   * @param transport a connected socket; closed with the new one
   * @param name whose certificate it must be, unless one is pinned
   * @param keys what this side shows; none if empty
   * @param protocols what is spoken inside, for servers with several on a port (RFC 7301)
   * @return the encrypted one, after the handshake
   * @throws IOException if the other side is not who it should be, or a file cannot be read
   */
  public Socket encrypt(Socket transport, String name, KeyManager[] keys, String... protocols)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {manager(name)}, null);
      SSLSocket secure =
          (SSLSocket)
              context.getSocketFactory().createSocket(transport, name, transport.getPort(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setProtocols(PROTOCOLS.toArray(String[]::new));
      parameters.setApplicationProtocols(protocols);
      if (!isPinned()) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
      }
      secure.setSSLParameters(parameters);
      secure.setSoTimeout(PATIENCE_MILLIS);
      secure.startHandshake();
      secure.setSoTimeout(0);
      return secure;
    } catch (GeneralSecurityException unusable) {
      throw new IOException(unusable);
    }
  }
}

package dev.owlery.testkit.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Throw-away certificates, made by {@code openssl}: an authority, server certificates with the
 * names that a test asks for, self-signed ones, and client certificates.
 *
 * <p>Every file lies in the directory given at the start and goes with it. Key stores are PKCS 12
 * with the password {@link #PASSWORD}.
 */
public final class TestCertificates {
  /** The password of every key store made here. */
  public static final String PASSWORD = "changeit";

  private static final List<String> NEW_KEY =
      List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes");

  private final Path directory;

  /**
   * A certificate with its key.
   *
   * @param certificate the certificate, PEM
   * @param key its private key, PEM
   * @param keyStore both, as PKCS 12 under the alias {@code key}
   */
  public record CertificateWithKey(Path certificate, Path key, Path keyStore) {
    /**
     * The certificate's SHA-256 fingerprint.
     *
     * @return 64 lower-case hexadecimal digits
     */
    public String sha256() {
      try (InputStream pem = Files.newInputStream(certificate)) {
        X509Certificate parsed =
            (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(parsed.getEncoded());
        return HexFormat.of().formatHex(digest);
      } catch (IOException | GeneralSecurityException unreadable) {
        throw new IllegalStateException("cannot read " + certificate, unreadable);
      }
    }
  }

  /**
   * Makes the authority; certificates follow on request.
   *
   * @param directory where the files go
   */
  public TestCertificates(Path directory) {
    this.directory = directory;
    openssl(
        NEW_KEY,
        List.of(
            List.of("req", "-x509", "-days", "30", "-subj", "/CN=owlery test authority"),
            List.of("-keyout", file("ca.key"), "-out", file("ca.crt")),
            List.of("-addext", "basicConstraints=critical,CA:TRUE"),
            List.of("-addext", "keyUsage=critical,keyCertSign,cRLSign")));
  }

  /**
   * The authority's certificate.
   *
   * @return a PEM file
   */
  public Path authority() {
    return directory.resolve("ca.crt");
  }

  /**
   * A key store that holds nothing but the authority: what a client trusts.
   *
   * @return a PKCS 12 file
   */
  public Path trustStore() {
    Path store = directory.resolve("trust.p12");
    if (!Files.exists(store)) {
      Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
      run(
          List.of(
              List.of(keytool.toString(), "-importcert", "-noprompt", "-alias", "ca"),
              List.of("-file", file("ca.crt"), "-keystore", store.toString()),
              List.of("-storetype", "PKCS12", "-storepass", PASSWORD)));
    }
    return store;
  }

  /**
   * A server certificate signed by the authority.
   *
   * @param name the stem of its file names
   * @param subjects what it is for, as OpenSSL writes alternative names: {@code DNS:localhost},
   *     {@code IP:127.0.0.1}
   * @return the certificate
   */
  public CertificateWithKey server(String name, String... subjects) {
    String names = String.join(",", subjects);
    return signed(name, "subjectAltName=" + names + "\nextendedKeyUsage=serverAuth,clientAuth\n");
  }

  /**
   * A client certificate signed by the authority.
   *
   * @param name the stem of its file names, and its common name
   * @return the certificate
   */
  public CertificateWithKey client(String name) {
    return signed(name, "extendedKeyUsage=clientAuth\n");
  }

  /**
   * A server certificate that vouches only for itself.
   *
   * @param name the stem of its file names
   * @param subjects as for {@link #server}
   * @return the certificate
   */
  public CertificateWithKey selfSigned(String name, String... subjects) {
    openssl(
        NEW_KEY,
        List.of(
            List.of("req", "-x509", "-days", "30", "-subj", "/CN=" + name),
            List.of("-addext", "subjectAltName=" + String.join(",", subjects)),
            List.of("-keyout", file(name + ".key"), "-out", file(name + ".crt"))));
    return packed(name);
  }

  /**
   * What a client with a certificate, that trusts this authority, connects with.
   *
   * @param client the client's certificate
   * @return a context for its sockets
   */
  public SSLContext clientContext(CertificateWithKey client) {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(load(client.keyStore()), PASSWORD.toCharArray());
      return context(keys.getKeyManagers());
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new IllegalStateException("cannot use " + client, unreadable);
    }
  }

  /**
   * What a client without a certificate, that trusts this authority, connects with.
   *
   * @return a context for its sockets
   */
  public SSLContext clientContext() {
    try {
      return context(new KeyManager[0]);
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new IllegalStateException("cannot use " + trustStore(), unreadable);
    }
  }

  private SSLContext context(KeyManager[] keys) throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(load(trustStore()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private CertificateWithKey signed(String name, String extensions) {
    openssl(
        NEW_KEY,
        List.of(
            List.of("req", "-subj", "/CN=" + name),
            List.of("-keyout", file(name + ".key"), "-out", file(name + ".csr"))));
    try {
      Files.writeString(directory.resolve(name + ".ext"), extensions);
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException("cannot write the extensions of " + name, cannotWrite);
    }
    openssl(
        List.of(),
        List.of(
            List.of("x509", "-req", "-days", "30", "-in", file(name + ".csr")),
            List.of("-CA", file("ca.crt"), "-CAkey", file("ca.key"), "-CAcreateserial"),
            List.of("-extfile", file(name + ".ext"), "-out", file(name + ".crt"))));
    return packed(name);
  }

  private CertificateWithKey packed(String name) {
    Path store = directory.resolve(name + ".p12");
    openssl(
        List.of(),
        List.of(
            List.of("pkcs12", "-export", "-name", "key", "-passout", "pass:" + PASSWORD),
            List.of(
                "-in",
                file(name + ".crt"),
                "-inkey",
                file(name + ".key"),
                "-out",
                store.toString())));
    Path key = directory.resolve(name + ".key");
    // A server that gives up root before it reads its key must still be able to read it.
    key.toFile().setReadable(true, false);
    return new CertificateWithKey(directory.resolve(name + ".crt"), key, store);
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private static void openssl(List<String> last, List<List<String>> parts) {
    List<List<String>> all = new ArrayList<>();
    all.add(List.of("openssl"));
    all.addAll(parts);
    all.add(last);
    run(all);
  }

  private static void run(List<List<String>> parts) {
    List<String> command = parts.stream().flatMap(List::stream).toList();
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(command + " failed:\n" + said);
      }
    } catch (IOException cannotStart) {
      throw new UncheckedIOException(
          command.getFirst() + " is missing; run scripts/install-test-servers", cannotStart);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }
}

package dev.owlery.api.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTrustTest {
  private static final List<String> CURVE =
      List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes");
  private static final List<String> SAN = List.of("subjectAltName=DNS:localhost");

  @TempDir static Path folder;

  @BeforeAll
  static void makeAuthority() throws Exception {
    openssl(
        CURVE,
        List.of("req", "-x509", "-days", "30", "-subj", "/CN=an authority"),
        List.of("-keyout", file("ca.key"), "-out", file("ca.crt")),
        List.of("-addext", "basicConstraints=critical,CA:TRUE"));
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  /** The subcommand comes first, whatever the key is. */
  @SafeVarargs
  private static void openssl(List<String> key, List<String>... parts)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(parts[0]);
    command.addAll(key);
    for (int i = 1; i < parts.length; i++) {
      command.addAll(parts[i]);
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(() -> command + ": " + read(folder.resolve("openssl.log")))
        .isZero();
  }

  private static String read(Path text) {
    try {
      return Files.readString(text);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  /** A certificate that the authority has signed. */
  private static X509Certificate signed(
      String name, List<String> key, String digest, List<String> extensions) throws Exception {
    openssl(
        key,
        List.of("req", "-new", "-subj", "/CN=localhost"),
        List.of("-keyout", file(name + ".key"), "-out", file(name + ".csr")));
    Path wanted = folder.resolve(name + ".ext");
    Files.write(wanted, extensions);
    openssl(
        List.of(),
        List.of("x509", "-req", "-days", "10", digest, "-in", file(name + ".csr")),
        List.of("-CA", file("ca.crt"), "-CAkey", file("ca.key"), "-CAcreateserial"),
        List.of("-extfile", wanted.toString(), "-out", file(name + ".crt")));
    return certificate(name);
  }

  private static X509Certificate certificate(String name) throws Exception {
    try (InputStream pem = Files.newInputStream(folder.resolve(name + ".crt"))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
  }

  private static X509TrustManager own(String name) throws IOException {
    return new ServerTrust(Optional.empty(), Optional.of(folder.resolve("ca.crt"))).manager(name);
  }

  private static void assertRefused(X509Certificate shown, String words) throws IOException {
    X509TrustManager manager = own("localhost");
    assertThatThrownBy(
            () -> manager.checkServerTrusted(new X509Certificate[] {shown}, "ECDHE_ECDSA"))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining(words);
  }

  @Test
  void aSoundCertificateOfAnOwnAuthorityIsTrusted() throws Exception {
    X509Certificate good = signed("good", CURVE, "-sha256", SAN);
    own("localhost").checkServerTrusted(new X509Certificate[] {good}, "ECDHE_ECDSA");
  }

  @Test
  void anRsaKeyOf1024BitsIsRefusedThoughTheAuthorityIsOurOwn() throws Exception {
    assertRefused(
        signed("short", List.of("-newkey", "rsa:1024", "-nodes"), "-sha256", SAN), "1024 bits");
  }

  @Test
  void aSignatureBySha1IsRefusedThoughTheAuthorityIsOurOwn() throws Exception {
    assertRefused(signed("sha1", CURVE, "-sha1", SAN), "too weak");
  }

  @Test
  void aNameInTheCnAloneDoesNotCount() throws Exception {
    assertRefused(
        signed("cn", CURVE, "-sha256", List.of("extendedKeyUsage=serverAuth")), "subjectAltName");
    assertRefused(
        signed("mail", CURVE, "-sha256", List.of("subjectAltName=email:a@localhost")),
        "subjectAltName");
  }

  @Test
  void anUnknownSignerIsToldWithTheFingerprintToPin() throws Exception {
    openssl(
        CURVE,
        List.of("req", "-x509", "-days", "30", "-subj", "/CN=self"),
        List.of("-addext", "subjectAltName=DNS:localhost"),
        List.of("-keyout", file("self.key"), "-out", file("self.crt")));
    X509Certificate self = certificate("self");
    assertRefused(self, "fingerprint = \"" + CheckedCertificate.fingerprint(self) + "\"");
    new ServerTrust(Optional.of(CheckedCertificate.fingerprint(self)), Optional.empty())
        .manager("anything")
        .checkServerTrusted(new X509Certificate[] {self}, "ECDHE_ECDSA");
  }

  @Test
  void anAuthorityThatIsTooWeakIsRefusedWithItsFile() throws Exception {
    openssl(
        List.of("-newkey", "rsa:1024", "-nodes"),
        List.of("req", "-x509", "-days", "30", "-subj", "/CN=weak"),
        List.of("-keyout", file("weak.key"), "-out", file("weak.crt")));
    ServerTrust trust = new ServerTrust(Optional.empty(), Optional.of(folder.resolve("weak.crt")));
    assertThatThrownBy(trust::manager).hasMessageContainingAll("weak.crt", "1024 bits");
  }

  @Test
  void aFileWithoutAuthoritiesIsSaidSo() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    ServerTrust nothing = new ServerTrust(Optional.empty(), Optional.of(empty));
    assertThatThrownBy(nothing::manager).hasMessageContaining("empty.pem");
    ServerTrust missing =
        new ServerTrust(Optional.empty(), Optional.of(folder.resolve("missing.pem")));
    assertThatThrownBy(missing::manager).hasMessageContainingAll("missing.pem", "not there");
  }
}

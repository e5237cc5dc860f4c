package dev.owlery.api.adapter;

import java.net.Socket;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts what the authorities have signed, if keys and signatures are strong enough whoever they
 * are, and if the certificate has alternative names: a name in the subject's CN is nobody's. What
 * is refused is said in words for a person.
 */
final class CheckedCertificate extends ClientTrust {
  private static final int LEAST_RSA = 2048;
  private static final int LEAST_CURVE = 224;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final X509ExtendedTrustManager authorities;
  private final String name;
  private final Optional<Path> file;

  /** The names (X.500) of the authorities. */
  private final Set<Object> anchors;

  CheckedCertificate(X509ExtendedTrustManager authorities, String name, Optional<Path> file) {
    this.authorities = authorities;
    this.name = name;
    this.file = file;
    this.anchors =
        Arrays.stream(authorities.getAcceptedIssuers())
            .<Object>map(X509Certificate::getSubjectX500Principal)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The check that the authorities make. */
  private interface Check {
    void run() throws CertificateException;
  }

  private void check(X509Certificate[] chain, Check byAuthorities) throws CertificateException {
    try {
      byAuthorities.run();
    } catch (CertificateException refused) {
      throw new CertificateException(why(chain[0], refused) + toPin(chain[0]), refused);
    }
    Optional<String> weakness = weakness(chain);
    if (weakness.isPresent()) {
      throw new CertificateException(
          "the server's certificate is too weak: " + weakness.get() + "; it needs a new one");
    }
    if (!name.isEmpty() && names(chain[0], isAddress() ? IP_ADDRESS : DNS_NAME).isEmpty()) {
      throw new CertificateException(
          "the server's certificate has no alternative name (subjectAltName), and its CN does not"
              + " count"
              + toPin(chain[0]));
    }
  }

  private boolean isAddress() {
    return name.contains(":") || name.matches("[0-9.]+");
  }

  private String why(X509Certificate shown, CertificateException refused) {
    Throwable deepest = refused;
    for (Throwable each = refused; each != null; each = each.getCause()) {
      deepest = each;
      if (each instanceof CertificateExpiredException) {
        return "the server's certificate has expired on " + day(shown.getNotAfter());
      }
      if (each instanceof CertificateNotYetValidException) {
        return "the server's certificate is not valid before "
            + day(shown.getNotBefore())
            + " (is this machine's clock right?)";
      }
      if (each instanceof CertPathValidatorException path
          && path.getReason() == BasicReason.ALGORITHM_CONSTRAINED) {
        return "the server's certificate is too weak: " + path.getMessage();
      }
    }
    String message = String.valueOf(deepest.getMessage());
    if (message.startsWith("No subject alternative") || message.startsWith("No name matching")) {
      List<String> all = names(shown, DNS_NAME);
      return "the server's certificate is for "
          + (all.isEmpty() ? "no host's name" : String.join(", ", all))
          + ", not for "
          + name;
    }
    return "the server's certificate is not signed by an authority that is trusted"
        + file.map(own -> " (" + own + ")").orElse(" here");
  }

  private static String day(java.util.Date date) {
    return date.toInstant().toString().substring(0, 10);
  }

  private static String toPin(X509Certificate shown) throws CertificateException {
    return "; if it is your server's, fingerprint = \""
        + fingerprint(shown)
        + "\" trusts this certificate alone, and authority = FILE your own authority";
  }

  /** The SHA-256 of a certificate, in the form of the setting. */
  static String fingerprint(X509Certificate certificate) throws CertificateException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException | CertificateEncodingException everyJavaHasIt) {
      throw new CertificateException(everyJavaHasIt);
    }
  }

  /** The names of one kind that a certificate is for (RFC 5280 section 4.2.1.6). */
  private static List<String> names(X509Certificate certificate, int kind) {
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      return all == null
          ? List.of()
          : all.stream()
              .filter(each -> each.get(0).equals(kind))
              .map(each -> String.valueOf(each.get(1)).replaceAll("[^!-~]", "?"))
              .limit(10)
              .toList();
    } catch (CertificateParsingException unreadable) {
      return List.of();
    }
  }

  /** What is too weak on the way from the server's certificate to an authority. */
  private Optional<String> weakness(X509Certificate[] chain) {
    for (X509Certificate each : chain) {
      boolean isAnchor = anchors.contains(each.getSubjectX500Principal());
      Optional<String> found = weakKey(each).or(() -> isAnchor ? Optional.empty() : weakHash(each));
      if (found.isPresent()) {
        return found;
      }
      if (isAnchor || anchors.contains(each.getIssuerX500Principal())) {
        break;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> weakHash(X509Certificate certificate) {
    String algorithm = certificate.getSigAlgName();
    String upper = algorithm.toUpperCase(Locale.ROOT);
    return upper.contains("SHA1") || upper.startsWith("MD")
        ? Optional.of("signed by " + algorithm)
        : Optional.empty();
  }

  /** What is too weak in a certificate's key; empty if it is strong enough. */
  static Optional<String> weakKey(X509Certificate certificate) {
    return switch (certificate.getPublicKey()) {
      case RSAKey rsa when rsa.getModulus().bitLength() < LEAST_RSA ->
          Optional.of(
              "an RSA key of "
                  + rsa.getModulus().bitLength()
                  + " bits, and "
                  + LEAST_RSA
                  + " are the least");
      case ECKey curve when curve.getParams().getOrder().bitLength() < LEAST_CURVE ->
          Optional.of("a curve of " + curve.getParams().getOrder().bitLength() + " bits");
      case DSAKey _ -> Optional.of("a DSA key");
      default -> Optional.empty();
    };
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    check(chain, () -> authorities.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    check(chain, () -> authorities.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, () -> authorities.checkServerTrusted(chain, type));
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }
}

package dev.owlery.api.adapter;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Trusts one certificate and no other: neither its names nor its signer matter. */
final class PinnedCertificate extends ClientTrust {
  private final String sha256;

  PinnedCertificate(String sha256) {
    this.sha256 = sha256;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    String shown = CheckedCertificate.fingerprint(chain[0]);
    if (!MessageDigest.isEqual(
        shown.getBytes(StandardCharsets.US_ASCII), sha256.getBytes(StandardCharsets.US_ASCII))) {
      throw new CertificateException(
          "the server's certificate has the fingerprint "
              + shown
              + ", not the pinned one; if it is a new one of your server's, write that as"
              + " fingerprint");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}

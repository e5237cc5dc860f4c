package dev.owlery.api.adapter;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** What a client trusts: servers show certificates to it, and nobody else does. */
abstract class ClientTrust extends X509ExtendedTrustManager {
  private static CertificateException thisIsTheClient() {
    return new CertificateException("this side is the client");
  }

  @Override
  public final void checkClientTrusted(
      X509Certificate[] chain, String type, @Nullable Socket socket) throws CertificateException {
    throw thisIsTheClient();
  }

  @Override
  public final void checkClientTrusted(
      X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    throw thisIsTheClient();
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String type)
      throws CertificateException {
    throw thisIsTheClient();
  }
}

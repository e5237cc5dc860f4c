package dev.owlery.spi;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What a failure to reach a server means, in words for the person who has configured it and with
 * what to look at next, instead of Java's own. Pure.
 */
public final class NetworkFault {
  private static final int DEEPEST = 20;

  private NetworkFault() {}

  /**
   * Explains a failure of a name's lookup, of a socket, of TLS or of a certificate.
   *
   * @param failure what was thrown, with its causes
   * @param place where the account connects to, as a person wrote it: {@code irc.example.org:6697}
   * @return one line; empty if it is none of these, and its own text must do
   */
  public static Optional<String> explain(Throwable failure, String place) {
    Throwable each = failure;
    for (int depth = 0; each != null && depth < DEEPEST; depth++) {
      Optional<String> known = explainOne(each, place);
      if (known.isPresent()) {
        return known;
      }
      each = each.getCause();
    }
    return Optional.empty();
  }

  private static Optional<String> explainOne(Throwable failure, String place) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure) {
      case UnknownHostException _, UnresolvedAddressException _ ->
          Optional.of(
              "no server is known under the name of "
                  + place
                  + ": check how it is written, and this machine's name service (DNS)");
      case ConnectException _ when isTimeout(message) -> Optional.of(silent(place));
      case ConnectException _ when isUnreachable(message) -> Optional.of(unreachable(place));
      case ConnectException _ ->
          Optional.of(
              "nobody takes connections at "
                  + place
                  + " (refused): check that the server runs, and the port");
      case NoRouteToHostException _ -> Optional.of(unreachable(place));
      case SocketTimeoutException _ -> Optional.of(silent(place));
      case NoSuchFileException file ->
          Optional.of("a file that the account needs is not there: " + file.getFile());
      case CertificateException refused ->
          Optional.of(message.isEmpty() ? refused.toString() : message);
      case SSLException secure -> tls(secure, message, place);
      default -> isReset(message) ? Optional.of(reset(place)) : Optional.empty();
    };
  }

  private static boolean isTimeout(String message) {
    return message.toLowerCase(Locale.ROOT).contains("timed out");
  }

  private static boolean isUnreachable(String message) {
    return message.toLowerCase(Locale.ROOT).contains("unreachable");
  }

  private static boolean isReset(String message) {
    return message.startsWith("Connection reset") || message.startsWith("Broken pipe");
  }

  /**
   * The other side takes a connection, or not even that, and says nothing.
   *
   * @param place as in {@link #explain}
   * @return one line
   */
  public static String silent(String place) {
    return place
        + " does not answer: check the address and the port, whether the port speaks TLS from the"
        + " first byte on, and firewalls on the way";
  }

  private static String unreachable(String place) {
    return "there is no way from this machine to "
        + place
        + ": check the network, IPv6 and firewalls";
  }

  private static String reset(String place) {
    return place + " has cut the connection: is it the right port, and does it want TLS?";
  }

  /**
   * The other side does not speak TLS where it should.
   *
   * @param place as in {@link #explain}
   * @return one line
   */
  public static String noTls(String place) {
    return place
        + " does not speak TLS on this port: take the server's port for TLS, or another value of"
        + " `tls`";
  }

  private static Optional<String> tls(SSLException failure, String message, String place) {
    if (failure.getCause() != null && !message.contains("PKIX")) {
      Optional<String> below = explain(failure.getCause(), place);
      if (below.isPresent()) {
        return below;
      }
    }
    String small = message.toLowerCase(Locale.ROOT);
    if (small.contains("unrecognized ssl message") || small.contains("plaintext connection")) {
      return Optional.of(noTls(place));
    }
    if (small.contains("protocol_version") || small.contains("no appropriate protocol")) {
      return Optional.of(
          place + " offers only versions of TLS that are not safe (1.2 is the least)");
    }
    if (small.contains("handshake_failure") || small.contains("no cipher suites in common")) {
      return Optional.of(
          place
              + " and this side know no common way of encryption, or it wants a client certificate"
              + " (handshake_failure)");
    }
    if (small.contains("terminated the handshake") || small.contains("closed by peer")) {
      return Optional.of(noTls(place));
    }
    if (isReset(message)) {
      return Optional.of(reset(place));
    }
    return Optional.empty();
  }
}

package dev.owlery.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkFaultTest {
  private static final String PLACE = "irc.example.org:6697";

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new UnknownHostException("irc.example.org"), "no server is known"),
        Arguments.of(new ConnectException("Connection refused"), "refused"),
        Arguments.of(new ConnectException("Network is unreachable"), "no way from this machine"),
        Arguments.of(new NoRouteToHostException("No route to host"), "no way from this machine"),
        Arguments.of(new SocketTimeoutException("Connect timed out"), "does not answer"),
        Arguments.of(new SocketTimeoutException("Read timed out"), "does not answer"),
        Arguments.of(
            new SSLHandshakeException("Received fatal alert: protocol_version"), "not safe"),
        Arguments.of(
            new SSLHandshakeException("Received fatal alert: handshake_failure"), "encryption"),
        Arguments.of(
            new SSLHandshakeException("Remote host terminated the handshake"), "not speak TLS"),
        Arguments.of(new IOException(new IOException("Connection reset")), "cut the connection"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isSaidInPlainWordsHoweverDeepItLies(Exception fault, String words) {
    assertThat(NetworkFault.explain(new IOException("failed", fault), PLACE).orElseThrow())
        .contains(words)
        .doesNotContain("java.", "Exception");
  }

  @Test
  void aCertificateIsSaidInTheWordsOfWhoRefusedIt() {
    Exception refused = new CertificateException("not signed by anybody", new IOException("PKIX"));
    SSLHandshakeException shown = new SSLHandshakeException("(certificate_unknown) PKIX");
    shown.initCause(refused);
    assertThat(NetworkFault.explain(shown, PLACE)).contains("not signed by anybody");
  }

  @Test
  void whatIsNoFaultOfTheNetworkHasItsOwnWords() {
    assertThat(NetworkFault.explain(new IOException("the nick is taken"), PLACE)).isEmpty();
  }

  @Test
  void aPortThatSpeaksNoTlsIsSaidSo() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept();
        OutputStream out = accepted.getOutputStream();
        SSLSocket secure =
            (SSLSocket)
                ((SSLSocketFactory) SSLSocketFactory.getDefault())
                    .createSocket(client, "localhost", server.getLocalPort(), true)) {
      out.write(
          ":irc.example.org NOTICE * :*** Looking up\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      Exception fault = null;
      try {
        secure.startHandshake();
      } catch (IOException failed) {
        fault = failed;
      }
      assertThat(fault).isNotNull();
      assertThat(NetworkFault.explain(fault, PLACE).orElseThrow()).contains("does not speak TLS");
    }
  }
}

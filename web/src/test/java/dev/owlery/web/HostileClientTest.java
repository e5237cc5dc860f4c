package dev.owlery.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.http.HttpReply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others get. */
final class HostileClientTest {

  private static final String ANSWERED = "HTTP/1.1 200 OK";
  private static final int PATIENCE_MILLIS = 20_000;

  private final AtomicInteger reached = new AtomicInteger();
  private final CountDownLatch proven = new CountDownLatch(1);
  private final TestSite site = new TestSite(TestSite.settings(8), TestSite.QUICK);

  HostileClientTest() {
    routes(site);
  }

  private void routes(TestSite site) {
    site.http.route(
        "GET",
        "/files/{name}",
        request -> {
          reached.incrementAndGet();
          return HttpReply.text(200, request.part("name"));
        });
    site.http.route(
        "POST",
        "/proven",
        request -> {
          request.proven();
          proven.countDown();
          return HttpReply.text(200, "" + request.body(100).length);
        });
    site.http.route("POST", "/early", _ -> HttpReply.text(401, "no\n"));
    site.http.route("POST", "/silent", _ -> HttpReply.of(401));
    site.http.route(
        "POST", "/hook", request -> HttpReply.text(200, "" + request.body(100_000).length));
  }

  @AfterEach
  void close() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files/..",
        "/files/../files/x",
        "/files/.",
        "/files/%2e%2e",
        "/files/%2E%2e/x",
        "/files/a%2fb",
        "/files/a%5Cb",
        "/files/a\\b",
        "/files/a%00b",
        "/files/a%0d%0aX-Y:z",
        "/files/%c3",
        "/files/%ff%fe",
        "/files/%zz",
        "/files/%",
        "/files/%c0%ae%c0%ae",
        "/files/..;/x",
        "//files/x",
        "/files//x",
        "/files/",
        "files/x",
        "*",
        "http://other/../files/..",
      })
  void aCraftedPathReachesNobody(String path) throws Exception {
    String answer = site.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*");
    assertThat(reached).hasValue(0);
    assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("\tat ");
  }

  @Test
  void aPerCentSignIsOneAndNothingIsDecodedTwice() throws Exception {
    for (String name : List.of("100%25", "%252e%252e", "a%252fb")) {
      String answer =
          site.raw("GET /files/" + name + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

      assertThat(answer).startsWith("HTTP/1.1 200 ");
    }
    assertThat(reached).hasValue(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/early", "/silent"})
  void whoIsAnsweredBeforeTheBodyHasComeHearsThatTheConnectionEnds(String path) throws Exception {
    String answer = site.raw("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 401 ").contains("\r\nConnection: close\r\n");
  }

  @Test
  void aRefusedBodyThatHasComeLeavesTheConnectionOpen() throws Exception {
    String request = "POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi";

    String answers = site.raw(request + request);

    assertThat(answers.split("HTTP/1.1 401 ", -1)).hasSize(3);
  }

  @Test
  void anHonestPathDoes() throws Exception {
    assertThat(site.curl("/files/na%20me%2Bx;y=1")).isEqualTo("na me+x;y=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /files/x HTTP/1.1\r\n\r\n",
        "GET /files/x HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET /files/x\r\nHost: x\r\n\r\n",
        "G\u0000T /files/x HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /files/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /hook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET /files/x HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n",
        "GET /files/x HTTP/1.1\r\nHost: x\r\nA: b\u0000c\r\n\r\n",
        "GET /files/x HTTP/1.1\nHost: x\n\n",
        "GET /files/x HTTP/1.1\r\nHost: x\nA: b\r\n\r\n",
        "GET /files/x HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n",
        "GET /files/x HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /files/x HTTP/1.1\r\nHost: x\r\nA\r\n\r\n",
        "GET /files/x HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n",
        "POST /hook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\nx\n0\n\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
      })
  void whatIsNoHttpIsRefused(String request) throws Exception {
    String answer = site.raw(request);

    assertThat(answer).matches("(?s)(HTTP/1.1 (400|426|501|505) .*)?");
    assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("\tat ");
    assertThat(site.curl("/files/ok")).isEqualTo("ok");
  }

  @Test
  void aHeadThatIsTooLongIs431() throws Exception {
    assertThat(
            site.raw("GET /files/x HTTP/1.1\r\nHost: x\r\nA: " + "y".repeat(20_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(site.raw("GET /files/" + "y".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 414");
    assertThat(reached).hasValue(0);
  }

  @Test
  void aHeadThatComesByteByByteIsCutOff() throws Exception {
    long begun = System.nanoTime();
    try (Socket slow = site.socket()) {
      drip(slow, "GET /files/x HTTP/1.1\r\nHost: x\r\nA: " + "y".repeat(10_000));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    assertThat(reached).hasValue(0);
  }

  @Test
  void aBodyThatComesByteByByteIsCutOff() throws Exception {
    long begun = System.nanoTime();
    try (Socket slow = site.socket()) {
      drip(
          slow,
          "POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n",
          "y".repeat(50_000));
      String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 400");
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
  }

  /** Sends the first at once, the rest a byte each 20 ms, until the server has enough of it. */
  private static void drip(Socket socket, String... texts) {
    try {
      OutputStream out = socket.getOutputStream();
      String rest = texts[texts.length - 1];
      for (int i = 0; i < texts.length - 1; i++) {
        out.write(texts[i].getBytes(StandardCharsets.ISO_8859_1));
      }
      for (int i = 0; i < rest.length() && socket.getInputStream().available() == 0; i++) {
        out.write(rest.charAt(i));
        out.flush();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // the slowness is the point
      }
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(?i).*(broken pipe|reset|closed).*");
    }
  }

  /** Of eight connections one address has two; what it opens besides costs it its own oldest. */
  @Test
  void oneAddressHasAQuarterOfTheConnectionsAndItsOldestMakesRoom() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try (TestSite roomy = patient();
        Socket other = from("127.0.0.2", roomy)) {
      for (int i = 0; i < 8; i++) {
        idle.add(from("127.0.0.1", roomy));
        if (idle.size() > 2) {
          Socket closed = closedOf(idle);
          // The server may open the first ones in another order than they connected.
          assertThat(i < 4 || closed.equals(idle.getFirst())).isTrue();
          idle.remove(closed);
        }
      }
      assertThat(ask(other, "still")).isEqualTo(ANSWERED);
      assertThat(ask(idle.getLast(), "new")).isEqualTo(ANSWERED);
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  /** Waits until the server closes one of these, on which it sends nothing. */
  private static Socket closedOf(List<Socket> sockets) throws IOException {
    for (int round = 0; round < 500; round++) {
      for (Socket socket : sockets) {
        socket.setSoTimeout(10);
        try {
          assertThat(socket.getInputStream().read()).isEqualTo(-1);
          return socket;
        } catch (SocketTimeoutException open) {
          socket.setSoTimeout(PATIENCE_MILLIS);
        }
      }
    }
    throw new AssertionError("none of " + sockets.size() + " connections was closed");
  }

  /** Four addresses hold all that there is: the oldest that proves nothing goes for a fifth. */
  @Test
  void whenAllAreTakenTheOldestUnprovenOneMakesRoom() throws Exception {
    List<Socket> held = new ArrayList<>();
    try (TestSite roomy = patient()) {
      for (int i = 0; i < 8; i++) {
        Socket socket = from("127.0.0." + (1 + i % 4), roomy);
        held.add(socket);
        boolean isProven = i == 0;
        socket
            .getOutputStream()
            .write(
                ("POST /"
                        + (isProven ? "proven" : "hook")
                        + " HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
        if (isProven) {
          assertThat(proven.await(20, TimeUnit.SECONDS)).isTrue();
        }
      }
      closedOf(held.subList(1, 8)); // room for one is always kept, so all eight are open now
      try (Socket fifth = from("127.0.0.5", roomy)) {
        assertThat(ask(fifth, "fifth")).isEqualTo(ANSWERED);
      }
      held.getFirst().getOutputStream().write("123456789".getBytes(StandardCharsets.ISO_8859_1));
      byte[] answer = held.getFirst().getInputStream().readNBytes(ANSWERED.length());
      assertThat(new String(answer, StandardCharsets.ISO_8859_1)).isEqualTo(ANSWERED);
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  /** Nobody is cut off there for being slow on a busy machine. */
  private TestSite patient() {
    TestSite patient = new TestSite(TestSite.settings(8), Limits.USUAL);
    routes(patient);
    return patient;
  }

  private static Socket from(String address, TestSite site) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.listener.port()));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** The status line of the answer; empty if the connection was closed. */
  private static String ask(Socket socket, String name) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET /files/" + name + " HTTP/1.1\r\nHost: x\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    return new String(
        socket.getInputStream().readNBytes(ANSWERED.length()), StandardCharsets.ISO_8859_1);
  }

  @Test
  void anAnswerThatIsReadByteByByteIsCutOff() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    site.http.route(
        "GET",
        "/endless",
        _ ->
            new HttpReply(
                200,
                Map.of(),
                out -> {
                  try {
                    while (true) {
                      out.write(new byte[100_000]);
                    }
                  } finally {
                    ended.countDown();
                  }
                }));
    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(4_096);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.listener.port()));
      slow.getOutputStream()
          .write("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      long begun = System.nanoTime();
      while (ended.getCount() > 0 && System.nanoTime() - begun < 15_000_000_000L) {
        int _ = slow.getInputStream().read();
        boolean _ = ended.await(20, TimeUnit.MILLISECONDS);
      }
      assertThat(ended.getCount()).isZero();
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
      assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aConnectionIsUsedAgainAndThenGivenUp() throws Exception {
    try (Socket socket = site.socket()) {
      String request = "GET /files/x HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write((request + request).getBytes(StandardCharsets.ISO_8859_1));

      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

      assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(3);
    }
  }

  @Test
  void aProxyIsBelievedIfItIsTrusted() throws Exception {
    try (TestSite behind =
            new TestSite(TestSite.settings(8, "127.0.0.0/8", "10.1.0.0/16"), TestSite.QUICK);
        TestSite open = new TestSite(TestSite.settings(8), TestSite.QUICK)) {
      for (TestSite each : List.of(behind, open)) {
        each.http.route("GET", "/who", request -> HttpReply.text(200, request.remote()));
      }
      String forged = "X-Forwarded-For: 1.2.3.4, 198.51.100.7, 10.1.2.3";

      assertThat(behind.curl("/who", "-H", forged)).isEqualTo("198.51.100.7");
      assertThat(behind.curl("/who", "-H", "X-Forwarded-For: unknown")).isEqualTo("127.0.0.1");
      assertThat(behind.curl("/who")).isEqualTo("127.0.0.1");
      assertThat(open.curl("/who", "-H", forged)).isEqualTo("127.0.0.1");
    }
  }
}

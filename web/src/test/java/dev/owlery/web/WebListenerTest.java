package dev.owlery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import dev.owlery.api.http.Http.Route;
import dev.owlery.api.http.HttpReply;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What honest clients get: curl and the JDK's own. */
final class WebListenerTest {

  @TempDir private Path folder;

  private final TestSite site = new TestSite();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void thePortIsOpenedByTheFirstRoute() throws Exception {
    assertThat(site.listener.port()).isZero();
    site.http.route("GET", "/", request -> HttpReply.text(200, "hello\n"));

    assertThat(site.listener.port()).isPositive();
    assertThat(site.http.address()).isEqualTo(site.uri("/"));
    assertThat(site.curl("/")).isEqualTo("hello\n");
  }

  @Test
  void aRequestSaysWhatTheClientWrote() throws Exception {
    site.http.route(
        "PUT",
        "/rooms/{room}/say",
        request ->
            HttpReply.text(
                200,
                String.join(
                    "|",
                    request.method(),
                    request.path(),
                    request.part("room"),
                    request.query().toString(),
                    request.header("x-token").orElse("none"),
                    request.remote(),
                    new String(request.body(1000), StandardCharsets.UTF_8),
                    Boolean.toString(Thread.currentThread().isVirtual()))));

    assertThat(
            site.curl(
                "/rooms/%23d%C3%A9v%20x/say?a=1&b=%26&a=2&c",
                "-X", "PUT", "-H", "X-Token: t", "-d", "hällo"))
        .isEqualTo(
            "PUT|/rooms/%23d%C3%A9v%20x/say|#dév x|{a=[1, 2], b=[&], c=[]}"
                + "|t|127.0.0.1|hällo|true");
  }

  @Test
  void headAnswersAsGetWithoutTheBody() throws Exception {
    site.http.route("GET", "/page", request -> HttpReply.text(200, "12345"));

    String head = site.curl("/page", "-I");

    assertThat(head).startsWith("HTTP/1.1 200").containsIgnoringCase("content-length: 5");
    assertThat(head).doesNotContain("12345").doesNotContainIgnoringCase("server:");
  }

  @Test
  void whatIsNotThereIs404AndTheWrongMethod405() throws Exception {
    site.http.route("POST", "/hook", request -> HttpReply.of(204));

    assertThat(site.get("/other").statusCode()).isEqualTo(404);
    HttpResponse<String> wrong = site.get("/hook");
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.headers().firstValue("Allow")).contains("POST");
    assertThat(site.curl("/hook", "-X", "BREW", "-o", "/dev/null", "-w", "%{http_code}"))
        .isEqualTo("405");
  }

  @Test
  void aBodyThatIsTooLongIs413WhetherAnnouncedOrNot() throws Exception {
    site.http.route(
        "POST", "/hook", request -> HttpReply.text(200, "" + request.body(1000).length));
    byte[] fits = new byte[1000];

    assertThat(post("/hook", BodyPublishers.ofByteArray(fits)).body()).isEqualTo("1000");
    assertThat(
            site.curl("/hook", "--data", "x".repeat(1001), "-o", "/dev/null", "-w", "%{http_code}"))
        .isEqualTo("413");
    assertThat(
            site.curl(
                "/hook",
                "-H",
                "Expect: 100-continue",
                "--data",
                "x".repeat(70_000),
                "-o",
                "/dev/null",
                "-w",
                "%{http_code}"))
        .isEqualTo("413");
    assertThat(
            site.curl(
                "/hook",
                "-H",
                "Transfer-Encoding: chunked",
                "--data",
                "x".repeat(1001),
                "-o",
                "/dev/null",
                "-w",
                "%{http_code}"))
        .isEqualTo("413");
  }

  private HttpResponse<String> post(String target, HttpRequest.BodyPublisher body)
      throws Exception {
    return site.send(HttpRequest.newBuilder(site.uri(target)).POST(body));
  }

  @Test
  void bodiesOfAnySizeStreamBothWays() throws Exception {
    site.http.route(
        "POST",
        "/echo",
        request -> new HttpReply(200, Map.of(), out -> request.stream().transferTo(out)));
    Path much = Files.write(folder.resolve("much"), new byte[16 << 20]);

    assertThat(
            site.curl(
                "/echo", "--data-binary", "@" + much, "-o", "/dev/null", "-w", "%{size_download}"))
        .isEqualTo("16777216");
  }

  /** One address has a quarter of the connections. */
  @Test
  void aHundredRequestsAreAnsweredSideBySide() throws Exception {
    try (TestSite wide = new TestSite(TestSite.settings(400), Limits.USUAL)) {
      CountDownLatch all = new CountDownLatch(100);
      wide.http.route(
          "GET",
          "/{n}",
          request -> {
            all.countDown();
            try {
              boolean met = all.await(20, TimeUnit.SECONDS);
              return HttpReply.text(met ? 200 : 504, request.part("n"));
            } catch (InterruptedException e) {
              return HttpReply.of(500);
            }
          });

      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        answers.add(
            wide.client()
                .sendAsync(
                    HttpRequest.newBuilder(wide.uri("/" + i)).build(),
                    HttpResponse.BodyHandlers.ofString()));
      }
      for (int i = 0; i < 100; i++) {
        HttpResponse<String> answer = answers.get(i).get(30, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("" + i);
      }
    }
  }

  @Test
  void aFaultIsFiveHundredWithAnIncidentAndNothingElse() throws Exception {
    site.http.route(
        "GET",
        "/secret/{n}",
        request -> {
          throw new IllegalStateException("the password is hunter2");
        });

    HttpResponse<String> answer = site.get("/secret/s3cr3t");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).matches("something went wrong here: incident [a-z0-9]{6}\n");
  }

  @Test
  void anAnswerThatBreaksOffDoesNotLookWhole() throws Exception {
    site.http.route(
        "GET",
        "/broken",
        request ->
            new HttpReply(
                200,
                Map.of(),
                out -> {
                  out.write(new byte[100_000]);
                  throw new IllegalStateException("in the middle");
                }));

    assertThat(site.curl("/broken", "-o", "/dev/null", "-w", "%{exitcode}")).contains("18");
  }

  @Test
  void aHeaderWithALineEndIsAFaultNotAHeader() throws Exception {
    site.http.route(
        "GET", "/", request -> HttpReply.of(200).with("X-A", "b\r\nSet-Cookie: stolen=1"));

    HttpResponse<String> answer = site.get("/");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void aRouteEndsWhenItIsClosed() throws Exception {
    Route route = site.http.route("GET", "/a", request -> HttpReply.of(204));
    assertThat(site.get("/a").statusCode()).isEqualTo(204);

    route.close();

    assertThat(site.get("/a").statusCode()).isEqualTo(404);
  }

  @Test
  void aPortThatIsTakenIsSaidInOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      HttpSettings settings =
          new HttpSettings(
              "127.0.0.1", taken.getLocalPort(), java.util.Optional.empty(), List.of(), 1);
      try (TestSite other = new TestSite(settings, Limits.USUAL)) {
        assertThatThrownBy(() -> other.http.route("GET", "/", request -> HttpReply.of(204)))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "HTTP cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": the port is in use");
      }
    }
  }

  @Test
  void closingFreesThePortAndLetsRequestsFinish() throws Exception {
    try (TestSite closing = new TestSite()) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      closing.http.route(
          "GET",
          "/",
          request -> {
            begun.countDown();
            try {
              boolean _ = go.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              return HttpReply.of(500);
            }
            return HttpReply.text(200, "finished");
          });
      int port = closing.listener.port();
      CompletableFuture<HttpResponse<String>> answer =
          closing
              .client()
              .sendAsync(
                  HttpRequest.newBuilder(closing.uri("/")).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      Thread stop = Thread.ofVirtual().start(closing.routes::close);
      go.countDown();

      assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("finished");
      assertThat(stop.join(java.time.Duration.ofSeconds(10))).isTrue();
      try (ServerSocket free = new ServerSocket(port)) {
        assertThat(free.isBound()).isTrue();
      }
    }
  }

  /** Paths of hooks hold secrets. */
  @Test
  void whateverIsThrownThePathIsInNoLog() throws Exception {
    ListAppender<ILoggingEvent> all = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    WebListener broken = new WebListener(TestSite.settings(8));
    all.start();
    root.addAppender(all);
    try {
      broken.open(incoming -> {
        if (incoming.query().equals("error")) {
          throw new StackOverflowError("thrown by a test");
        }
        throw new IllegalStateException("thrown by a test");
      });
      for (String query : List.of("error", "exception")) {
        URI uri = URI.create("http://127.0.0.1:" + broken.port() + "/hooks/s3cr3t-path?" + query);
        assertThatThrownBy(() ->
                site.client()
                    .send(
                        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()))
            .isInstanceOf(IOException.class);
      }
      assertThat(List.copyOf(all.list))
          .extracting(WebListenerTest::whole)
          .noneMatch(line -> line.contains("s3cr3t-path"))
          .anyMatch(line -> line.contains("a request could not be answered"));
    } finally {
      root.detachAppender(all);
      broken.close();
    }
  }

  /** What a log could show of an event. */
  private static String whole(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(event.getFormattedMessage());
    IThrowableProxy thrown = event.getThrowableProxy();
    while (thrown != null) {
      line.append(' ').append(thrown.getMessage());
      thrown = thrown.getCause();
    }
    return line.toString();
  }
}

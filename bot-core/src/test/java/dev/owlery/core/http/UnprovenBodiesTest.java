package dev.owlery.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.http.Http;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import dev.owlery.core.http.HttpListener.Answerer;
import dev.owlery.core.http.HttpListener.IncomingRequest;
import dev.owlery.core.lane.Incidents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients that have proven nothing may make the bot hold. */
class UnprovenBodiesTest {
  private static final int MEBIBYTE = 1 << 20;

  private final HttpRoutes routes = new HttpRoutes(new Incidents());
  private final CompletableFuture<Answerer> answerer = new CompletableFuture<>();
  private final CountDownLatch release = new CountDownLatch(1);

  @BeforeEach
  void open() {
    routes.listen(
        new HttpListener() {
          @Override
          public void open(Answerer given) {
            answerer.complete(given);
          }

          @Override
          public URI address() {
            return URI.create("http://127.0.0.1/");
          }

          @Override
          public void close() {}
        });
    Http http = routes.of("test");
    Http.Route _ = http.route("POST", "/signed", UnprovenBodiesTest::read);
    Http.Route _ =
        http.route(
            "POST",
            "/proven",
            request -> {
              request.proven();
              return read(request);
            });
    routes.begin();
  }

  private static HttpReply read(HttpRequest request) throws IOException {
    return HttpReply.text(200, Integer.toString(request.body(MEBIBYTE).length));
  }

  /** So many bytes come; what then is read is up to a test. */
  private abstract static class Body extends InputStream {
    private int left;

    Body(int left) {
      this.left = left;
    }

    /** Nothing is left. */
    abstract void end();

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (left == 0) {
        end();
        return -1;
      }
      int some = Math.min(left, length);
      Arrays.fill(into, from, from + some, (byte) 'x');
      left -= some;
      return some;
    }
  }

  /** All but the last byte have come; that one is waited for. */
  private final class HeldBody extends Body {
    private final CountDownLatch held;

    HeldBody(CountDownLatch held) {
      super(MEBIBYTE - 1);
      this.held = held;
    }

    @Override
    void end() {
      held.countDown();
      try {
        assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Half of it can be read. */
  private static final class BrokenBody extends Body {
    BrokenBody() {
      super(MEBIBYTE / 2);
    }

    @Override
    void end() {
      throw new OutOfMemoryError("thrown by a test");
    }
  }

  private int post(String path, String remote, long length, InputStream body) {
    Map<String, String> headers =
        length < 0 ? Map.of() : Map.of("content-length", Long.toString(length));
    return answerer
        .join()
        .answer(
            new IncomingRequest(
                "POST",
                path,
                "",
                name -> Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))),
                remote,
                body))
        .status();
  }

  private int post(String path, String remote) {
    byte[] body = new byte[64 << 10];
    return post(path, remote, body.length, new ByteArrayInputStream(body));
  }

  private List<CompletableFuture<Integer>> hold(int count, long length, String... clients)
      throws InterruptedException {
    CountDownLatch held = new CountDownLatch(count);
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String client = clients[i % clients.length];
      all.add(
          CompletableFuture.supplyAsync(
              () -> post("/signed", client, length, new HeldBody(held)),
              task -> Thread.ofVirtual().start(task)));
    }
    assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
    return all;
  }

  @Test
  void beyondTheBudgetTheAnswerIsToComeAgain() throws Exception {
    List<CompletableFuture<Integer>> held =
        hold(16, MEBIBYTE, "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4");
    assertThat(post("/signed", "192.0.2.5")).isEqualTo(503);
    assertThat(post("/proven", "192.0.2.5")).as("who has proven themselves").isEqualTo(200);
    release.countDown();
    for (CompletableFuture<Integer> each : held) {
      assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(200);
    }
    assertThat(post("/signed", "192.0.2.5")).isEqualTo(200);
  }

  @Test
  void oneClientLeavesRoomForTheOthers() throws Exception {
    List<CompletableFuture<Integer>> held = hold(4, MEBIBYTE, "2001:db8::1", "2001:db8::ffff:2");
    assertThat(post("/signed", "2001:db8::3")).as("the same network").isEqualTo(503);
    assertThat(post("/signed", "2001:db8:0:1::3")).as("another one").isEqualTo(200);
    release.countDown();
    for (CompletableFuture<Integer> each : held) {
      assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(200);
    }
  }

  @Test
  void bodiesWithoutALengthCountAsTheyGrow() throws Exception {
    List<CompletableFuture<Integer>> held = hold(4, -1, "192.0.2.1");
    assertThat(post("/signed", "192.0.2.1")).isEqualTo(503);
    release.countDown();
    for (CompletableFuture<Integer> each : held) {
      assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(200);
    }
    assertThat(post("/signed", "192.0.2.1")).isEqualTo(200);
  }

  @Test
  void aBodyThatFailsGivesItsBytesBack() {
    for (int i = 0; i < 200; i++) {
      int status = post("/signed", "192.0.2.1", MEBIBYTE, new BrokenBody());
      assertThat(status).isEqualTo(500);
    }
    assertThat(post("/signed", "192.0.2.1")).isEqualTo(200);
  }

  @Test
  void bodiesAreReadWholeOrRefused() {
    for (int length : new int[] {0, 1, 16 << 10, (16 << 10) + 1, MEBIBYTE - 1, MEBIBYTE}) {
      byte[] body = new byte[length];
      assertThat(post("/signed", "192.0.2.1", length, new ByteArrayInputStream(body)))
          .isEqualTo(200);
      assertThat(post("/signed", "192.0.2.1", -1, new ByteArrayInputStream(body))).isEqualTo(200);
    }
    byte[] tooLong = new byte[MEBIBYTE + 1];
    for (long length : new long[] {tooLong.length, -1}) {
      assertThat(post("/signed", "192.0.2.1", length, new ByteArrayInputStream(tooLong)))
          .isEqualTo(413);
    }
  }
}

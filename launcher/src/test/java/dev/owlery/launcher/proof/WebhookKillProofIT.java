package dev.owlery.launcher.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The bot is killed when it has posted an item and has no answer yet: the next one posts it again
 * under the same id, by which the other side can tell.
 */
@Timeout(180)
class WebhookKillProofIT {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final BlockingQueue<Posted> posted = new LinkedBlockingQueue<>();
  private final CountDownLatch killed = new CountDownLatch(1);

  private record Posted(String id, String idempotencyKey, String body) {}

  /** The second post gets no answer until the bot is dead. */
  private HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Posted post =
                new Posted(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            posted.add(post);
            if (post.body().contains("killed") && killed.getCount() > 0) {
              killed.await();
            }
            exchange.sendResponseHeaders(204, -1);
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    return server;
  }

  private Posted next() throws InterruptedException {
    Posted next = posted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).as("a post within " + PATIENCE).isNotNull();
    assertThat(next.idempotencyKey()).isEqualTo(next.id());
    return next;
  }

  private Posted nextOtherThan(Posted known) throws InterruptedException {
    Posted next = next();
    return next.equals(known) ? next() : next;
  }

  @Test
  void whatWasUnderWayIsPostedAgainUnderTheSameId() throws Exception {
    HttpServer server = server();
    String configuration =
        """
        bot { data-dir = "data", durability = crash }
        accounts {
          here { protocol = console }
          pager { protocol = webhook, url = "http://127.0.0.1:%d/owl", secret = a-secret-of-the-tests
                  topics = [ "ci.*" ] }
        }
        plugins = [ topics ]
        """
            .formatted(server.getAddress().getPort());
    try (BotHome home = new BotHome(configuration)) {
      BotProcess first = home.run().awaitReady();
      first.type("!publish ci.web taken");
      Posted taken = next();
      first.type("!publish ci.web killed here");
      Posted open = next();
      first.kill();
      killed.countDown();

      BotProcess second = home.run().awaitReady();
      // That the first was taken may not have been written down yet.
      assertThat(nextOtherThan(taken)).isEqualTo(open);
      second.type("!publish ci.web after that");
      Posted last = next();
      assertThat(last.body()).contains("after that");
      assertThat(List.of(taken.id(), open.id(), last.id())).doesNotHaveDuplicates();
      Form.figures("webhook out", "killed between post and answer: posted again under one id");
    } finally {
      server.stop(0);
    }
  }
}

package dev.owlery.launcher.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlSocketTest {

  @TempDir private Path directory;

  /** Remembers what it is shown. */
  private static final class Listener implements ControlClient.ClientTerminal {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void hears(String text) {
      heard.add(text);
    }

    @Override
    public void isTold(String text) {
      heard.add("error: " + text);
    }

    @Override
    public Optional<String> answers(String question) {
      return Optional.empty();
    }
  }

  private ControlConnection connect() throws IOException {
    return new ControlConnection(
        SocketChannel.open(UnixDomainSocketAddress.of(ControlSocket.in(directory))));
  }

  @Test
  void theNinthClientIsToldToTryAgainAndServedWhenThereIsRoom() throws Exception {
    CountDownLatch held = new CountDownLatch(8);
    ControlVerb hold =
        (uid, request, client) -> {
          held.countDown();
          client.receive(Duration.ofSeconds(60));
        };
    ControlVerb hello =
        (uid, request, client) -> {
          client.send(Map.of("say", "hello"));
          client.send(Map.of("end", 0));
        };
    List<ControlConnection> eight = new ArrayList<>();
    try (ControlSocket _ = ControlSocket.open(directory, Map.of("hold", hold, "hello", hello))) {
      for (int i = 0; i < 8; i++) {
        ControlConnection client = connect();
        eight.add(client);
        client.send(Map.of("verb", "hold"));
      }
      assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 20; i++) {
        Listener ninth = new Listener();
        int code = new ControlClient(directory).ask(Map.of("verb", "hello"), ninth);
        assertThat(code).isEqualTo(1);
        assertThat(ninth.heard)
            .containsExactly("error: 8 clients are being served already; try again later");
      }
      eight.getFirst().close();
      Listener late = new Listener();
      await("a place")
          .atMost(Duration.ofSeconds(30))
          .until(() -> new ControlClient(directory).ask(Map.of("verb", "hello"), late) == 0);
      assertThat(late.heard.getLast()).isEqualTo("hello");
    } finally {
      eight.forEach(ControlConnection::close);
    }
  }

  @Test
  void aClientThatAsksNothingIsCutWhenThePatienceIsOver() throws Exception {
    try (ControlSocket _ = ControlSocket.open(directory, Map.of(), Duration.ofMillis(200));
        ControlConnection client = connect()) {
      assertThat(ControlConnection.PATIENCE).isEqualTo(Duration.ofSeconds(30));
      long begin = System.nanoTime();
      Throwable end = null;
      try {
        client.receive(Duration.ofSeconds(30));
      } catch (IOException e) {
        end = e;
      }
      assertThat(end).hasMessageContaining("the other side has closed the connection");
      assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(25).toNanos());
    }
  }
}

package dev.owlery.launcher.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import dev.owlery.api.plugin.Store;
import dev.owlery.testkit.RecordingContext;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client of the control socket hears when its command cannot be recorded, or not yet. */
final class LocalAccountTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;

  /** A core whose inbox is the test's. */
  private record Core(RecordingContext rest, Function<ChatEvent, CompletionStage<Boolean>> inbox)
      implements AdapterContext {

    Core(Function<ChatEvent, CompletionStage<Boolean>> inbox) {
      this(new RecordingContext(LocalAccount.ID, Clock.systemUTC()), inbox);
    }

    @Override
    public AccountId account() {
      return rest.account();
    }

    @Override
    public String product() {
      return rest.product();
    }

    @Override
    public Clock clock() {
      return rest.clock();
    }

    @Override
    public CompletionStage<Boolean> publish(ChatEvent event) {
      return inbox.apply(event);
    }

    @Override
    public void report(AccountState state) {
      rest.report(state);
    }

    @Override
    public Optional<Origin> lastSeen(Conversation where) {
      return rest.lastSeen(where);
    }

    @Override
    public Store memory() {
      return rest.memory();
    }
  }

  private ControlConnection connect() throws Exception {
    return new ControlConnection(
        SocketChannel.open(UnixDomainSocketAddress.of(ControlSocket.in(directory))));
  }

  @Test
  void aCommandThatCannotBeRecordedEndsWithWhy() throws Exception {
    Core core =
        new Core(
            event -> CompletableFuture.failedStage(new IllegalStateException("the disk is full")));
    try (ControlSocket _ =
            ControlSocket.open(directory, Map.of("command", new LocalAccount(core)));
        ControlConnection client = connect()) {
      client.send(Map.of("verb", "command", "line", "health"));
      assertThat(client.receive(PATIENCE).get("error"))
          .asString()
          .contains("could not record", "the disk is full");
      assertThat(client.receive(PATIENCE)).containsEntry("end", 1);
    }
  }

  @Test
  void whileTheRecordWaitsTheClientHearsThatItWaits() throws Exception {
    CountDownLatch room = new CountDownLatch(1);
    Core core =
        new Core(event -> {
          try {
            return CompletableFuture.completedStage(
                room.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            return CompletableFuture.failedStage(e);
          }
        });
    LocalAccount account = new LocalAccount(core, Duration.ofMillis(50));
    try (ControlSocket _ = ControlSocket.open(directory, Map.of("command", account));
        ControlConnection client = connect()) {
      client.send(Map.of("verb", "command", "line", "health"));
      assertThat(client.receive(Duration.ofSeconds(20))).containsEntry("wait", true);
      room.countDown();
    }
  }
}

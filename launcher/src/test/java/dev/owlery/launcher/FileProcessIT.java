package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.owlery.testkit.xmpp.Prosody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code owlery watch} here and {@code owlery receive} there, over a real server. */
final class FileProcessIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Path outbox;
  private Path received;

  @BeforeEach
  void makeFolders() throws IOException {
    outbox = Files.createDirectory(folder.resolve("outbox"));
    received = Files.createDirectory(folder.resolve("received"));
  }

  private String config(Prosody server, String name) throws Exception {
    server.register(name, "secret");
    return Files.writeString(
            folder.resolve(name + ".conf"),
            """
            bot { data-dir = "%s", durability = crash }
            http { port = 0 }
            accounts {
              home { protocol = xmpp, jid = "%s@localhost", password = secret
                     host = "127.0.0.1", port = %d, tls = off }
            }
            """
                .formatted(folder.resolve("data-" + name), name, server.port()))
        .toString();
  }

  private OwleryProcess watch(String config) throws Exception {
    return start(
        "watch",
        config,
        "--to",
        "home/robin@localhost",
        "--settle",
        "500ms",
        "--transport",
        "link",
        outbox.toString());
  }

  private OwleryProcess receive(String config) throws Exception {
    return start(
        "receive",
        config,
        "--from",
        "home/owl@localhost",
        "--allow",
        "127.0.0.0/8",
        received.toString());
  }

  private OwleryProcess start(String command, String config, String... more) throws Exception {
    List<String> line = new ArrayList<>(List.of(command, "-v", "--config", config));
    line.addAll(List.of(more));
    return ready(OwleryProcess.start(place(), line.toArray(String[]::new)));
  }

  /** A directory of its own for each process. */
  private Path place() throws IOException {
    return Files.createTempDirectory(folder, "process-");
  }

  /** SIGKILL, and nothing of it is left. */
  private static void kill(OwleryProcess bot) throws InterruptedException {
    bot.close();
    assertThat(bot.exitCode()).isNotZero();
  }

  private static OwleryProcess ready(OwleryProcess bot) {
    await().atMost(PATIENCE).until(() -> !bot.isAlive() || bot.err().contains(" ready: "));
    assertThat(bot.err()).contains(" ready: ");
    return bot;
  }

  private List<String> arrived() {
    try (Stream<Path> files = Files.list(received)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void until(BooleanSupplier condition, OwleryProcess... bots) {
    await()
        .atMost(PATIENCE)
        .conditionEvaluationListener(
            new ConditionEvaluationListener<Object>() {
              @Override
              public void conditionEvaluated(EvaluatedCondition<Object> evaluated) {
                // Only the end counts.
              }

              @Override
              public void onTimeout(TimeoutEvent timeout) {
                for (OwleryProcess bot : bots) {
                  System.out.println(bot.err());
                }
              }
            })
        .until(condition::getAsBoolean);
  }

  @Test
  void whatAppearsHereArrivesThereOnceThoughBothAreKilled() throws Exception {
    Random random = new Random(7);
    List<String> names = new ArrayList<>();
    try (Prosody server = Prosody.start()) {
      String owl = config(server, "owl");
      String robin = config(server, "robin");
      for (int i = 0; i < 8; i++) {
        byte[] bytes = new byte[i == 0 ? 0 : random.nextInt(3 << 20)];
        random.nextBytes(bytes);
        names.add("f" + i + ".bin");
        Files.write(outbox.resolve(names.getLast()), bytes);
      }
      try (OwleryProcess receiver = receive(robin);
          OwleryProcess sender = watch(owl)) {
        until(() -> arrived().size() >= 2, sender, receiver);
        kill(receiver);
        kill(sender);
      }
      try (OwleryProcess receiver = receive(robin);
          OwleryProcess sender = watch(owl)) {
        until(() -> arrived().size() >= names.size(), sender, receiver);
        assertThat(arrived()).isEqualTo(names);
        for (String name : names) {
          assertThat(received.resolve(name)).hasSameBinaryContentAs(outbox.resolve(name));
        }
      }
    }
  }
}

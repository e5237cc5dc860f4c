package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.xmpp.Prosody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Files from one bot to another over Prosody, each broken off again and again at any byte: by a
 * reset connection, or because the sender, the receiver or the server is killed. All of them arrive
 * as they were, once, and not before they are whole.
 */
@Tag("soak")
class FileKillProofIT {
  private static final int FILES = Form.of(8, 200);
  private static final int LARGEST = Form.of(4 << 20, 64 << 20);
  private static final int MOST_CUTS = Form.of(2, 5);
  private static final int DEATHS = Form.of(3, 60);
  private static final Duration PATIENCE = Duration.ofMinutes(Form.of(2, 60));

  private final Random random = Form.random();
  private final Map<String, Integer> cutsLeft = new ConcurrentHashMap<>();
  private final Semaphore deaths = new Semaphore(0);
  private int deathsLeft = DEATHS;

  @Test
  @Timeout(4_000)
  void everyFileArrivesOnceAsItWas() throws Exception {
    try (Prosody server = Prosody.start();
        FileWire wire = new FileWire(this::cut)) {
      server.register("owl", "secret");
      server.register("kea", "secret");
      try (BotHome owl = new BotHome(sender(server, wire));
          BotHome kea = new BotHome(receiver(server))) {
        Path outbox = Files.createDirectory(owl.path().resolve("outbox"));
        Path inbox = Files.createDirectory(kea.path().resolve("received"));
        Bots bots = new Bots(owl, kea, server);
        Map<String, byte[]> sent = write(owl.path(), outbox);
        Map<String, Path> there = bots.outlive(inbox, sent);

        long size = sent.values().stream().mapToLong(content -> content.length).sum();
        long carried = wire.carried().values().stream().mapToLong(Number::longValue).sum();
        Form.figures(
            "files between two bots",
            "%d files of %,d bytes, %d cuts (%d deaths), %,d bytes on the wire"
                .formatted(FILES, size, wire.made(), DEATHS - deathsLeft, carried));
        if (!there.keySet().equals(sent.keySet())) {
          owl.keep("files-sender");
          kea.keep("files-receiver");
        }
        assertThat(there.keySet()).containsExactlyInAnyOrderElementsOf(sent.keySet());
        for (Map.Entry<String, byte[]> each : sent.entrySet()) {
          assertThat(there.get(each.getKey())).as(each.getKey()).hasBinaryContent(each.getValue());
        }
        assertThat(wire.made()).isGreaterThanOrEqualTo(FILES / 2);
        assertThat(carried).isLessThanOrEqualTo((long) (size * 1.1) + ((long) wire.made() << 20));
      }
    }
  }

  /** Decides, once for each fetch of a file, whether and where it breaks off. */
  private synchronized Optional<FileWire.Cut> cut(String path, long length) {
    int left = cutsLeft.computeIfAbsent(path, any -> 1 + random.nextInt(MOST_CUTS));
    if (left == 0) {
      return Optional.empty();
    }
    cutsLeft.put(path, left - 1);
    boolean deadly = deathsLeft > 0 && random.nextInt(3) == 0;
    deathsLeft -= deadly ? 1 : 0;
    return Optional.of(
        new FileWire.Cut(random.nextLong(length), deadly ? deaths::release : () -> {}));
  }

  private Map<String, byte[]> write(Path aside, Path outbox) throws IOException {
    Map<String, byte[]> all = new HashMap<>();
    for (int i = 0; i < FILES; i++) {
      byte[] content = new byte[i == 0 ? 0 : size()];
      random.nextBytes(content);
      String name = "file " + i + ".bin";
      Path file = Files.write(aside.resolve(name), content);
      Files.move(file, outbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      all.put(name, content);
    }
    return all;
  }

  /** As many small ones as large ones. */
  private int size() {
    return (int) Math.pow(LARGEST, random.nextDouble());
  }

  private static String sender(Prosody server, FileWire wire) {
    return """
    bot { data-dir = "data", durability = crash }
    accounts { %s }
    plugins = [ file-relay ]
    files { transport = link, at-once = 4, per-peer = 4 }
    http { port = %d, public-url = "http://127.0.0.1:%d/" }
    plugin.file-relay {
      watch = [ { directory = outbox, to = "net/kea@localhost", settle = 200ms } ]
    }
    """
        .formatted(BotHome.xmpp("net", server.port(), "owl", ""), wire.target(), wire.port());
  }

  private static String receiver(Prosody server) {
    return """
    bot { data-dir = "data", durability = crash }
    accounts { %s }
    plugins = [ file-relay ]
    files { at-once = 4, per-peer = 4 }
    plugin.file-relay {
      receive { into = received, accept = [ "net/owl@localhost" ] }
      links { allow = [ "127.0.0.0/8" ] }
    }
    """
        .formatted(BotHome.xmpp("net", server.port(), "kea", ""));
  }

  /** Two bots and their server, which die in turn and come back. */
  private final class Bots {
    private final BotHome owl;
    private final BotHome kea;
    private final Prosody server;

    Bots(BotHome owl, BotHome kea, Prosody server) {
      this.owl = owl;
      this.kea = kea;
      this.server = server;
    }

    /** Lets them work and die until everything has arrived. */
    Map<String, Path> outlive(Path inbox, Map<String, byte[]> sent) throws Exception {
      BotProcess receiving = kea.run().awaitReady();
      BotProcess sending = owl.run().awaitReady();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      int turn = 0;
      Map<String, Path> there = there(inbox, sent);
      while (there.size() < sent.size() && System.nanoTime() < deadline) {
        if (deaths.tryAcquire(100, TimeUnit.MILLISECONDS)) {
          switch (turn++ % 3) {
            case 0 -> {
              sending.kill();
              sending = owl.run().awaitReady();
            }
            case 1 -> {
              receiving.kill();
              receiving = kea.run().awaitReady();
            }
            default -> {
              server.kill();
              server.restart();
            }
          }
        }
        there = there(inbox, sent);
      }
      // Nothing comes a second time.
      TimeUnit.SECONDS.sleep(2);
      return there(inbox, sent);
    }
  }

  /** What has its final name; whatever has it is whole. */
  private static Map<String, Path> there(Path inbox, Map<String, byte[]> sent) {
    Map<String, Path> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(inbox)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".")) {
          all.put(name, file);
          byte[] content = sent.get(name);
          assertThat(content).as("a file that was not sent, or twice: " + name).isNotNull();
          assertThat(Files.size(file)).as(name).isEqualTo(content.length);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return all;
  }
}

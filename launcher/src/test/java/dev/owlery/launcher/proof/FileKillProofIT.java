package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.xmpp.Prosody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Files from one bot to another over Prosody, each broken off again and again at any byte: by a
 * reset connection, or because the sender, the receiver or the server is killed. All of them arrive
 * as they were, once, and not before they are whole; and the sender comes to know it of each.
 */
class FileKillProofIT {
  private static final int FILES = Form.of(8, 200);
  private static final int LARGEST = Form.of(4 << 20, 64 << 20);
  private static final int MOST_CUTS = Form.of(2, 5);
  private static final int DEATHS = Form.of(3, 60);
  private static final Duration PATIENCE = Duration.ofMinutes(Form.of(5, 60));

  private final Random random = Form.random();

  /** Closed before what it looks at is. */
  private interface Kept extends AutoCloseable {
    @Override
    void close();
  }

  /** What was sent. */
  private record Sent(long size, String sha256) {}

  @Test
  @Tag("soak")
  @Timeout(4_000)
  void everyFileFetchedByItsLinkArrivesOnceAsItWas() throws Exception {
    Bots bots = new Bots("link");
    try (Prosody server = Prosody.start();
        FileWire wire = new FileWire(bots.cuts)) {
      bots.prove(
          server,
          "",
          "http { port = %d, public-url = \"http://127.0.0.1:%d/\" }"
              .formatted(wire.target(), wire.port()),
          "",
          "links { allow = [ \"127.0.0.0/8\" ] }");
    }
  }

  @Test
  @Timeout(4_000)
  void everyFileOverSocks5ArrivesOnceAsItWas() throws Exception {
    Bots bots = new Bots("socks5");
    AtomicInteger turn = new AtomicInteger();
    int direct = LoopbackPorts.reserve();
    try (Prosody server = Prosody.start(Prosody.Option.PROXY_ELSEWHERE);
        StreamWire _ = new StreamWire(bots.cuts, server.proxyPort(), () -> true);
        StreamWire _ = new StreamWire(bots.cuts, direct, () -> turn.getAndIncrement() % 2 == 0)) {
      bots.prove(
          server,
          "files { listen = \"127.0.0.1:%d\", announce = \"%s:%d\" }"
              .formatted(direct, StreamWire.ADDRESS, direct),
          "",
          "files { hosts = [ \"%s:%d\" ] }".formatted(StreamWire.ADDRESS, direct),
          "");
    }
  }

  /** Two bots and their server, which die in turn and come back. */
  private final class Bots {
    private final String transport;
    private final Map<String, Long> marks = new HashMap<>();
    private final Map<String, Sent> sent = new HashMap<>();
    private final FileCuts cuts = new FileCuts(random, MOST_CUTS, DEATHS, marks);
    private int died;
    private boolean proven;

    Bots(String transport) {
      this.transport = transport;
    }

    /**
     * The whole proof.
     *
     * @param account what the sender's account has besides the ordinary
     * @param block what the sender's configuration has
     * @param taker what the receiver's account has
     * @param plugin what its plugin has
     */
    void prove(Prosody server, String account, String block, String taker, String plugin)
        throws Exception {
      server.register("owl", "secret");
      server.register("kea", "secret");
      try (BotHome owl = new BotHome(sender(server, account, block));
          BotHome kea = new BotHome(receiver(server, taker, plugin));
          Kept _ = () -> keepUnlessProven(owl, kea)) {
        Path outbox = Files.createDirectory(owl.path().resolve("outbox"));
        write(owl.path(), outbox);
        Path inbox = Files.createDirectory(kea.path().resolve("received"));
        long begun = System.nanoTime();
        Map<String, Path> there = outlive(owl, kea, server, outbox, inbox);
        tell(Duration.ofNanos(System.nanoTime() - begun));
        check(there);
        proven = true;
      }
    }

    /** What a failure needs to be understood. */
    private void keepUnlessProven(BotHome owl, BotHome kea) {
      if (!proven) {
        owl.keep("files-sender");
        kea.keep("files-receiver");
      }
    }

    private String sender(Prosody server, String account, String block) {
      return """
      bot { data-dir = "data", durability = crash }
      accounts { %s }
      plugins = [ file-relay ]
      files { transport = %s, at-once = 4, per-peer = 4 }
      %s
      plugin.file-relay {
        watch = [ { directory = outbox, to = "net/kea@localhost", settle = 200ms, after = delete } ]
      }
      """
          .formatted(BotHome.xmpp("net", server.port(), "owl", account), transport, block);
    }

    private static String receiver(Prosody server, String account, String plugin) {
      return """
      bot { data-dir = "data", durability = crash }
      accounts { %s }
      plugins = [ file-relay ]
      files { at-once = 4, per-peer = 4 }
      plugin.file-relay {
        receive { into = received, accept = [ "net/owl@localhost" ] }
        %s
      }
      """
          .formatted(BotHome.xmpp("net", server.port(), "kea", account), plugin);
    }

    private void write(Path aside, Path outbox) throws IOException {
      for (int i = 0; i < FILES; i++) {
        byte[] content = new byte[i == 0 ? 0 : size()];
        random.nextBytes(content);
        String name = "file " + i + ".bin";
        sent.put(name, new Sent(content.length, digest(content)));
        marks.put(FileCuts.mark(content), (long) content.length);
        Path file = Files.write(aside.resolve(name), content);
        Files.move(file, outbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      }
    }

    /** As many small ones as large ones. */
    private int size() {
      return (int) Math.pow(LARGEST, random.nextDouble());
    }

    /** Lets them work and die until everything has arrived, and the sender knows of each. */
    private Map<String, Path> outlive(
        BotHome owl, BotHome kea, Prosody server, Path outbox, Path inbox) throws Exception {
      BotProcess receiving = kea.run().awaitReady();
      BotProcess sending = owl.run().awaitReady();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      Map<String, Path> there = there(inbox);
      while ((there.size() < sent.size() || !isEmpty(outbox)) && System.nanoTime() < deadline) {
        Optional<CompletableFuture<Boolean>> death = cuts.awaitDeadly();
        if (death.isPresent()) {
          switch (died++ % 3) {
            case 0 -> {
              sending.kill();
              death.get().complete(true);
              sending = owl.run().awaitReady();
            }
            case 1 -> {
              receiving.kill();
              death.get().complete(true);
              receiving = kea.run().awaitReady();
            }
            default -> {
              server.kill();
              death.get().complete(true);
              server.restart();
            }
          }
        }
        there = there(inbox);
      }
      assertThat(isEmpty(outbox)).as("the sender knows that all are there").isTrue();
      // Nothing comes a second time.
      TimeUnit.SECONDS.sleep(2);
      return there(inbox);
    }

    private static boolean isEmpty(Path folder) throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        return files.findAny().isEmpty();
      }
    }

    /** What has its final name; whatever has it is whole. */
    private Map<String, Path> there(Path inbox) {
      Map<String, Path> all = new TreeMap<>();
      try (Stream<Path> files = Files.list(inbox)) {
        for (Path file : files.toList()) {
          String name = file.getFileName().toString();
          if (!name.startsWith(".")) {
            all.put(name, file);
            Sent known = sent.get(name);
            assertThat(known).as("a file that was not sent, or twice: " + name).isNotNull();
            assertThat(Files.size(file)).as(name).isEqualTo(known.size());
          }
        }
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
      return all;
    }

    private void tell(Duration took) {
      Form.figures(
          "files between two bots by " + transport,
          ("%d files of %,d bytes; %d resets; sender, receiver and server killed %d, %d and %d times;"
                  + " %,d bytes from the sender to a proxy, %,d to the receiver; %d s")
              .formatted(
                  FILES,
                  sent.values().stream().mapToLong(Sent::size).sum(),
                  cuts.resets(),
                  (died + 2) / 3,
                  (died + 1) / 3,
                  died / 3,
                  cuts.carried(FileCuts.Hop.UP),
                  cuts.carried(FileCuts.Hop.DOWN),
                  took.toSeconds()));
    }

    private void check(Map<String, Path> there) throws IOException {
      assertThat(there.keySet()).containsExactlyInAnyOrderElementsOf(sent.keySet());
      for (Map.Entry<String, Sent> each : sent.entrySet()) {
        assertThat(digest(Files.readAllBytes(there.get(each.getKey()))))
            .as(each.getKey())
            .isEqualTo(each.getValue().sha256());
      }
      assertThat(cuts.resets() + died).isGreaterThanOrEqualTo(FILES / 2);
      for (FileCuts.Hop hop : FileCuts.Hop.values()) {
        assertThat(
                cuts.journeys().entrySet().stream()
                    .filter(each -> each.getValue().isKnown())
                    .filter(each -> each.getValue().carried(hop) > each.getValue().allowed(hop))
                    .map(each -> each.getKey() + ": " + each.getValue())
                    .collect(Collectors.toList()))
            .as("carried too often, " + hop)
            .isEmpty();
      }
    }
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException everybodyHasIt) {
      throw new IllegalStateException(everybodyHasIt);
    }
  }
}

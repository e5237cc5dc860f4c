package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.core.Engine;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The first configuration of the guide to files, on a real server, where Robin is another bot: what
 * is sent and what is received is told in the room and lies on the node.
 */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
final class FileNoticesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OPS = "ops@rooms.localhost";
  private static final Pattern ENTRY = Pattern.compile("<entry.*?</entry>", Pattern.DOTALL);
  private static final Pattern FIELD =
      Pattern.compile("<field name=['\"]([^'\"]+)['\"]>([^<]*)</field>");

  @TempDir private Path folder;

  private record Running(Engine engine) implements AutoCloseable {
    @Override
    public void close() {
      boolean _ = BotProcess.stop(engine);
    }
  }

  private Running run(String name, Guide guide) throws Exception {
    Path home = Files.createDirectories(folder.resolve(name));
    Path file =
        Files.writeString(
            home.resolve("bot.conf"),
            guide.and("bot { data-dir = \"" + home.resolve("data") + "\" }").text());
    Configuration configuration =
        new ProcessEnvironment(Map.of("OWLERY_HOME_PASSWORD", "secret"), () -> {})
            .configurations()
            .read(file);
    Engine engine = BotProcess.engine(configuration);
    Running running = new Running(engine);
    engine.start(configuration.plugins());
    engine.ready().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return running;
  }

  private Guide owl(Prosody server) {
    return Guide.configurations("files")
        .getFirst()
        .on(server)
        .with("\"owl@localhost\"", "\"bot@localhost\"") // it may make nodes
        .with("directory = outbox", "directory = \"" + folder.resolve("outbox") + "\"")
        .with("into = received", "into = \"" + folder.resolve("received") + "\"");
  }

  /** The same the other way round. */
  private Guide robin(Prosody server) {
    return new Guide(
        """
        accounts {
          home { protocol = xmpp, jid = "robin@localhost", password = secret
                 host = "127.0.0.1", port = %d, tls = off }
        }
        plugins = [ file-relay ]
        plugin.file-relay {
          watch = [ { directory = "%s", to = "home/bot@localhost" } ]
          receive { into = "%s", accept = [ "home/bot@localhost" ] }
        }
        """
            .formatted(server.port(), folder.resolve("of-robin"), folder.resolve("for-robin")));
  }

  @Test
  void whatIsSentAndReceivedIsToldInTheRoomAndOnTheNode() throws Exception {
    for (String name : List.of("outbox", "received", "of-robin", "for-robin")) {
      Files.createDirectory(folder.resolve(name));
    }
    try (Prosody server = Prosody.start()) {
      server.register(Prosody.BOT, "secret");
      server.register("robin", "secret");
      try (RawXmppClient admin = RawXmppClient.join(server, "admin")) {
        admin.enter(OPS, "admin");
        try (Running _ = run("owl", owl(server));
            Running _ = run("robin", robin(server))) {
          String sent = write("outbox/may.pdf", 100_000);
          String received = write("of-robin/june.pdf", 50_000);
          told(admin, "sent may.pdf (97.7 KiB) to home/robin@localhost for owl, SHA-256 " + sent);
          told(
              admin,
              "received june.pdf (48.8 KiB) from home/robin@localhost for robin, SHA-256 "
                  + received);
          Map<String, Map<String, String>> items = items(admin, 2);
          assertItem(items.get("may.pdf"), "sent", 100_000, sent, "owl");
          assertItem(items.get("june.pdf"), "received", 50_000, received, "robin");
        }
      }
    }
    assertThat(folder.resolve("for-robin/may.pdf")).hasSize(100_000);
    assertThat(folder.resolve("received/june.pdf")).hasSize(50_000);
  }

  private String write(String path, int size) throws Exception {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Files.write(folder.resolve(path), bytes);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static void told(RawXmppClient who, String line) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!who.textsFrom(OPS + "/bot").contains(line)) {
      assertThat(System.nanoTime()).as(line).isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** The fields of the items on the node, by the file that they are about. */
  private static Map<String, Map<String, String>> items(RawXmppClient who, int count) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> seen = new ArrayList<>();
    while (System.nanoTime() < deadline) {
      String all =
          who.ask(
                  "pubsub.localhost",
                  "get",
                  "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='files'/></pubsub>")
              .toString();
      seen.add(all);
      Map<String, Map<String, String>> items = new HashMap<>();
      Matcher entries = ENTRY.matcher(all);
      while (entries.find()) {
        Map<String, String> fields = new HashMap<>();
        Matcher field = FIELD.matcher(entries.group());
        while (field.find()) {
          fields.put(field.group(1), field.group(2));
        }
        items.put(fields.getOrDefault("file", ""), fields);
      }
      if (items.size() == count) {
        return items;
      }
      LockSupport.parkNanos(50_000_000);
    }
    throw new AssertionError("waited in vain for " + count + " items, saw " + seen.getLast());
  }

  private static void assertItem(
      Map<String, String> fields, String action, long size, String digest, String author) {
    assertThat(fields)
        .containsEntry("action", action)
        .containsEntry("size", Long.toString(size))
        .containsEntry("sha256", digest)
        .containsEntry("author", author)
        .containsEntry("conversation", "home/robin@localhost");
    assertThat(Instant.parse(fields.get("date")))
        .isBetween(Instant.now().minus(Duration.ofMinutes(10)), Instant.now());
  }
}

package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.folder.SafeName;
import dev.owlery.core.Engine;
import dev.owlery.launcher.config.Configuration;
import dev.owlery.testkit.xmpp.OldCarrier;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bot with the configuration that the guide to files prints, in the place of the old carrier of
 * files, at either end.
 */
@Timeout(120)
final class OldCarrierTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String SECRET = "a-secret-of-the-tests";
  private static final String ROOM = "ops@open.localhost";
  private static final List<String> NAMES =
      List.of(
          "plan for robin.txt",
          "../up.txt",
          "..\\..\\windows.txt",
          "/etc/passwd",
          ".hidden",
          "a\u202ebcd.txt",
          "con.txt",
          "plan for robin.txt");

  @TempDir private Path folder;

  @Test
  void filesGoBothWaysUnderTheirNames() throws Exception {
    try (Prosody server = Prosody.start()) {
      server.register(Prosody.BOT, SECRET);
      server.register("carrier", SECRET);
      try (OldCarrier receiver = OldCarrier.connect(server, "carrier", SECRET);
          OldCarrier sender = OldCarrier.connect(server, "carrier", SECRET);
          RawXmppClient bea = RawXmppClient.join(server, "bea")) {
        makeNode(server);
        for (OldCarrier each : List.of(receiver, sender)) {
          each.publishOn(server.pubsub(), "files");
        }
        Path inbox = Files.createDirectory(folder.resolve("received"));
        Path outbox = Files.createDirectory(folder.resolve("outbox"));
        Engine engine = start(server, receiver.address());
        try {
          receiver.enter(ROOM, "receiver");
          sender.enter(ROOM, "sender");
          bea.enter(ROOM, "Bea");
          receives(sender, inbox, bea);
          sends(receiver, outbox);
        } finally {
          boolean _ = BotProcess.stop(engine);
        }
        assertThat(names(folder))
            .containsExactlyInAnyOrder("received", "outbox", "data", "bot.conf");
      }
    }
  }

  private void receives(OldCarrier sender, Path inbox, RawXmppClient bea) {
    TreeSet<String> wanted = new TreeSet<>();
    List<String> sums = new ArrayList<>();
    for (String name : NAMES) {
      bea.sayIn(ROOM, "Send file: of another");
      sums.add(sender.send(Prosody.BOT + "@localhost/owlery", name, 10_000));
      String safe = SafeName.of(name).text();
      sender.hears("New file: " + safe);
      wanted.add(wanted.contains(safe) ? SafeName.of(name).numbered(2).text() : safe);
    }
    Map<String, Object> item = sender.item("received", "plan for robin (2).txt");
    assertThat(names(inbox)).containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(String.valueOf(item.get("xml"))).contains(sums.getLast(), ">carrier<", "date");
  }

  private void sends(OldCarrier receiver, Path outbox) throws IOException {
    List<String> names = List.of("one file.txt", "two.txt", "empty.txt");
    for (String name : names) {
      Path file = Files.writeString(folder.resolve(name), name.startsWith("e") ? "" : name);
      Files.move(file, outbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
    List<Object> stored = names.stream().map(any -> receiver.stored().get("name")).toList();
    assertThat(stored).containsExactlyInAnyOrderElementsOf(names);
    names.forEach(name -> receiver.item("sent", name));
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(each -> each.getFileName().toString()).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A node on which everybody may publish. */
  private static void makeNode(Prosody server) {
    String pubsub = "<pubsub xmlns='http://jabber.org/protocol/pubsub'>";
    try (RawXmppClient admin = RawXmppClient.join(server, "admin")) {
      assertThat(
              admin
                  .ask(
                      server.pubsub(),
                      "set",
                      pubsub
                          + "<create node='files'/><configure><x xmlns='jabber:x:data'"
                          + " type='submit'><field var='FORM_TYPE'><value>"
                          + "http://jabber.org/protocol/pubsub#node_config</value></field>"
                          + "<field var='pubsub#publish_model'><value>open</value></field>"
                          + "</x></configure></pubsub>")
                  .type())
          .isEqualTo("result");
    }
  }

  private Engine start(Prosody server, String receiver) throws Exception {
    Guide guide =
        Guide.configurations("files")
            .getLast()
            .with("owl@example.org", Prosody.BOT + "@example.org")
            .with("ops@conference.example.org", ROOM)
            .with("carrier@example.org/receiver", receiver)
            .on(server)
            .with("directory = outbox", "directory = \"" + folder.resolve("outbox") + "\"")
            .with("into = received", "into = \"" + folder.resolve("received") + "\"")
            .and("bot { data-dir = \"" + folder.resolve("data") + "\" }");
    Path file = Files.writeString(folder.resolve("bot.conf"), guide.text());
    Configuration configuration =
        new ProcessEnvironment(Map.of("OWLERY_HOME_PASSWORD", SECRET), () -> {})
            .configurations()
            .read(file);
    Engine engine = BotProcess.engine(configuration);
    engine.start(configuration.plugins());
    engine.ready().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return engine;
  }
}

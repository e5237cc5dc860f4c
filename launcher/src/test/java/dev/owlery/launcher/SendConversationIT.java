package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file is asked for in chat: the same conversation, word for word, on each network, with one bot
 * on all of them that is a process of its own and has the configuration of the guide.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
final class SendConversationIT {

  private static final int SIZE = 6 << 20;
  private static final String FILE = "plan\\.bin \\(6\\.0 MiB\\)";

  private final byte[] bytes = new byte[SIZE];
  private List<FilePeer> peers = List.of();
  private Optional<OwleryProcess> process = Optional.empty();

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    new Random(5).nextBytes(bytes);
    Files.write(Files.createDirectory(folder.resolve("papers")).resolve("plan.bin"), bytes);
    peers =
        List.of(
            new FilesOnConsole(folder),
            new FilesOnIrc(folder),
            new FilesOnXmpp(folder),
            new FilesOnSlack());
    Files.writeString(folder.resolve("bot.conf"), configuration());
    OwleryProcess bot = OwleryProcess.start(folder, "run", "--config", "bot.conf");
    process = Optional.of(bot);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !bot.isAlive() || bot.err().contains(" ready: "));
    assertThat(bot.err()).contains(" ready: ");
    peers.forEach(peer -> peer.meets(bot));
  }

  /** The guide's, with Ann's identities and the servers of the tests. */
  private String configuration() {
    String identities =
        peers.stream().map(peer -> '"' + peer.ann() + '"').collect(Collectors.joining(", "));
    return Guide.blocks("files", "hocon").stream()
        .filter(block -> block.text().contains("folders"))
        .findFirst()
        .orElseThrow()
        .with("\"home/ann@example.org\"", identities)
        .and("accounts {")
        .and(peers.stream().map(FilePeer::account).collect(Collectors.joining("\n")))
        .and("}")
        .and("plugins = [ help, file-relay ]")
        .and("plugin.file-relay.progress = 1s")
        .and("http.port = 0")
        .text();
  }

  @AfterAll
  void stop() {
    process.ifPresent(OwleryProcess::close);
    peers.forEach(FilePeer::close);
  }

  private FilePeer on(String account) {
    return peers.stream()
        .filter(peer -> peer.where().startsWith(account + "/"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"here", "net", "home", "work"})
  void aFileIsAskedForShownAndTold(String account) throws Exception {
    FilePeer room = on(account);
    room.strangerSays("!send plan.bin");
    heard(room, "You may not do that: it takes the permission files\\.send\\..*");

    room.says("!files");
    heard(room, "plan\\.bin  6\\.0 MiB");

    room.holds();
    room.says("!send plan.bin");
    String id = heard(room, "sending " + FILE + " as (\\w+).*");
    room.begins();
    heard(room, "sending " + FILE + " as " + id + ": (\\d+ %|waits.*)");

    assertThat(room.receives()).isEqualTo(bytes);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    String there = Pattern.quote(room.where());
    heard(room, "sent " + FILE + " to " + there + " for (?:ann|you), SHA-256 " + digest);

    room.says("!transfers");
    heard(room, id + " to " + there + " plan\\.bin 100 % of 6\\.0 MiB done by " + room.transport());
    room.says("!cancel " + id);
    heard(room, ".*there is no file on its way that is called " + id);
  }

  private static String heard(FilePeer room, String words) {
    return FileTalk.awaitHeard(room, Pattern.compile(words));
  }
}

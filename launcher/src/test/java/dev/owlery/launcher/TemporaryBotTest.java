package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code check --connect} and {@code send} on a real IRC server. */
final class TemporaryBotTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Ngircd server;
  private IrcWitness ann;

  @BeforeEach
  void startServer() {
    server = Ngircd.start();
    ann = IrcWitness.connect(server, "ann");
  }

  @AfterEach
  void stopServer() {
    ann.close();
    server.close();
  }

  private int owlery(String command, String... arguments) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("bot.conf"),
            """
            bot { data-dir = "%s", durability = crash }
            accounts {
              net { protocol = irc, host = "127.0.0.1", port = %d, tls = off, nick = owl
                rooms = ["#owls"], flood { burst = 0 } }
              here { protocol = console }
            }
            """
                .formatted(folder.resolve("data"), server.port()));
    CommandLine line = CommandLines.of(new ProcessEnvironment(Map.of(), () -> {}));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 3];
    all[0] = command;
    all[1] = "--config";
    all[2] = file.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return line.execute(all);
  }

  /** What the bot has said to a room or to Ann, once all of it has arrived. */
  private List<String> heard(String target) {
    List<String> _ = ann.settle();
    return ann.textsFrom("owl", target);
  }

  @Test
  void checkLogsInJoinsLeavesAndTells() throws Exception {
    ann.join("#owls");

    assertThat(owlery("check", "--connect")).isZero();

    assertThat(out.toString())
        .contains("net: online", "  net/#owls: joined")
        .doesNotContain("here:");
    ann.expect(":owl!.* JOIN .*#owls.*");
    ann.expect(":owl!.* (QUIT|PART) .*");
  }

  @Test
  void checkTouchesNothingOfTheBots() throws Exception {
    assertThat(owlery("check", "--connect")).isZero();

    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void whatIsSentIsSaidInARoomOfTheConfiguration() throws Exception {
    ann.join("#owls");

    assertThat(owlery("send", "net/#owls", "the", "build", "is", "green")).isZero();

    assertThat(ann.settle()).anyMatch(line -> line.endsWith("PRIVMSG #owls :the build is green"));
  }

  @Test
  void anotherRoomIsJoinedFirst() throws Exception {
    ann.join("#other");

    assertThat(owlery("send", "net/#other", "hello")).isZero();

    assertThat(heard("#other")).isEqualTo(List.of("hello"));
  }

  @Test
  void aPersonIsWrittenToDirectly() throws Exception {
    assertThat(owlery("send", "net/ann", "psst")).isZero();

    assertThat(heard("ann")).isEqualTo(List.of("psst"));
  }

  @Test
  void whoIsNotThereIsAFailureInOneLine() throws Exception {
    assertThat(owlery("send", "net/nobody", "psst")).isEqualTo(1);

    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("net/nobody: ");
  }

  @Test
  void lineBreaksAreNoProtocol() throws Exception {
    ann.join("#owls");

    assertThat(owlery("send", "net/#owls", "one\r\nQUIT :bye\0\r\ntwo")).isZero();

    assertThat(heard("#owls")).contains("one", "two").anyMatch(t -> t.contains("QUIT"));
  }
}

package dev.owlery.testkit.irc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.net.OtherPrograms;
import dev.owlery.testkit.net.ScratchDirectory;
import dev.owlery.testkit.net.ServerProcess;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Several at once: each has a server of its own, which takes its time for each client. */
@Execution(ExecutionMode.CONCURRENT)
class IrcServerFixturesTest {
  @Test
  void twoPeopleTalkOnNgircdAndTheServerComesBackAfterAKill() {
    try (Ngircd server = Ngircd.start()) {
      talk(server);
      server.kill();
      assertThat(ServerProcess.accepts(server.port())).isFalse();
      server.restart();
      talk(server);
    }
  }

  @Test
  void twoPeopleTalkOnInspIrcdAndTheServerComesBackAfterAKill() {
    try (InspIrcd server = InspIrcd.start()) {
      talk(server);
      server.kill();
      server.restart();
      talk(server);
    }
  }

  private static void talk(IrcServer server) {
    try (IrcWitness ann = IrcWitness.connect(server, "ann");
        IrcWitness ben = IrcWitness.connect(server, "ben")) {
      ann.join("#owls");
      ben.join("#owls");
      ben.say("#owls", "hello");
      ann.expect("^:ben!.* PRIVMSG #owls :?hello$");
      assertThat(ann.textsFrom("ben", "#owls")).containsExactly("hello");
    }
  }

  @Test
  void inspIrcdWithServicesTagsMessagesWithTheAccount() {
    try (InspIrcd server = InspIrcd.startWithServices();
        IrcWitness ann = IrcWitness.connect(server, "ann", "message-tags", "account-tag");
        IrcWitness ben = IrcWitness.connect(server, "ben")) {
      ann.join("#owls");
      ben.join("#owls");
      ben.registerAccount("secret");
      ben.say("#owls", "hello");
      assertThat(ann.expect("PRIVMSG #owls :?hello")).contains("account=ben").contains("msgid=");
    }
  }

  @Test
  void inspIrcdReplaysTheHistoryOfARoomWithTheSameMessageIds() {
    String[] capabilities = {"message-tags", "server-time", "batch"};
    try (InspIrcd server = InspIrcd.start();
        IrcWitness ann = IrcWitness.connect(server, "ann", capabilities)) {
      ann.join("#owls");
      ann.raw("MODE #owls +H 1000:1h");
      ann.expect("MODE #owls \\+H");
      try (IrcWitness ben = IrcWitness.connect(server, "ben")) {
        ben.join("#owls");
        ben.say("#owls", "hello");
      }
      String live = ann.expect("PRIVMSG #owls :?hello");
      try (IrcWitness cleo = IrcWitness.connect(server, "cleo", capabilities)) {
        cleo.raw("JOIN #owls");
        String replayed = cleo.expect("PRIVMSG #owls :?hello");
        assertThat(replayed).contains("batch=").contains(messageId(live));
      }
    }
  }

  private static String messageId(String line) {
    return line.replaceFirst(".*(msgid=[^; ]+).*", "$1");
  }

  @Test
  void aServerThatIsNotInstalledSaysHowToInstallIt() {
    OtherPrograms.orSkip();
    try (ScratchDirectory scratch = ScratchDirectory.create("none")) {
      assertThatThrownBy(() -> ServerProcess.start(List.of("no-such-ircd"), scratch.path(), 1))
          .hasMessageContaining("no-such-ircd is not installed")
          .hasMessageContaining("scripts/install-test-servers");
    }
  }

  @Test
  void noPortIsReservedTwice() {
    assertThat(IntStream.range(0, 50).map(i -> LoopbackPorts.reserve()).boxed())
        .doesNotHaveDuplicates();
  }
}

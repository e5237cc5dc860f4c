package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shell pipeline of the README works as it is written there. */
@Timeout(120)
class PipelineProofIT {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** The pipeline, between other rooms. */
  private static String pipeline(String from, String to) {
    try {
      String readme =
          Files.readString(Path.of(System.getProperty("owlery.root", "..")).resolve("README.md"));
      Matcher block = Pattern.compile("(?m)^\\./owlery listen .*$").matcher(readme);
      assertThat(block.find()).isTrue();
      return block.group().replace("libera/#owls", from).replace("libera/#found", to);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Ends the pipeline at its beginning, which the shell has started first; the rest follows. */
  private static void end(BotProcess shell) {
    boolean _ =
        shell.descendants().stream()
            .min(Comparator.comparingLong(ProcessHandle::pid))
            .orElseThrow()
            .destroy();
  }

  private static void kill(BotProcess shell) {
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void onIrc() {
    try (Ngircd server = Ngircd.start();
        IrcWitness ann = IrcWitness.connect(server, "ann");
        BotHome home = new BotHome(BotHome.loadTest(BotHome.irc("net", server, "owl"), "echo"))) {
      ann.join("#owls");
      ann.join("#found");
      BotProcess shell = home.shell(pipeline("net/#owls", "net/#found"));
      try {
        shell.awaitLog("listening to net/#owls", PATIENCE);
        ann.say("#owls", "a lark");
        ann.say("#owls", "An Owl!");
        ann.say("#owls", "an owlet; \"$HOME\" `id`");
        ann.expect(":owl\\S* PRIVMSG #found :heard: An Owl!", PATIENCE);
        ann.expect(":owl\\S* PRIVMSG #found :heard: an owlet; \"\\$HOME\" `id`", PATIENCE);
        end(shell);
        assertThat(shell.awaitExit(PATIENCE)).as(shell.log()).isZero();
        assertThat(ann.settle()).noneMatch(line -> line.contains("heard: a lark"));
        Form.figures("pipeline on IRC", "listen | grep | sed | send: 2 of 3 lines, exit 0");
      } finally {
        kill(shell);
      }
    }
  }

  @Test
  void onXmpp() {
    String owls = "owls@rooms.localhost";
    String found = "found@rooms.localhost";
    try (Prosody server = Prosody.start();
        RawXmppClient ann = RawXmppClient.join(server, "ann")) {
      server.register("owl", "secret");
      ann.enter(owls, "Ann");
      ann.enter(found, "Ann");
      try (BotHome home =
          new BotHome(
              BotHome.loadTest(BotHome.xmpp("net", server.port(), "owl", "", owls), "echo"))) {
        BotProcess shell = home.shell(pipeline("net/" + owls, "net/" + found));
        try {
          shell.awaitLog("listening to net/" + owls, PATIENCE);
          ann.sayIn(owls, "a lark");
          ann.sayIn(owls, "An Owl!");
          ann.expect(
              "what was found",
              stanza ->
                  stanza.from().startsWith(found + "/") && stanza.body().equals("heard: An Owl!"),
              PATIENCE);
          end(shell);
          assertThat(shell.awaitExit(PATIENCE)).as(shell.log()).isZero();
          Form.figures("pipeline on XMPP", "listen | grep | sed | send: 1 of 2 lines, exit 0");
        } finally {
          kill(shell);
        }
      }
    }
  }
}

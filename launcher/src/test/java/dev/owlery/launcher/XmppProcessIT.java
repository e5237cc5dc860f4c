package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole bot on a real XMPP server: publish-subscribe from chat, and what it logs. */
final class XmppProcessIT {
  private static final String NEWS = "home/pubsub.localhost/news";

  @TempDir private Path folder;

  private OwleryProcess run(Prosody server) throws Exception {
    server.register(Prosody.BOT, "canary-password");
    Path file =
        Files.writeString(
            folder.resolve("bot.conf"),
            """
            bot { data-dir = data, durability = crash }
            accounts {
              home { protocol = xmpp, jid = "bot@localhost", password = canary-password
                     host = "127.0.0.1", port = %d, tls = off }
            }
            limits { commands-per-minute = 0 }
            plugins = [ echo, pubsub, topics ]
            topics { news { to = [ "home/bea@localhost" ] } }
            permissions {
              persons { ann = ["home/ann@localhost"] }
              roles { admin = [ann] }
              grants { admin = ["*"], everyone = [view] }
            }
            """
                .formatted(server.port()));
    OwleryProcess bot = OwleryProcess.start(folder, "run", "-v", "--config", file.toString());
    awaitLog(bot, " ready: ");
    return bot;
  }

  private static void awaitLog(OwleryProcess bot, String text) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !bot.isAlive() || bot.err().contains(text));
    assertThat(bot.err()).contains(text);
  }

  private static void says(RawXmppClient ann, String line, String answer) {
    ann.say("bot@localhost", line);
    ann.expectMessage("bot@localhost", answer);
  }

  @Test
  void nodesAreKeptFromChat() throws Exception {
    try (Prosody server = Prosody.start();
        RawXmppClient ann = RawXmppClient.join(server, "ann");
        RawXmppClient bea = RawXmppClient.join(server, "bea");
        OwleryProcess _ = run(server)) {
      says(ann, "!topic create " + NEWS + " access_model=open", "done");
      says(ann, "!topic list home/pubsub.localhost", "news");
      says(ann, "!topic configure " + NEWS + " title=Owls", "done");
      says(ann, "!topic options " + NEWS, ".*access_model = open.*title = Owls.*|.*title = Owls.*");
      says(ann, "!topic subscribe " + NEWS + " news", "done");
      says(ann, "!topic list home/pubsub.localhost", "news \\(topic news\\)");
      says(ann, "!topic affiliate " + NEWS + " bea@localhost publisher", "done");
      says(ann, "!topic affiliations " + NEWS, ".*bea@localhost: publisher.*");
      bea.ask(
          "pubsub.localhost",
          "set",
          "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='news'><item id='one'>"
              + "<entry xmlns='http://www.w3.org/2005/Atom'><title>Owls are back</title></entry>"
              + "</item></publish></pubsub>");
      bea.expectMessage("bot@localhost", ".*Owls are back.*");
      says(ann, "!topic publish " + NEWS + " And they hoot", "done");
      bea.expectMessage("bot@localhost", ".*And they hoot.*");
      says(ann, "!topic items " + NEWS, ".*one: Owls are back.*|.*And they hoot.*");
      says(ann, "!topic unsubscribe " + NEWS, "done");
      says(ann, "!topic delete " + NEWS, "done");
      says(ann, "!topic delete " + NEWS, "That did not work: item-not-found.*");
      says(ann, "!topic create nonsense", "A node is written ACCOUNT/SERVICE/NODE.");
      bea.say("bot@localhost", "!topic list home/pubsub.localhost");
      bea.expectMessage("bot@localhost", ".*(allowed|permission).*");
    }
  }

  @Test
  void whatIsSentFromTheCommandLineArrivesOnceAndTheRunningBotStays() throws Exception {
    try (Prosody server = Prosody.start();
        RawXmppClient ann = RawXmppClient.join(server, "ann");
        OwleryProcess bot = run(server)) {
      says(ann, "!echo here", "here");
      CommandLine line = CommandLines.of(new ProcessEnvironment(Map.of(), () -> {}));
      String file = folder.resolve("bot.conf").toString();
      int code = line.execute("send", "--config", file, "home/ann@localhost", "it", "is", "green");
      assertThat(code).isZero();
      ann.expectMessage("bot@localhost", "it is green");
      says(ann, "!echo here again", "here again");
      ann.settle();
      assertThat(ann.textsFrom("bot@localhost"))
          .containsExactly("here", "it is green", "here again");
      assertThat(bot.err()).doesNotContain("next attempt");
    }
  }

  @Test
  void aLostConnectionIsALineInTheLogAndNoStackOfALibrary() throws Exception {
    try (Prosody server = Prosody.start();
        RawXmppClient ann = RawXmppClient.join(server, "ann");
        OwleryProcess bot = run(server)) {
      ann.raw(
          "<message to='bot@localhost' type='chat'><body>poison</body>"
              + "<x xmlns='jabber:x:data' type='nonsense'><field type='y'/></x></message>");
      says(ann, "!echo still here", "still here");
      server.kill();
      awaitLog(bot, "next attempt");
      server.restart();
      try (RawXmppClient again = RawXmppClient.connect(server, "ann", "secret")) {
        says(again, "!echo back", "back");
      }
      bot.terminate();
      assertThat(bot.exitCode()).isZero();
      assertThat(bot.err()).doesNotContain("\tat ", "Caused by", "canary-password");
    }
  }
}

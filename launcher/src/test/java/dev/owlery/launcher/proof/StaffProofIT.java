package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.launcher.Guide;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.Slixmpp;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is published once on the topic {@code staff} reaches two bots in two processes, and a
 * program that knows only XMPP, once each; a bot that is killed gets what it has missed. The
 * configurations, and what the program does, are those of the guide.
 */
@Timeout(180)
class StaffProofIT {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final String SCRIPT =
      """
      import owlery_slixmpp as base

      class Client(base.Client):
          def __init__(self, jid, password):
              super().__init__(jid, password)
              self.add_event_handler("pubsub_publish", self.on_item)

          def on_item(self, message):
              for item in message["pubsub_event"]["items"]["substanzas"]:
                  base.tell("item", key=item["id"], xml=base.tostring(item.xml))

          async def do_follow(self, order):
              client = self
              PRINTED

      base.run(Client)
      """;

  /** What the guide prints for slixmpp, in a client that tells what it hears. */
  private static String script() {
    Guide printed =
        Guide.blocks("staff", "python").getFirst().with("pubsub.example.org", "pubsub.localhost");
    return SCRIPT.replace("PRINTED", printed.text().strip());
  }

  /** The bots' configurations as the guide prints them; the directory may make the node. */
  private static List<BotHome> homes(Prosody server, Ngircd irc) {
    List<Guide> printed = Guide.configurations("staff");
    String directory = printed.getFirst().on(irc).on(server).text();
    String payroll = printed.get(1).on(server).text();
    return List.of(
        new BotHome(directory.replace("directory@", Prosody.BOT + "@"))
            .with("OWLERY_DIRECTORY_PASSWORD", "secret"),
        new BotHome(payroll).with("OWLERY_PAYROLL_PASSWORD", "secret"));
  }

  private static long told(RawXmppClient person, String title) {
    return person.settle().stream().filter(stanza -> stanza.body().equals(title)).count();
  }

  private static void awaitTold(RawXmppClient person, String title) {
    person.expect(title, stanza -> stanza.body().equals(title), PATIENCE);
  }

  private static long told(IrcWitness person, String title) {
    person.settle();
    return person.textsFrom("directory", "#staff").stream().filter(title::equals).count();
  }

  private static void awaitTold(IrcWitness person, String title) {
    person.expect(":directory\\S* PRIVMSG #staff :" + title, PATIENCE);
  }

  private static long heard(Slixmpp program, String title) {
    return program.events().stream()
        .filter(event -> "item".equals(event.get("event")))
        .filter(event -> String.valueOf(event.get("xml")).contains(title))
        .count();
  }

  @Test
  void onePublishReachesEverybodyOnceAndWhoWasKilledLater() {
    try (Prosody server = Prosody.start();
        Ngircd irc = Ngircd.start()) {
      for (String user : List.of(Prosody.BOT, "payroll", "program")) {
        server.register(user, "secret");
      }
      List<BotHome> homes = homes(server, irc);
      try (RawXmppClient robin = RawXmppClient.join(server, "robin");
          RawXmppClient accountant = RawXmppClient.join(server, "accountant");
          IrcWitness ann = IrcWitness.connect(irc, "ann");
          BotHome directory = homes.getFirst();
          BotHome payroll = homes.get(1);
          Slixmpp program = Slixmpp.connect(server, "program", "secret", script())) {
        ann.join("#staff");
        directory.run().awaitReady();
        BotProcess second = payroll.run().awaitReady();
        assertThat(program.ask("follow")).doesNotContainKey("error");

        robin.say("bot@localhost", "!publish staff Kim joins on Monday");
        awaitTold(ann, "Kim joins on Monday");
        awaitTold(accountant, "Kim joins on Monday");
        program.expect("item", item -> String.valueOf(item.get("xml")).contains("Kim joins"));

        second.kill();
        robin.say("bot@localhost", "!publish staff Lee leaves");
        awaitTold(ann, "Lee leaves");
        program.expect("item", item -> String.valueOf(item.get("xml")).contains("Lee leaves"));
        payroll.run().awaitReady();
        awaitTold(accountant, "Lee leaves");

        robin.say("bot@localhost", "!publish staff The end");
        awaitTold(accountant, "The end");
        for (String title : List.of("Kim joins on Monday", "Lee leaves", "The end")) {
          assertThat(told(ann, title)).as("directory: " + title).isEqualTo(1);
          assertThat(told(accountant, title)).as("payroll: " + title).isEqualTo(1);
        }
        for (String title : List.of("Kim joins on Monday", "Lee leaves")) {
          assertThat(heard(program, title)).as("slixmpp: " + title).isEqualTo(1);
        }
        Form.figures("staff", "as printed: 3 publishes, 3 listeners, one bot killed: each once");
      }
    }
  }
}

package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.Slixmpp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is published once on the topic {@code staff} reaches two bots in two processes, and a
 * program that knows only XMPP, once each; a bot that is killed gets what it has missed.
 */
@Timeout(180)
class StaffProofIT {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String SERVICE = "pubsub.localhost";

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
              await self["xep_0060"].subscribe(order["service"], order["node"], bare=False)

      base.run(Client)
      """;

  private static String bot(Prosody server, String user, String listener) {
    String topics = "topics { staff = \"" + SERVICE + "/staff\" }";
    return """
    bot { name = owl, data-dir = "data", durability = crash }
    accounts { %s }
    plugins = [ topics ]
    limits { commands-per-minute = 0 }
    topics { staff { to = [ "hub/%s@localhost" ] } }
    permissions { grants { everyone = [ view, "topics.*" ] } }
    """
        .formatted(BotHome.xmpp("hub", server.port(), user, topics), listener);
  }

  private static long told(RawXmppClient person, String title) {
    return person.settle().stream().filter(stanza -> stanza.body().equals(title)).count();
  }

  private static void awaitTold(RawXmppClient person, String title) {
    person.expect(title, stanza -> stanza.body().equals(title), PATIENCE);
  }

  private static long heard(Slixmpp program, String title) {
    return program.events().stream()
        .filter(event -> "item".equals(event.get("event")))
        .filter(event -> String.valueOf(event.get("xml")).contains(title))
        .count();
  }

  @Test
  void onePublishReachesEverybodyOnceAndWhoWasKilledLater() {
    try (Prosody server = Prosody.start()) {
      for (String user : List.of(Prosody.BOT, "payroll", "program")) {
        server.register(user, "secret");
      }
      try (RawXmppClient ann = RawXmppClient.join(server, "ann");
          RawXmppClient ben = RawXmppClient.join(server, "ben");
          BotHome directory = new BotHome(bot(server, Prosody.BOT, "ann"));
          BotHome payroll = new BotHome(bot(server, "payroll", "ben"));
          Slixmpp program = Slixmpp.connect(server, "program", "secret", SCRIPT)) {
        directory.run().awaitReady();
        BotProcess second = payroll.run().awaitReady();
        Map<String, Object> followed = program.ask("follow", "service", SERVICE, "node", "staff");
        assertThat(followed).doesNotContainKey("error");

        ann.say("bot@localhost", "publish staff Kim joins");
        awaitTold(ann, "Kim joins");
        awaitTold(ben, "Kim joins");
        program.expect("item", item -> String.valueOf(item.get("xml")).contains("Kim joins"));

        second.kill();
        ann.say("bot@localhost", "publish staff Robin leaves");
        awaitTold(ann, "Robin leaves");
        program.expect("item", item -> String.valueOf(item.get("xml")).contains("Robin leaves"));
        payroll.run().awaitReady();
        awaitTold(ben, "Robin leaves");

        ann.say("bot@localhost", "publish staff The end");
        awaitTold(ben, "The end");
        for (String title : List.of("Kim joins", "Robin leaves", "The end")) {
          assertThat(told(ann, title)).as("directory: " + title).isEqualTo(1);
          assertThat(told(ben, title)).as("payroll: " + title).isEqualTo(1);
        }
        for (String title : List.of("Kim joins", "Robin leaves")) {
          assertThat(heard(program, title)).as("slixmpp: " + title).isEqualTo(1);
        }
        Form.figures("staff", "3 publishes, 3 listeners, one bot killed: each once");
      }
    }
  }
}

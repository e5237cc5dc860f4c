package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** What ends without a word is noticed: a connection, and the bot's being in a room. */
@Isolated("measures times")
class XmppSilenceProofIT {
  private static final String ROOM = "one@rooms.localhost";

  /** The short form proves the same with shorter times. */
  private static final String PING =
      Form.NOW == Form.FULL ? "" : "ping { every = 2s, patience = 1s, rooms = 3s },";

  private static final Duration SILENCE = Duration.ofSeconds(Form.of(6, 60));
  private static final double NOTICED = Form.of(4, 15);
  private static final Duration ROOM_NOTICED = Duration.ofSeconds(Form.of(10, 90));

  @Test
  @Timeout(300)
  void aSilentConnectionIsGivenUpAndNothingIsLost() {
    try (Prosody server = Prosody.start();
        Wire wire = new Wire(server.port());
        BotHome home = home(wire.port())) {
      server.register("owl", "secret");
      try (RawXmppClient ann = RawXmppClient.join(server, "ann")) {
        ann.enter(ROOM, "Ann");
        BotProcess bot = home.run().awaitReady();
        ann.sayIn(ROOM, "!echo before");
        ann.expectMessage(ROOM + "/owl", "before");
        wire.fallSilent();
        long silent = System.nanoTime();
        int spoken = speak(ann, 0);
        RawXmppClient.await("nothing", () -> secondsSince(silent) > 1);
        spoken = speak(ann, spoken);
        pauseUntil(silent + SILENCE.toNanos());
        double noticed = noticed(wire, silent);
        wire.speak();
        long repaired = System.nanoTime();
        ann.say("owl@localhost", "echo alive");
        ann.expect("life", s -> s.body().equals("alive"), Duration.ofMinutes(1));
        double back = secondsSince(repaired);
        expectAll(ann, spoken);
        Form.figures(
            "silence on XMPP",
            "noticed after %.1f s, working %.2f s after the repair, %d messages of the silence"
                    .formatted(noticed, back, spoken)
                + " answered");
        if (noticed > NOTICED || back > 5) {
          home.keep("silence-xmpp");
        }
        assertThat(noticed).as("noticed").isLessThanOrEqualTo(NOTICED);
        assertThat(back).as("working again").isLessThanOrEqualTo(5);
        assertThat(bot.isRunning()).isTrue();
      }
    }
  }

  private static BotHome home(int port) {
    return new BotHome(BotHome.loadTest(BotHome.xmpp("net", port, "owl", PING, ROOM), "echo"));
  }

  /** Ten in the room, ten alone. */
  private static int speak(RawXmppClient ann, int from) {
    IntStream.range(from, from + 10)
        .forEach(number -> {
          ann.sayIn(ROOM, "!echo room-" + number);
          ann.say("owl@localhost", "echo alone-" + number);
        });
    return from + 10;
  }

  private static void expectAll(RawXmppClient ann, int spoken) {
    var room = IntStream.range(0, spoken).mapToObj(number -> "room-" + number).toList();
    var alone = IntStream.range(0, spoken).mapToObj(number -> "alone-" + number).toList();
    RawXmppClient.await(
        "all answers",
        () ->
            ann.textsFrom(ROOM + "/owl").containsAll(room)
                && ann.textsFrom("owl@localhost").containsAll(alone));
    assertThat(ann.textsFrom(ROOM + "/owl").stream().filter(t -> t.startsWith("room-")))
        .containsExactlyElementsOf(room);
    assertThat(ann.textsFrom("owl@localhost").stream().filter(t -> t.startsWith("alone-")))
        .containsExactlyElementsOf(alone);
  }

  /** The first new connection after the silence began says when the bot has noticed. */
  private static double noticed(Wire wire, long silent) {
    return wire.connections().stream()
        .filter(at -> at > silent)
        .findFirst()
        .map(at -> (at - silent) / 1e9)
        .orElse(Double.POSITIVE_INFINITY);
  }

  @Test
  @Timeout(300)
  void aRoomThatHasForgottenTheBotIsEnteredAgain() {
    try (Prosody server = Prosody.start();
        BotHome home = home(server.port())) {
      server.register("owl", "secret");
      try (RawXmppClient ann = RawXmppClient.join(server, "ann")) {
        ann.enter(ROOM, "Ann");
        home.run().awaitReady();
        ann.sayIn(ROOM, "!echo before");
        ann.expectMessage(ROOM + "/owl", "before");
        long forgotten = System.nanoTime();
        server.forget(ann, ROOM, "owl");
        ann.sayIn(ROOM, "!echo meanwhile");
        ann.expect("the bot in its room again", XmppSilenceProofIT::isEntry, ROOM_NOTICED);
        double back = secondsSince(forgotten);
        ann.sayIn(ROOM, "!echo after");
        ann.expectMessage(ROOM + "/owl", "after");
        Form.figures("forgotten by a room", "back in it after %.1f s".formatted(back));
        assertThat(ann.textsFrom(ROOM + "/owl")).containsExactly("before", "meanwhile", "after");
      }
    }
  }

  private static boolean isEntry(XmppStanza stanza) {
    return stanza.name().equals("presence")
        && stanza.from().equals(ROOM + "/owl")
        && stanza.type().isEmpty();
  }

  private static double secondsSince(long then) {
    return (System.nanoTime() - then) / 1e9;
  }

  private static void pauseUntil(long deadline) {
    while (System.nanoTime() < deadline) {
      LockSupport.parkNanos(deadline - System.nanoTime());
    }
  }
}

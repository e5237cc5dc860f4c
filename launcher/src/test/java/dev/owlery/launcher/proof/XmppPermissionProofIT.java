package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * People on XMPP who are not the administrator try to be: all are refused, each attempt that calls
 * a command leaves exactly one line in the audit, and the administrator is never refused.
 */
@Execution(ExecutionMode.CONCURRENT)
class XmppPermissionProofIT {
  private static final String OPS = XmppPermissionAttempts.OPS;
  private static final String OPEN = XmppPermissionAttempts.OPEN;
  private static final int LEGITIMATE = Form.of(20, 200);

  private final AuditBook book = new AuditBook("m", "@rooms.localhost");
  private final List<RawXmppClient> people = new ArrayList<>();

  @Test
  @Timeout(240)
  void nobodyBecomesTheAdministratorByPretending() {
    try (Prosody server = Prosody.start();
        BotHome home = new BotHome(configuration(server.port()))) {
      server.register("owl", "secret");
      RawXmppClient watcher = keep(RawXmppClient.join(server, "watcher"));
      // Who makes a room owns it, and would see all addresses there.
      watcher.enter(OPS, "watcher");
      watcher.enter(OPEN, "watcher");
      RawXmppClient alice = keep(RawXmppClient.join(server, "alice"));
      BotProcess bot = home.run().awaitReady();

      administrator(bot, alice, LEGITIMATE);
      XmppPermissionAttempts attempts = new XmppPermissionAttempts(server, this::keep);
      attempts.inRooms(book, alice);
      attempts.talk(book);
      attempts.forged(book);
      attempts.lookalikes(book);
      book.attempt("the owner of a room", 1, line -> watcher.sayIn(OPS, "!" + line));
      book.attempt("the owner of the other", 1, line -> watcher.sayIn(OPEN, "!" + line));
      bot = inTheArchive(home, bot, server, watcher);
      administrator(bot, alice, 2);
      judge(home, watcher);
    } finally {
      people.forEach(RawXmppClient::close);
    }
  }

  private static String configuration(int port) {
    return """
    bot { name = owl, prefix = "!", data-dir = "data", durability = crash }
    accounts {
      %s
    }
    plugins = [ echo, help, admin ]
    limits { commands-per-minute = 0 }
    permissions {
      persons { alice = ["net/alice@localhost"] }
      roles { admin = [alice] }
      grants { admin = ["*"], everyone = [view] }
    }
    """
        .formatted(BotHome.xmpp("net", port, "owl", "", OPS, OPEN));
  }

  private RawXmppClient keep(RawXmppClient person) {
    people.add(person);
    return person;
  }

  /** The administrator is obeyed each time: alone, and where the room shows who it is. */
  private static void administrator(BotProcess bot, RawXmppClient alice, int times) {
    alice.enter(OPEN, "boss");
    for (int time = 1; time <= times; time++) {
      String room = "legit" + bot.pid() + "-" + time + "@rooms.localhost";
      if (time % 2 == 0) {
        alice.sayIn(OPEN, "!leave net/" + room);
        alice.expectMessage(OPEN + "/owl", "leaving net/" + room + "; .*");
      } else {
        alice.say("owl@localhost", "leave net/" + room);
        alice.expectMessage("owl@localhost", "leaving net/" + room + "; .*");
      }
      assertThat(AuditBook.lines(bot.log(), "permitted", room)).hasSize(1);
      assertThat(AuditBook.lines(bot.log(), "refused", room)).isEmpty();
    }
    alice.raw("<presence to='" + OPEN + "/boss' type='unavailable'/>");
    alice.settle();
  }

  /** What is said while the bot is away comes out of an archive: with no more rights. */
  private BotProcess inTheArchive(
      BotHome home, BotProcess before, Prosody server, RawXmppClient watcher) {
    RawXmppClient alice = keep(RawXmppClient.connect(server, "alice", "secret"));
    String run = "leave net/ran-once@rooms.localhost";
    alice.say("owl@localhost", run);
    alice.expectMessage("owl@localhost", "leaving net/ran-once@rooms.localhost; .*");
    alice.close();
    before.kill();
    RawXmppClient impostor = keep(RawXmppClient.connect(server, "mallory", "secret"));
    for (String room : new String[] {OPS, OPEN}) {
      impostor.enter(room, "alice-again");
      book.attempt("read from the archive of " + room, 1, l -> impostor.sayIn(room, "!" + l));
    }
    book.attempt("read from the bot's own", 1, line -> impostor.say("owl@localhost", line));
    impostor.settle();
    BotProcess after = home.run().awaitReady();
    watcher.sayIn(OPS, "!echo caught-up");
    watcher.expectMessage(OPS + "/owl", "caught-up");
    assertThat(AuditBook.lines(home.logs(), "permitted", "ran-once@rooms.localhost"))
        .as("the administrator's old command, replayed")
        .hasSize(1);
    return after;
  }

  private void judge(BotHome home, RawXmppClient watcher) {
    AuditBook.Findings found = book.judge(home::logs);
    watcher.settle();
    Pattern obedience = Pattern.compile("leaving net/m\\d+@.*");
    List<String> obeyed =
        people.stream()
            .flatMap(person -> person.stanzas().stream())
            .filter(stanza -> obedience.matcher(stanza.body()).matches())
            .map(Object::toString)
            .toList();
    Form.figures("permissions on XMPP", found.counts());
    if (!found.isClean()) {
      home.keep("permissions-xmpp");
    }
    assertThat(found.permitted()).as("attempts that succeeded").isEmpty();
    assertThat(obeyed).as("answers of a bot that obeyed").isEmpty();
    assertThat(found.wrong()).as("attempts with too few or too many lines in the audit").isEmpty();
    assertThat(found.attempts()).isGreaterThanOrEqualTo(60);
  }
}

package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * People who are not the administrator try to be: all are refused, each attempt that calls a
 * command leaves exactly one line in the audit, and the administrator is never refused.
 *
 * <p>Every attempt wants {@code !leave net/#mN} with a number of its own, by which it is found in
 * the audit.
 */
@Execution(ExecutionMode.CONCURRENT)
class PermissionProofIT {
  private static final String PASSWORD = "wonderland-4711";
  private static final String ROOM = "#ops";

  private final AuditBook book = new AuditBook("#m", "");
  private final List<IrcWitness> people = new ArrayList<>();

  @Test
  @Timeout(240)
  void nobodyBecomesTheAdministratorByPretending() {
    try (InspIrcd server = InspIrcd.startWithServices();
        Ngircd elsewhere = Ngircd.start();
        Relay relay = new Relay(server.port());
        BotHome home = new BotHome(configuration(relay.port(), elsewhere.port()))) {
      accounts(server);
      IrcWitness watcher = guest(server, "watcher");
      watcher.join(ROOM);
      watcher.raw("MODE " + ROOM + " +H 500:1h");
      PermissionAttempts attempts = new PermissionAttempts(server, elsewhere, PASSWORD, this::keep);
      BotProcess bot = home.run().awaitReady();

      administrator(server, bot, watcher, 12);
      attempts.onIrc(book, watcher);
      attempts.onAnotherNetwork(book);
      attempts.onTheWire(book, relay);
      attempts.onTheConsole(book, bot);
      bot = inHistory(home, bot, server, watcher);
      administrator(server, bot, watcher, 8);

      judge(home, watcher);
    } finally {
      people.forEach(IrcWitness::close);
    }
  }

  private static String configuration(int port, int elsewhere) {
    return """
    bot { name = owl, prefix = "!", data-dir = "data", durability = crash }
    accounts {
      %s
      %s
      here { protocol = console }
    }
    plugins = [ echo, help, admin ]
    limits { commands-per-minute = 0 }
    permissions {
      persons { alice = ["net/account:alice"], boss = ["net/account:root[x"]
                keeper = ["here/console:local"] }
      roles { admin = [alice, boss, keeper] }
      grants { admin = ["*"], everyone = [view] }
    }
    """
        .formatted(
            BotHome.irc("net", port, "owl", "", ROOM),
            BotHome.irc("evil", elsewhere, "owl", "", ROOM));
  }

  /** The accounts: the administrators' own, and such as look like them. */
  private void accounts(InspIrcd server) {
    for (String nick : List.of("alice", "root[x", "root{x", "al1ce", "alice_", "mallory")) {
      try (IrcWitness owner = IrcWitness.connect(server, nick)) {
        owner.say("NickServ", "REGISTER " + PASSWORD + " somebody@example.org");
        owner.expect("NickServ\\S* NOTICE \\S+ :.*registered");
        owner.raw("QUIT");
      }
    }
  }

  private IrcWitness guest(InspIrcd server, String nick) {
    return keep(IrcWitness.connect(server, nick));
  }

  private IrcWitness keep(IrcWitness witness) {
    people.add(witness);
    return witness;
  }

  /** The administrator, logged in by SASL, is obeyed each time. */
  private void administrator(InspIrcd server, BotProcess bot, IrcWitness watcher, int times) {
    try (IrcWitness alice = PermissionAttempts.loggedIn(server, "alice", "alice", PASSWORD)) {
      alice.join(ROOM);
      for (int time = 1; time <= times; time++) {
        String room = "#legit" + bot.pid() + "-" + time;
        if (time % 2 == 0) {
          alice.say(ROOM, "!leave net/" + room);
          alice.expect(" PRIVMSG " + ROOM + " :leaving net/" + room + "; ");
        } else {
          alice.say("owl", "leave net/" + room);
          alice.expect(" PRIVMSG alice :leaving net/" + room + "; ");
        }
        assertThat(AuditBook.lines(bot.log(), "permitted", room)).hasSize(1);
        assertThat(AuditBook.lines(bot.log(), "refused", room)).isEmpty();
      }
      alice.raw("QUIT");
      watcher.expect(":alice!\\S+ QUIT");
    }
  }

  /** What is said while the bot is away comes out of the room's history: with no more rights. */
  private BotProcess inHistory(
      BotHome home, BotProcess before, InspIrcd server, IrcWitness watcher) {
    String run = "leave net/#ran-once";
    try (IrcWitness alice = PermissionAttempts.loggedIn(server, "alice", "alice", PASSWORD)) {
      alice.join(ROOM);
      alice.say(ROOM, "!" + run);
      alice.expect(":leaving net/#ran-once; ");
      alice.raw("QUIT");
      watcher.expect(":alice!\\S+ QUIT");
    }
    before.kill();
    watcher.expect(":owl!\\S+ QUIT");
    IrcWitness impostor = guest(server, "alice");
    impostor.join(ROOM);
    book.attempt("nick of the admin, read from history", 1, line -> impostor.say(ROOM, "!" + line));
    book.attempt(
        "client tag, read from history",
        1,
        line -> impostor.raw("@+account=alice PRIVMSG " + ROOM + " :!" + line));
    impostor.settle();
    impostor.raw("QUIT");
    watcher.expect(":alice!\\S+ QUIT");
    BotProcess after = home.run().awaitReady();
    watcher.say(ROOM, "!echo caught-up");
    watcher.expect(":caught-up$");
    assertThat(AuditBook.lines(home.logs(), "permitted", "#ran-once"))
        .as("the administrator's old command, replayed")
        .hasSize(1);
    return after;
  }

  private void judge(BotHome home, IrcWitness watcher) {
    AuditBook.Findings found = book.judge(home::logs);
    List<String> obeyed =
        Stream.concat(people.stream(), Stream.of(watcher))
            .flatMap(person -> person.lines().stream())
            .filter(line -> line.contains(":leaving net/#m"))
            .toList();
    Form.figures("permissions", found.counts());
    if (!found.isClean()) {
      home.keep("permissions");
    }
    assertThat(found.permitted()).as("attempts that succeeded").isEmpty();
    assertThat(obeyed).as("answers of a bot that obeyed").isEmpty();
    assertThat(found.wrong()).as("attempts with too few or too many lines in the audit").isEmpty();
    assertThat(found.attempts()).isGreaterThanOrEqualTo(25);
  }
}

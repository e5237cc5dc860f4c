package dev.owlery.launcher.proof;

import dev.owlery.testkit.irc.InspIrcd;
import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The ways in which people pretend to be the administrator. */
final class PermissionAttempts {
  private static final String ROOM = "#ops";
  private static final String CTCP = "\u0001";

  private final InspIrcd server;
  private final Ngircd elsewhere;
  private final String password;
  private final UnaryOperator<IrcWitness> keep;

  /** Takes down one attempt: its name, the lines that it must leave in the audit, the deed. */
  interface Book {
    void attempt(String name, int auditLines, Consumer<String> deed);
  }

  PermissionAttempts(
      InspIrcd server, Ngircd elsewhere, String password, UnaryOperator<IrcWitness> keep) {
    this.server = server;
    this.elsewhere = elsewhere;
    this.password = password;
    this.keep = keep;
  }

  /** Connects and logs in with SASL PLAIN. */
  static IrcWitness loggedIn(IrcServer server, String nick, String account, String password) {
    IrcWitness person = IrcWitness.open(server.host(), server.port());
    person.raw("CAP REQ :sasl");
    person.raw("NICK " + nick);
    person.raw("USER " + nick + " 0 * :a person");
    person.expect("CAP \\S+ ACK");
    person.raw("AUTHENTICATE PLAIN");
    person.expect("AUTHENTICATE :?\\+");
    byte[] secret = ("\0" + account + "\0" + password).getBytes(StandardCharsets.UTF_8);
    person.raw("AUTHENTICATE " + Base64.getEncoder().encodeToString(secret));
    person.expect(" 903 ");
    person.raw("CAP END");
    person.expect(" (376|422) ");
    return person;
  }

  private IrcWitness guest(String nick) {
    IrcWitness person = keep.apply(IrcWitness.connect(server, nick, "message-tags"));
    person.join(ROOM);
    return person;
  }

  private IrcWitness member(String nick, String account) {
    IrcWitness person = keep.apply(loggedIn(server, nick, account, password));
    person.join(ROOM);
    return person;
  }

  /** Tries in the room and in private. */
  private static void both(Book book, String name, int lines, IrcWitness who) {
    book.attempt(name + ", room", lines, line -> who.say(ROOM, "!" + line));
    book.attempt(name + ", private", lines, line -> who.say("owl", line));
  }

  /** Everything that one needs only an IRC client for. */
  void onIrc(Book book, IrcWitness watcher) {
    IrcWitness alice = guest("alice");
    both(book, "the admin's nick without an account", 1, alice);
    book.attempt("by name in the room", 1, line -> alice.say(ROOM, "owl: " + line));
    tags(book, alice);
    talk(book, alice);
    leave(alice, watcher, "alice");

    IrcWitness bob = guest("bob");
    bob.raw("NICK alice");
    bob.expect(" NICK :?alice");
    both(book, "renamed to the admin's nick", 1, bob);
    bob.raw("NICK Alice");
    bob.expect(" NICK :?Alice");
    both(book, "the admin's nick in other letters", 1, bob);
    bob.raw("NICK root[x");
    bob.expect(" NICK ");
    book.attempt("another admin's nick", 1, line -> bob.say(ROOM, "!" + line));
    leave(bob, watcher, "root\\[x");

    sessions(book, watcher);
    lookalikes(book, watcher);
    services(book, watcher);
  }

  private static void leave(IrcWitness who, IrcWitness watcher, String nick) {
    who.settle();
    who.raw("QUIT");
    watcher.expect(":" + nick + "!\\S+ QUIT");
  }

  private static void tags(Book book, IrcWitness alice) {
    for (String tag : new String[] {"+account", "account", "+draft/account", "+account-tag"}) {
      book.attempt(
          "tag " + tag + ", room",
          1,
          line -> alice.raw("@" + tag + "=alice PRIVMSG " + ROOM + " :!" + line));
    }
    book.attempt(
        "tag +account, private", 1, line -> alice.raw("@+account=alice PRIVMSG owl :" + line));
    book.attempt(
        "tag with an escaped end",
        1,
        line -> alice.raw("@+x=\\:account\\=alice;+account=alice PRIVMSG " + ROOM + " :!" + line));
  }

  /** What is no command, whoever says it. */
  private static void talk(Book book, IrcWitness who) {
    book.attempt("NOTICE, room", 0, line -> who.raw("NOTICE " + ROOM + " :!" + line));
    book.attempt("NOTICE, private", 0, line -> who.raw("NOTICE owl :" + line));
    book.attempt("ACTION, room", 0, l -> who.say(ROOM, CTCP + "ACTION !" + l + CTCP));
    book.attempt("ACTION, private", 0, l -> who.say("owl", CTCP + "ACTION !" + l + CTCP));
    book.attempt("unknown CTCP", 0, line -> who.say("owl", CTCP + "!" + line + CTCP));
    book.attempt("after a bare CR", 0, line -> who.raw("PRIVMSG " + ROOM + " :hi\r!" + line));
    book.attempt("said by the bot itself", 0, line -> who.say(ROOM, "!echo !" + line));
    book.attempt("said by the bot, by name", 0, line -> who.say(ROOM, "!echo owl: " + line));
    book.attempt("nested", 0, line -> who.say(ROOM, "!echo $(!" + line + ") `!" + line + "`"));
    book.attempt("chained", 0, line -> who.say(ROOM, "!echo x; !" + line + " && !" + line));
    book.attempt("old playback, room", 0, l -> who.say(ROOM, "[12:00:01] <alice> !" + l));
    book.attempt("old playback, private", 0, l -> who.say("owl", "<alice> !" + l));
    book.attempt("invisible letter", 0, l -> who.say(ROOM, "!\u200b" + l));
    book.attempt("in the subject", 0, line -> who.raw("TOPIC " + ROOM + " :!" + line));
    book.attempt("in a quit", 0, line -> who.raw("PART " + ROOM + " :!" + line));
    who.join(ROOM);
  }

  /** Rights end with the login, and do not stay with a nick. */
  private void sessions(Book book, IrcWitness watcher) {
    IrcWitness alice = member("alice", "alice");
    alice.say(ROOM, "!accounts");
    alice.expect(" PRIVMSG " + ROOM + " :net: online");
    alice.say("NickServ", "LOGOUT");
    alice.expect("NickServ\\S* NOTICE .*logged out");
    both(book, "logged out in mid-session", 1, alice);
    leave(alice, watcher, "alice");

    IrcWitness again = member("alice", "alice");
    again.say("owl", "accounts");
    again.expect(" PRIVMSG alice :net: online");
    leave(again, watcher, "alice");
    IrcWitness heir = guest("heir");
    heir.raw("NICK alice");
    heir.expect(" NICK :?alice");
    both(book, "took the nick after the admin's QUIT", 1, heir);
    leave(heir, watcher, "alice");

    IrcWitness renamed = member("alice", "alice");
    renamed.say(ROOM, "!accounts");
    renamed.expect(" PRIVMSG " + ROOM + " :net: online");
    renamed.raw("NICK elsewhere");
    renamed.expect(" NICK :?elsewhere");
    IrcWitness next = guest("alice");
    both(book, "took the nick while the admin has another", 1, next);
    leave(next, watcher, "alice");
    leave(renamed, watcher, "elsewhere");
  }

  /** Who has an account, but another one. */
  private void lookalikes(Book book, IrcWitness watcher) {
    IrcWitness twin = member("twin", "root{x");
    both(book, "account root{x for root[x", 1, twin);
    leave(twin, watcher, "twin");
    IrcWitness digit = member("al1ce", "al1ce");
    both(book, "account al1ce", 1, digit);
    leave(digit, watcher, "al1ce");
    IrcWitness tail = member("alice", "alice_");
    both(book, "account alice_ under the admin's nick", 1, tail);
    leave(tail, watcher, "alice");
    IrcWitness mallory = keep.apply(IrcWitness.open(server.host(), server.port()));
    mallory.raw("NICK mallory");
    mallory.raw("USER alice 0 * :alice!alice@* account:alice");
    mallory.expect(" (376|422) ");
    mallory.join(ROOM);
    both(book, "user and real name of the admin", 1, mallory);
    leave(mallory, watcher, "mallory");
  }

  /** Who claims that others vouch for them. */
  private void services(Book book, IrcWitness watcher) {
    IrcWitness fake = guest("NickServ_");
    IrcWitness alice = guest("alice");
    fake.raw("NOTICE owl :alice is now logged in as alice");
    fake.raw("NOTICE owl :STATUS alice 3");
    fake.raw("NOTICE owl :alice ACC 3");
    fake.settle();
    both(book, "vouched for by a false NickServ", 1, alice);
    watcher.raw("MODE " + ROOM + " +o alice");
    alice.expect(" MODE " + ROOM + " \\+o :?alice");
    book.attempt("operator of the room", 1, line -> alice.say(ROOM, "!" + line));
    alice.raw("OPER oper oper");
    alice.expect(" 381 ");
    book.attempt("operator of the network", 1, line -> alice.say(ROOM, "!" + line));
    leave(alice, watcher, "alice");
    leave(fake, watcher, "NickServ_");
  }

  /** The same name on another network of the same bot. */
  void onAnotherNetwork(Book book) {
    IrcWitness alice = keep.apply(IrcWitness.connect(elsewhere, "alice"));
    alice.join(ROOM);
    both(book, "the admin's nick on another network", 1, alice);
    alice.settle();
  }

  /** What only a server could send, or who sits between: it carries no account. */
  void onTheWire(Book book, Relay relay) {
    book.attempt(
        "the bot's own echo, forged",
        0,
        line -> relay.inject(":owl!owl@127.0.0.1 PRIVMSG " + ROOM + " :!" + line));
    book.attempt(
        "a forged echo in other letters",
        0,
        line -> relay.inject(":OWL!x@y PRIVMSG " + ROOM + " :!" + line));
    book.attempt(
        "a prefix without user", 1, line -> relay.inject(":alice PRIVMSG " + ROOM + " :!" + line));
    book.attempt(
        "an empty account", 1, l -> relay.inject("@account= :a!b@c PRIVMSG " + ROOM + " :!" + l));
    book.attempt(
        "no account by RFC", 1, l -> relay.inject("@account=* :a!b@c PRIVMSG " + ROOM + " :!" + l));
    book.attempt(
        "a room that the bot is not in",
        1,
        line -> relay.inject(":alice!a@b PRIVMSG #nowhere :!" + line));
  }

  /** Who types on the console is somebody, but not everybody. */
  void onTheConsole(Book book, BotProcess bot) {
    book.attempt("/as alice", 1, line -> bot.type("/as alice", line));
    book.attempt("/as local", 1, line -> bot.type("/as local", "!" + line));
    book.attempt("/as console:local", 1, line -> bot.type("/as console:local", line));
    book.attempt("/as alice in a room", 1, line -> bot.type("/room #dev", "/as alice", "!" + line));
  }
}

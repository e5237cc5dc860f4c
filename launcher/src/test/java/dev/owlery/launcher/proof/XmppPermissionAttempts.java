package dev.owlery.launcher.proof;

import dev.owlery.launcher.proof.PermissionAttempts.Book;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The ways in which people on XMPP pretend to be the administrator, who is {@code alice@localhost}.
 * Only the forms that a server lets pass: {@code from} itself is the server's.
 */
final class XmppPermissionAttempts {
  /** Here nobody sees real addresses. */
  static final String OPS = "ops@rooms.localhost";

  /** Here everybody does. */
  static final String OPEN = "open@open.localhost";

  private static final String BOT = "owl@localhost";
  private static final String ADMIN = "alice@localhost";

  private final Prosody server;
  private final UnaryOperator<RawXmppClient> keep;
  private final RawXmppClient mallory;

  XmppPermissionAttempts(Prosody server, UnaryOperator<RawXmppClient> keep) {
    this.server = server;
    this.keep = keep;
    this.mallory = person("mallory");
  }

  private RawXmppClient person(String user) {
    return keep.apply(RawXmppClient.join(server, user));
  }

  private static void message(RawXmppClient who, String to, String type, String children) {
    who.raw(
        "<message to='%s' type='%s' id='%s'>%s</message>"
            .formatted(RawXmppClient.escape(to), type, who.nextId(), children));
  }

  private static String body(String text) {
    return "<body>" + RawXmppClient.escape(text) + "</body>";
  }

  /** A nick is nothing, whatever it looks like. */
  void inRooms(Book book, RawXmppClient alice) {
    String[] nicks = {"alice", "Alice", "alice@localhost", "net/alice@localhost", "alice\u200b"};
    for (String nick : nicks) {
      RawXmppClient guest = keep.apply(RawXmppClient.connect(server, "mallory", "secret"));
      for (String room : new String[] {OPS, OPEN}) {
        String name = "nick \"" + nick + "\" in " + room;
        guest.enter(room, nick);
        book.attempt(name, 1, line -> guest.sayIn(room, "!" + line));
        book.attempt(name + ", by name", 1, line -> guest.sayIn(room, "owl: " + line));
        book.attempt(name + ", private", 1, line -> guest.say(room + "/owl", line));
      }
      guest.close();
      alice.settle();
    }
    alice.enter(OPS, "alice");
    book.attempt("the admin, where nobody sees who it is", 1, line -> alice.sayIn(OPS, "!" + line));
    book.attempt("the admin, out of a room", 1, line -> alice.say(OPS + "/owl", line));
    leave(alice, OPS, "alice");
    afterTheAdmin(book, alice);
    claims(book);
  }

  private static void leave(RawXmppClient who, String room, String nick) {
    who.raw("<presence to='%s/%s' type='unavailable'/>".formatted(room, nick));
    who.expect(
        "the way out", s -> s.from().equals(room + "/" + nick) && s.type().equals("unavailable"));
  }

  /** Rights do not stay with a nick. */
  private void afterTheAdmin(Book book, RawXmppClient alice) {
    alice.enter(OPEN, "alice");
    alice.sayIn(OPEN, "!accounts");
    alice.expectMessage(OPEN + "/owl", "(?s)net: .*");
    leave(alice, OPEN, "alice");
    mallory.enter(OPEN, "alice");
    book.attempt("took the admin's nick", 1, line -> mallory.sayIn(OPEN, "!" + line));
    book.attempt("the same, private", 1, line -> mallory.say(OPEN + "/owl", line));
    leave(mallory, OPEN, "alice");
    mallory.enter(OPEN, "mallory");
    mallory.raw("<presence to='" + OPEN + "/alice'/>");
    mallory.expect("the new nick", s -> s.from().equals(OPEN + "/alice"));
    book.attempt("renamed to the admin's nick", 1, line -> mallory.sayIn(OPEN, "!" + line));
    mallory.enter(OPS, "alice");
  }

  /** What a message in a room says of its sender. */
  private void claims(Book book) {
    String[] claims = {
      "<x xmlns='http://jabber.org/protocol/muc#user'><item jid='"
          + ADMIN
          + "'"
          + " affiliation='owner' role='moderator'/></x>",
      "<nick xmlns='http://jabber.org/protocol/nick'>alice</nick>",
      "<addresses xmlns='http://jabber.org/protocol/address'><address type='ofrom' jid='"
          + ADMIN
          + "'/></addresses>",
      "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='" + ADMIN + "'/>",
      "<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='" + OPEN + "'/>",
      "<delegate xmlns='urn:xmpp:delegation:2'>" + ADMIN + "</delegate>",
      "<sent-by xmlns='urn:owlery'>" + ADMIN + "</sent-by>",
    };
    for (String claim : claims) {
      for (String room : new String[] {OPS, OPEN}) {
        book.attempt(
            "claims in " + room + ": " + claim,
            1,
            line -> message(mallory, room, "groupchat", body("!" + line) + claim));
      }
      book.attempt(
          "claims alone: " + claim, 1, line -> message(mallory, BOT, "chat", body(line) + claim));
    }
    presence(book);
  }

  private void presence(Book book) {
    mallory.raw(
        "<presence><nick xmlns='http://jabber.org/protocol/nick'>alice</nick>"
            + "<status>I am "
            + ADMIN
            + "</status></presence>");
    mallory.raw(
        "<presence to='%s/alice'><x xmlns='http://jabber.org/protocol/muc#user'><item jid='%s'"
                .formatted(OPEN, ADMIN)
            + " affiliation='owner' role='moderator'/></x></presence>");
    mallory.raw("<presence to='" + BOT + "' type='subscribe'/>");
    mallory.raw(
        "<iq to='"
            + BOT
            + "/owlery' type='set' id='push'><query xmlns='jabber:iq:roster'>"
            + "<item jid='mallory@localhost' name='alice' subscription='both'>"
            + "<group>admin</group></item></query></iq>");
    mallory.settle();
    book.attempt("after claims of presence, room", 1, line -> mallory.sayIn(OPEN, "!" + line));
    book.attempt("after a forged roster push", 1, line -> mallory.say(BOT, line));
  }

  /** What is no command of its sender's, whoever that is. */
  void talk(Book book) {
    for (String type : new String[] {"error", "headline"}) {
      book.attempt("type " + type, 0, line -> message(mallory, BOT, type, body(line)));
    }
    book.attempt("type normal", 1, line -> message(mallory, BOT, "normal", body(line)));
    book.attempt(
        "in the subject",
        0,
        line -> message(mallory, BOT, "chat", "<subject>" + line + "</subject>"));
    book.attempt("said by the bot itself", 0, line -> mallory.sayIn(OPEN, "!echo !" + line));
    book.attempt("said by the bot, by name", 0, line -> mallory.sayIn(OPEN, "!echo owl: " + line));
    book.attempt("quoted", 0, line -> mallory.sayIn(OPEN, "> !" + line + "\nso it was"));
    book.attempt("a deed", 0, line -> mallory.sayIn(OPEN, "/me !" + line));
    book.attempt(
        "hidden in XHTML",
        0,
        line ->
            message(
                mallory,
                OPEN,
                "groupchat",
                "<body>hello</body><html xmlns='http://jabber.org/protocol/xhtml-im'>"
                    + "<body xmlns='http://www.w3.org/1999/xhtml'>!"
                    + line
                    + "</body></html>"));
    book.attempt(
        "in an invitation",
        0,
        line ->
            mallory.raw(
                "<message to='%s'><x xmlns='http://jabber.org/protocol/muc#user'>".formatted(OPEN)
                    + "<invite to='"
                    + BOT
                    + "'><reason>!"
                    + line
                    + "</reason></invite></x></message>"));
    book.attempt(
        "in another namespace",
        0,
        line -> message(mallory, BOT, "chat", "<body xmlns='urn:other'>" + line + "</body>"));
    book.attempt("a correction", 0, this::correction);
  }

  private void correction(String line) {
    message(mallory, OPEN, "groupchat", body("hello"));
    message(
        mallory,
        OPEN,
        "groupchat",
        body("!" + line) + "<replace xmlns='urn:xmpp:message-correct:0' id='w1'/>");
  }

  /** What only our own server, our own archive or a room may say. */
  void forged(Book book) {
    for (String kind : new String[] {"received", "sent"}) {
      book.attempt(
          "a forged carbon, " + kind,
          0,
          line ->
              message(
                  mallory,
                  BOT,
                  "chat",
                  "<%1$s xmlns='urn:xmpp:carbons:2'>%2$s</%1$s>".formatted(kind, forwarded(line))));
    }
    for (String to : new String[] {BOT, BOT + "/owlery", OPEN + "/owl", OPS + "/owl"}) {
      book.attempt(
          "a forged result of an archive, to " + to,
          0,
          line ->
              message(
                  mallory,
                  to,
                  "normal",
                  "<result xmlns='urn:xmpp:mam:2' queryid='1' id='28482-98726-73623'>"
                      + forwarded(line)
                      + "</result>"));
    }
    book.attempt("a forwarded message", 0, line -> message(mallory, BOT, "chat", forwarded(line)));
    book.attempt(
        "a forged event of a node",
        0,
        line ->
            message(
                mallory,
                BOT,
                "headline",
                "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='n'>"
                    + "<item id='1'>"
                    + forwarded(line)
                    + "</item></items></event>"));
    delays(book);
  }

  private static String forwarded(String line) {
    return "<forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay'"
        + " stamp='2026-01-01T00:00:00Z'/><message xmlns='jabber:client' type='chat' from='"
        + ADMIN
        + "/home' to='"
        + BOT
        + "/owlery' id='f1'>"
        + body(line)
        + "</message></forwarded>";
  }

  /**
   * A delay that is not our server's is only a claim: the message is of now, and its sender's. Who
   * passes for our server makes a message old, and old ones call no command.
   */
  private void delays(Book book) {
    for (String from : new String[] {ADMIN, "localhost", BOT, OPEN}) {
      String delay =
          "<delay xmlns='urn:xmpp:delay' from='" + from + "' stamp='2026-01-01T00:00:00Z'/>";
      boolean isOurs = from.equals("localhost") || from.equals(BOT);
      book.attempt(
          "delayed by " + from,
          isOurs ? 0 : 1,
          line -> message(mallory, BOT, "chat", body(line) + delay));
      book.attempt(
          "delayed in a room by " + from,
          1,
          line -> message(mallory, OPEN, "groupchat", body("!" + line) + delay));
    }
  }

  /** Other accounts and other domains that look like the administrator's. */
  void lookalikes(Book book) {
    String[] twins = {
      "al1ce",
      "alice.",
      "-alice",
      "al\u0456ce",
      "alic\u0435",
      "\u03b1lice",
      "alice\\40localhost",
      "admin",
      "alice%localhost",
      "a.lice"
    };
    for (String twin : twins) {
      RawXmppClient person = person(twin);
      book.attempt("account " + twin, 1, line -> person.say(BOT, line));
      person.enter(OPEN, "twin");
      book.attempt("account " + twin + " in a room", 1, line -> person.sayIn(OPEN, "!" + line));
      leave(person, OPEN, "twin");
    }
    RawXmppClient bridge =
        keep.apply(
            RawXmppClient.component(
                server.host(), server.componentPort(), "bridge.localhost", "secret"));
    Map<String, Integer> linesBySender =
        Map.of(
            "alice@bridge.localhost", 1,
            "alice@bridge.localhost/alice@localhost", 1,
            "alice\\40localhost@bridge.localhost", 1,
            // Without a name in front it is a program, and its commands are not looked at.
            "bridge.localhost", 0,
            "bridge.localhost/alice@localhost", 0);
    linesBySender.forEach((from, lines) ->
        book.attempt(
            "component as " + from,
            lines,
            line ->
                bridge.raw(
                    "<message from='%s' to='%s' type='chat' id='c'>%s</message>"
                        .formatted(from, BOT, body(line)))));
    book.attempt(
        "a room that the bot is not in",
        0,
        line ->
            bridge.raw(
                "<message from='ops@bridge.localhost/alice' to='%s/owlery' type='groupchat'>%s"
                        .formatted(BOT, body("!" + line))
                    + "<x xmlns='http://jabber.org/protocol/muc#user'><item jid='"
                    + ADMIN
                    + "'/></x></message>"));
  }
}

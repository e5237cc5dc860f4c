package dev.owlery.launcher.matrix;

import dev.owlery.launcher.proof.BotProcess;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppServer;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A server of XMPP, with two plain clients; Ann's takes files and answers a procedure. */
final class XmppVenue implements Venue {
  private static final String OWNER = "http://jabber.org/protocol/muc#owner";
  private static final String ADMIN = "http://jabber.org/protocol/muc#admin";
  private static final String JID = BOT + "@localhost";

  private final XmppServer server;
  private final String room;
  private final String closed;
  private final RawXmppClient ann;
  private final RawXmppClient bob;
  private final XmppClientServices services;
  private int looked;

  XmppVenue(XmppServer server, String rooms, boolean hasRooms) {
    this.server = server;
    this.room = "owls@" + rooms;
    this.closed = "closed@" + rooms;
    server.register(BOT, "secret");
    ann = RawXmppClient.join(server, "ann");
    bob = RawXmppClient.join(server, "bob");
    services = new XmppClientServices(ann);
    if (hasRooms) {
      ann.enter(room, "ann");
      ann.enter(closed, "ann");
      XmppStanza answer =
          ann.ask(
              closed,
              "set",
              "<query xmlns='"
                  + OWNER
                  + "'><x xmlns='jabber:x:data' type='submit'>"
                  + "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value>"
                  + "</field><field var='muc#roomconfig_membersonly'><value>1</value></field>"
                  + "</x></query>");
      if (!answer.type().equals("result")) {
        throw new AssertionError("the room stays open: " + answer.raw());
      }
    }
    ann.raw("<presence to='" + JID + "' type='subscribe'/>");
  }

  @Override
  public String account() {
    return """
    net { protocol = xmpp, jid = "%s", password = secret, host = "127.0.0.1", port = %d, %s
          rooms = [ "%s", "%s" ], topics { staff = "pubsub.localhost/staff" }
          flood { burst = 4, per-second = 2 } }
    """
        .formatted(
            JID,
            server.port(),
            server.isEncryptionRequired()
                ? "authority = \"" + server.certificates().authority() + "\""
                : "tls = off",
            room,
            closed);
  }

  @Override
  public String room() {
    return room;
  }

  @Override
  public String closedRoom() {
    return closed;
  }

  @Override
  public String ann() {
    return "ann@localhost";
  }

  @Override
  public String annAlone() {
    return ann();
  }

  @Override
  public String bob() {
    return "bob@localhost";
  }

  @Override
  public void meets(BotProcess bot) {
    // As between contacts: the bot sees her client.
    ann.raw("<presence to='" + JID + "'/>");
    XmppStanza _ =
        ann.ask(
            "pubsub.localhost",
            "set",
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                + "<subscribe node='staff' jid='ann@localhost'/></pubsub>");
  }

  @Override
  public Talk inRoom() {
    return new Talk(text -> ann.sayIn(room, text), () -> ann.textsFrom(room + "/" + BOT));
  }

  @Override
  public Talk alone() {
    return new Talk(text -> ann.say(JID, text), () -> ann.textsFrom(JID));
  }

  @Override
  public Talk stranger() {
    return new Talk(text -> bob.say(JID, text), () -> bob.textsFrom(JID));
  }

  private List<XmppStanza> presences() {
    return ann.stanzas().stream()
        .filter(s -> s.name().equals("presence") && s.from().startsWith(room + "/" + BOT))
        .toList();
  }

  @Override
  public String nick() {
    return presences().reversed().stream()
        .filter(presence -> presence.type().isEmpty())
        .map(presence -> presence.from().substring(room.length() + 1))
        .findFirst()
        .orElse(BOT);
  }

  @Override
  public boolean seesBotInRoom() {
    List<XmppStanza> all = presences();
    return !all.isEmpty() && all.getLast().type().isEmpty();
  }

  @Override
  public boolean sees(Feature feature, String text) {
    return switch (feature) {
      case RICH_TEXT -> sees("message", "\\*" + text + "\\*");
      case EDIT -> sees("message", "urn:xmpp:message-correct:0", text);
      case DELETE -> sees("message", "urn:xmpp:message-retract:");
      case REACTION -> sees("message", "urn:xmpp:reactions:0");
      case REPLY -> sees("message", "urn:xmpp:reply:0", text);
      case THREAD -> sees("message", "<thread[ >]", text);
      case SUBJECT -> sees("message", "<subject>.*" + text);
      case PRESENCE -> sees("presence", "<show>away", text);
      case AUTOMATIC -> sees("message", "urn:owlery:automatic:0", text);
      case PUBLISH -> sees("message", "pubsub#event", text);
      default -> false;
    };
  }

  private boolean sees(String stanza, String... patterns) {
    return ann.stanzas().stream()
        .filter(each -> each.name().equals(stanza))
        .anyMatch(each ->
            List.of(patterns).stream()
                .allMatch(pattern ->
                    Pattern.compile(pattern, Pattern.DOTALL).matcher(each.raw()).find()));
  }

  @Override
  public Optional<String> received(String name) {
    if (services.received().containsKey(name)) {
      return Optional.of("in-band");
    }
    return ann.stanzas().stream()
        .map(XmppStanza::body)
        .filter(body -> body.matches("(?s)(.*" + name + ".*)?https?://\\S+(" + name + ".*)?"))
        .filter(body -> body.contains(name))
        .map(body -> "as a link")
        .findFirst();
  }

  @Override
  public void offers(String name, byte[] content) {
    services.offer(JID + "/owlery", name, content);
  }

  @Override
  public Optional<String> refusal() {
    return Optional.of(services.refusal()).filter(text -> !text.isEmpty());
  }

  @Override
  public String peer() {
    return ACCOUNT + "/" + ann.address();
  }

  @Override
  public Optional<String> undelivered() {
    List<XmppStanza> all = ann.settle();
    Optional<String> told =
        all.subList(Math.min(looked, all.size()), all.size()).stream()
            .filter(stanza -> stanza.name().equals("message") && stanza.type().equals("error"))
            .map(stanza -> stanza.raw().replaceFirst("(?s).*<error[^>]*><([a-z-]+).*", "$1"))
            .findFirst();
    looked = all.size();
    return told;
  }

  @Override
  public void kicks() {
    XmppStanza answer =
        ann.ask(
            room,
            "set",
            "<query xmlns='%s'><item nick='%s' role='none'/></query>".formatted(ADMIN, nick()));
    if (!answer.type().equals("result")) {
      throw new AssertionError("nobody is removed: " + answer.raw());
    }
  }

  @Override
  public void takesNick() {
    bob.enter(room, BOT);
  }

  @Override
  public void givesNickBack() {
    bob.raw("<presence to='" + room + "/" + BOT + "' type='unavailable'/>");
  }

  @Override
  public List<String> transcript() {
    return ann.stanzas().stream().map(XmppStanza::raw).toList();
  }

  @Override
  public void close() {
    services.close();
    ann.close();
    bob.close();
    server.close();
  }
}

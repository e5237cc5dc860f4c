package dev.owlery.adapter.xmpp;

import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * A room of a gateway or of an old service: an external component that does what a test tells it.
 * It knows no archive, announces nothing, and answers every request with an error.
 */
public final class ScriptedRoom implements AutoCloseable {
  static final String DOMAIN = "bridge.localhost";
  public static final String ADDRESS = "ops@" + DOMAIN;
  private static final String OWL = "owl@localhost/owlery";
  private final RawXmppClient component;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private volatile List<String> history = List.of();
  private volatile String subject = "<subject/>";
  private volatile UnaryOperator<String> reflection = message -> "";
  private volatile String instead = "";
  private final AtomicInteger knocks = new AtomicInteger();
  private volatile boolean closed;

  public ScriptedRoom(Prosody server) {
    component = RawXmppClient.component(server.host(), server.componentPort(), DOMAIN, "secret");
    Thread.ofVirtual().name("scripted-room").start(this::serve);
  }

  /** What the room sends of its past at each coming: the contents of messages with their nicks. */
  public ScriptedRoom history(String... messages) {
    history = List.of(messages);
    return this;
  }

  /** How the history ends; empty for not at all. */
  ScriptedRoom subject(String element) {
    subject = element;
    return this;
  }

  /** What the room shows of a message: made of its body; empty for nothing. */
  public ScriptedRoom reflection(UnaryOperator<String> how) {
    reflection = how;
    return this;
  }

  /** What the room answers instead of letting the bot in; empty to let it in. */
  public ScriptedRoom instead(String stanza) {
    instead = stanza;
    return this;
  }

  /** A presence that refuses the bot. */
  public static String error(String type, String condition) {
    return ("<presence type='error' from='%s/owl' to='%s'><x"
            + " xmlns='http://jabber.org/protocol/muc'/><error type='%s'>%s</error></presence>")
        .formatted(ADDRESS, OWL, type, condition);
  }

  /** An element of the namespace of conditions. */
  public static String condition(String name, String text) {
    return "<%s xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>%s</%s>".formatted(name, text, name);
  }

  /** How often the bot has asked to be let in. */
  public int knocks() {
    return knocks.get();
  }

  /** Sends the bot out for a reason that an element beside the item, and codes, tell. */
  public void sendOut(String elements) {
    component.raw(
        ("<presence type='unavailable' from='%s/owl' to='%s'>"
                + "<x xmlns='http://jabber.org/protocol/muc#user'>"
                + "<item affiliation='none' role='none'/>%s</x></presence>")
            .formatted(ADDRESS, OWL, elements));
  }

  /** Lets the bot in, as the answer to something else than its presence. */
  public void letIn() {
    component.raw(ownPresence());
    component.raw(
        "<message type='groupchat' from='%s' to='%s'>%s</message>"
            .formatted(ADDRESS, OWL, subject));
  }

  private static String ownPresence() {
    return ("<presence from='%s/owl' to='%s'><x xmlns='http://jabber.org/protocol/muc#user'>"
            + "<item affiliation='none' role='participant'/><status code='110'/>"
            + "</x></presence>")
        .formatted(ADDRESS, OWL);
  }

  /** The texts that the bot has said. */
  public List<String> said() {
    return List.copyOf(said);
  }

  /** Shows the bot a message. */
  public void say(String nick, String attributes, String contents) {
    component.raw(message(nick, attributes, contents));
  }

  /** Says something to the bot from outside of the room. */
  public void sayDirectly(String text) {
    component.raw(
        "<message type='chat' from='ann@%s' to='owl@localhost'>%s</message>"
            .formatted(DOMAIN, body(text)));
  }

  /** Sends the bot out. */
  public void kick() {
    component.raw(
        ("<presence type='unavailable' from='%s/owl' to='%s'>"
                + "<x xmlns='http://jabber.org/protocol/muc#user'>"
                + "<item affiliation='none' role='none'/><status code='110'/><status code='307'/>"
                + "</x></presence>")
            .formatted(ADDRESS, OWL));
  }

  private void serve() {
    List<XmppStanza> seen = new ArrayList<>();
    while (!closed && !component.isEnded()) {
      List<XmppStanza> all = component.stanzas();
      for (XmppStanza each : all.subList(seen.size(), all.size())) {
        handle(each);
      }
      seen = all;
      LockSupport.parkNanos(2_000_000);
    }
  }

  private void handle(XmppStanza stanza) {
    switch (stanza.name()) {
      case "presence" -> {
        if (stanza.type().isEmpty()) {
          knocks.incrementAndGet();
        }
        if (stanza.type().isEmpty() && !instead.isEmpty()) {
          component.raw(instead);
        } else if (stanza.type().isEmpty()) {
          component.raw(ownPresence());
          history.forEach(component::raw);
          if (!subject.isEmpty()) {
            component.raw(
                "<message type='groupchat' from='%s' to='%s'>%s</message>"
                    .formatted(ADDRESS, OWL, subject));
          }
        }
      }
      case "message" -> {
        if (!stanza.body().isEmpty()) {
          said.add(stanza.body());
          String shown = reflection.apply(stanza.body());
          if (!shown.isEmpty()) {
            component.raw(shown);
          }
        }
      }
      default -> {
        if (stanza.type().equals("get") || stanza.type().equals("set")) {
          component.raw(
              ("<iq type='error' from='%s' to='%s' id='%s'><error"
                      + " type='cancel'><service-unavailable"
                      + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>")
                  .formatted(stanza.attribute("to"), stanza.from(), stanza.attribute("id")));
        }
      }
    }
  }

  /** A message of the bot's own, as the room shows it. */
  public static String shown(String attributes, String contents) {
    return message("owl", attributes, contents);
  }

  /** A message of somebody's in the room. */
  static String message(String nick, String attributes, String contents) {
    return "<message type='groupchat' from='%s/%s' to='%s' %s>%s</message>"
        .formatted(ADDRESS, nick, OWL, attributes, contents);
  }

  public static String body(String text) {
    return "<body>" + RawXmppClient.escape(text) + "</body>";
  }

  @Override
  public void close() {
    closed = true;
    component.close();
  }
}

package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.text.Markup;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jivesoftware.smack.packet.StanzaBuilder;

/** How reachable somebody says they are, in XMPP's words (RFC 6121 section 4.7.2.1) and in ours. */
public final class Presences {

  private Presences() {}

  static dev.owlery.api.chat.Presence read(Presence presence) {
    if (presence.getType() != Presence.Type.available) {
      return dev.owlery.api.chat.Presence.OFFLINE;
    }
    return switch (presence.getMode()) {
      case away, xa -> dev.owlery.api.chat.Presence.AWAY;
      case dnd -> dev.owlery.api.chat.Presence.BUSY;
      case available, chat -> dev.owlery.api.chat.Presence.AVAILABLE;
    };
  }

  /**
   * Says how reachable we are. A bot that is away still stays connected, so it is never offline.
   *
   * @param presence how reachable
   * @param status what to say of it
   * @param id the stanza's id
   * @return the stanza, for whoever it will be sent to
   */
  public static PresenceBuilder write(
      dev.owlery.api.chat.Presence presence, String status, String id) {
    PresenceBuilder builder =
        StanzaBuilder.buildPresence(id)
            .setMode(
                switch (presence) {
                  case AVAILABLE -> Presence.Mode.available;
                  case AWAY -> Presence.Mode.away;
                  case BUSY -> Presence.Mode.dnd;
                  case OFFLINE -> Presence.Mode.xa;
                });
    String line = Markup.clean(status).replace('\n', ' ').strip();
    return line.isEmpty() ? builder : builder.setStatus(line);
  }
}

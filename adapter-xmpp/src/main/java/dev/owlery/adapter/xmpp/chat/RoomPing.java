package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppLink;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jivesoftware.smack.XMPPException.XMPPErrorException;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.jxmpp.jid.impl.JidCreate;

/**
 * Asks each room now and then whether we are still in it, by a ping to ourselves (XEP-0410). Safe
 * for use by several threads.
 */
final class RoomPing {
  private final XmppSession session;
  private final Consumer<String> lost;
  private final Map<String, Instant> askedAt = new ConcurrentHashMap<>();

  /**
   * Nothing was asked yet.
   *
   * @param session the connection
   * @param lost is told the address of a room that does not know us
   */
  RoomPing(XmppSession session, Consumer<String> lost) {
    this.session = session;
    this.lost = lost;
  }

  /** A room has just let us in. */
  void heard(String room) {
    askedAt.put(room, session.context().clock().instant());
  }

  /** Asks where it is time. */
  void watch() {
    Instant now = session.context().clock().instant();
    Duration every = session.settings().ping().rooms();
    for (String room : session.parts().rooms().joined()) {
      Instant last = askedAt.computeIfAbsent(room, any -> now);
      if (Duration.between(last, now).compareTo(every) >= 0) {
        askedAt.put(room, now);
        ask(room);
      }
    }
  }

  private void ask(String room) {
    String nick = session.parts().rooms().nick(room);
    Ping ping =
        new Ping(JidCreate.entityFullFrom(XmppIdentity.account(room), XmppIdentity.nick(nick)));
    var _ =
        session
            .request(ping)
            .whenComplete((answer, error) -> {
              if (error != null && meansGone(error)) {
                lost.accept(room);
              }
            });
  }

  /** An answer that only an occupant gets means that we are in, whatever it says. */
  private static boolean meansGone(Throwable error) {
    Optional<Condition> condition =
        error.getCause() instanceof XMPPErrorException refused
            ? Optional.of(refused.getStanzaError().getCondition())
            : Optional.empty();
    return condition
        .map(known ->
            switch (known) {
              case service_unavailable, feature_not_implemented, item_not_found -> false;
              default -> true;
            })
        .orElse(!(error instanceof XmppLink.StanzaErrorException) && isSilence(error));
  }

  /** No answer at all: the room, or the way to it, is gone. */
  private static boolean isSilence(Throwable error) {
    return error instanceof org.jivesoftware.smack.SmackException.NoResponseException;
  }
}

package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.XmppSettings.Subscriptions;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.PresenceChanged;
import dev.owlery.spi.BoundedMap;
import java.io.IOException;
import java.util.Map;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jxmpp.jid.BareJid;

/**
 * Who may see whether we are there, and who shows us. The list of contacts itself is the server's;
 * nothing depends on it. For the reading thread.
 */
final class Contacts {
  private static final int MOST = 10_000;

  private final XmppSession session;
  private final SessionParts parts;
  private final XmppConversations conversations;

  /** How reachable each address was last. */
  private final Map<String, String> shown = BoundedMap.firstInFirstOut(MOST);

  Contacts(XmppSession session, XmppConversations conversations) {
    this.session = session;
    this.parts = session.parts();
    this.conversations = conversations;
  }

  /**
   * Tells the server that we are there, so that it delivers what it has for us.
   *
   * @throws IOException if the connection is gone
   * @throws InterruptedException if the account is closed
   */
  void announce() throws IOException, InterruptedException {
    session.sendUnconfirmed(StanzaBuilder.buildPresence().build());
  }

  void presence(Presence presence) {
    parts.extensions().forEach(extension -> extension.presence(presence));
    BareJid who = presence.getFrom().asBareJid();
    switch (presence.getType()) {
      case subscribe -> answer(who);
      case available, unavailable -> changed(presence, who);
      case subscribed, unsubscribe, unsubscribed, error, probe -> {}
    }
  }

  private void answer(BareJid who) {
    Subscriptions policy = parts.settings().subscriptions();
    if (policy != Subscriptions.IGNORE) {
      PresenceBuilder answer =
          StanzaBuilder.buildPresence()
              .to(who)
              .ofType(
                  policy == Subscriptions.ACCEPT
                      ? Presence.Type.subscribed
                      : Presence.Type.unsubscribed);
      session.sendUnconfirmed(answer.build());
    }
  }

  private void changed(Presence presence, BareJid who) {
    if (parts.identity().isOwn(who)) {
      return;
    }
    dev.owlery.api.chat.Presence now = Presences.read(presence);
    String status = Markup.clean(Stanzas.orEmpty(presence.getStatus())).replace('\n', ' ');
    String before = shown.put(who.toString(), now + " " + status);
    boolean isNews =
        before == null
            ? now != dev.owlery.api.chat.Presence.OFFLINE
            : !before.equals(now + " " + status);
    if (isNews) {
      Conversation where = parts.identity().chatWith(who);
      session.publish(
          new PresenceChanged(
              conversations.once(conversations.now()),
              where,
              parts.identity().direct(who),
              now,
              status));
    }
  }
}

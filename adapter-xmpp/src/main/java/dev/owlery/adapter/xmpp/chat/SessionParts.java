package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.XmppExtension;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.adapter.xmpp.wire.ConnectionFactory;
import dev.owlery.adapter.xmpp.wire.OtherHost;
import dev.owlery.api.adapter.AdapterContext;
import java.util.List;

/**
 * What outlives a session.
 *
 * @param settings the account's settings
 * @param context the core
 * @param identity who is who
 * @param rooms where the account is and should be
 * @param references which ids belong together
 * @param marks how far each archive was read
 * @param extensions what the account can do besides chatting
 * @param otherHost where the server has sent us instead
 * @param changed to be called when rooms have been entered or left
 */
public record SessionParts(
    XmppSettings settings,
    AdapterContext context,
    XmppIdentity identity,
    XmppRooms rooms,
    MessageIds references,
    ArchiveMarks marks,
    List<XmppExtension> extensions,
    OtherHost otherHost,
    Runnable changed) {

  /** Makes the account's connections. */
  ConnectionFactory connections() {
    return new ConnectionFactory(settings, identity, otherHost, context.product());
  }
}

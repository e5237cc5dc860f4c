package dev.owlery.adapter.xmpp;

import dev.owlery.adapter.xmpp.adhoc.AdHocCommands;
import dev.owlery.adapter.xmpp.chat.ClientState;
import dev.owlery.adapter.xmpp.chat.XmppOfflineStore;
import dev.owlery.adapter.xmpp.file.FileOffers;
import dev.owlery.adapter.xmpp.file.InBandStreams;
import dev.owlery.adapter.xmpp.file.LegacyFileNames;
import dev.owlery.adapter.xmpp.file.SocksStreams;
import dev.owlery.adapter.xmpp.link.XmppExtension;
import dev.owlery.adapter.xmpp.link.XmppFileSettings;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.adapter.xmpp.pubsub.PubSubTopics;
import dev.owlery.adapter.xmpp.rpc.XmppProcedures;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import java.util.List;

/** What an account can do besides chatting. */
final class XmppExtensions {

  private XmppExtensions() {}

  /**
   * Makes the extensions of an account.
   *
   * @param settings the account's settings
   * @param context the core
   * @param adapter the account; not to be called before it is made
   * @return the extensions, in the order in which they are asked
   */
  static List<XmppExtension> of(XmppSettings settings, AdapterContext context, Adapter adapter) {
    XmppFileSettings files = settings.files();
    return List.of(
        new AdHocCommands(context),
        new XmppProcedures(context),
        new PubSubTopics(settings, context),
        new FileOffers(
            settings,
            context,
            List.of(new SocksStreams(files), new InBandStreams()),
            files.compatible().map(how -> new LegacyFileNames(files, how, adapter, context))),
        new ClientState(),
        new XmppOfflineStore());
  }
}

package dev.owlery.adapter.xmpp;

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
    FileSettings files = settings.files();
    return List.of(
        new AdHocCommands(context),
        new XmppProcedures(context),
        new PubSubTopics(settings, context),
        new FileOffers(
            settings,
            context,
            List.of(new SocksStreams(files), new InBandStreams()),
            files.compatible().map(how -> new FileTalk(files, how, adapter, context))),
        new ClientState(),
        new OfflineDoor());
  }
}

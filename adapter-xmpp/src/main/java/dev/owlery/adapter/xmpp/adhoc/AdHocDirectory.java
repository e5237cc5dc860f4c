package dev.owlery.adapter.xmpp.adhoc;

import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandForm;
import java.util.List;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.iqrequest.IQRequestHandler;
import org.jivesoftware.smack.iqrequest.IQRequestHandler.Mode;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.commands.packet.AdHocCommandData;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.disco.packet.DiscoverInfoBuilder;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.jivesoftware.smackx.xdata.packet.DataForm;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;

/**
 * Lists the commands to those who may call them (XEP-0050 section 2). Smack's own lists are the
 * same for everybody, so questions about commands are answered here and the rest by Smack.
 */
final class AdHocDirectory {
  private static final int MOST = 500;

  private final XmppLink link;
  private final AdapterContext context;

  private AdHocDirectory(XmppLink link, AdapterContext context) {
    this.link = link;
    this.context = context;
  }

  /** Announces commands on a new connection. */
  static void attach(XmppLink link, AdapterContext context) {
    AdHocDirectory directory = new AdHocDirectory(link, context);
    ServiceDiscoveryManager.getInstanceFor(link.connection())
        .addFeature(AdHocCommandData.NAMESPACE);
    directory.put(DiscoverItems.ELEMENT, DiscoverItems.NAMESPACE);
    directory.put(DiscoverInfo.ELEMENT, DiscoverInfo.NAMESPACE);
  }

  private void put(String element, String namespace) {
    DiscoHandler ours = new DiscoHandler(element, namespace);
    IQRequestHandler before = link.connection().registerIQRequestHandler(ours);
    ours.rest = before;
  }

  /** Who asks; somebody behind a room's address is nobody in particular. */
  static Member caller(Jid from, XmppLink link) {
    return link.features().mayBeRoomService(from.getDomain().toString())
        ? Member.unverified(from.toString())
        : link.identity().direct(from);
  }

  private List<CommandForm> commands(Jid from) {
    return context.commands(link.identity().chatWith(from.asBareJid()), caller(from, link)).stream()
        .limit(MOST)
        .toList();
  }

  private final class DiscoHandler extends AbstractIqRequestHandler {
    private @Nullable IQRequestHandler rest;

    DiscoHandler(String element, String namespace) {
      super(element, namespace, IQ.Type.get, Mode.async);
    }

    @Override
    public @Nullable IQ handleIQRequest(IQ request) {
      @Nullable IQ answer = null;
      if (request.getFrom() != null) {
        answer =
            switch (request) {
              case DiscoverItems items when AdHocCommandData.NAMESPACE.equals(items.getNode()) ->
                  list(items);
              case DiscoverInfo info when info.getNode() != null -> describe(info);
              default -> null;
            };
      }
      IQRequestHandler others = rest;
      return answer == null && others != null ? others.handleIQRequest(request) : answer;
    }
  }

  private IQ list(DiscoverItems request) {
    DiscoverItems answer = new DiscoverItems();
    answer.setType(IQ.Type.result);
    answer.setTo(request.getFrom());
    answer.setStanzaId(request.getStanzaId());
    answer.setNode(AdHocCommandData.NAMESPACE);
    String seen = "";
    for (CommandForm form : commands(request.getFrom())) {
      if (!form.info().name().equals(seen)) {
        seen = form.info().name();
        DiscoverItems.Item item = new DiscoverItems.Item(link.connection().getUser());
        item.setNode(seen);
        item.setName(title(form));
        answer.addItem(item);
      }
    }
    return answer;
  }

  private @Nullable IQ describe(DiscoverInfo request) {
    String node = request.getNode();
    if (node.equals(AdHocCommandData.NAMESPACE)) {
      return start(request)
          .addIdentity(new DiscoverInfo.Identity("automation", "Commands", "command-list"))
          .build();
    }
    return commands(request.getFrom()).stream()
        .filter(form -> form.info().name().equals(node))
        .findFirst()
        .<IQ>map(form ->
            start(request)
                .addIdentity(new DiscoverInfo.Identity("automation", title(form), "command-node"))
                .addFeature(AdHocCommandData.NAMESPACE)
                .addFeature(DataForm.NAMESPACE)
                .build())
        .orElse(null);
  }

  private static DiscoverInfoBuilder start(DiscoverInfo request) {
    return DiscoverInfoBuilder.buildResponseFor(request, IQ.ResponseType.result)
        .setNode(request.getNode());
  }

  private static String title(CommandForm form) {
    String description = form.info().description();
    return Markup.clean(description.isEmpty() ? form.info().name() : description);
  }
}

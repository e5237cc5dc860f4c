package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.ServerFeatures;
import dev.owlery.adapter.xmpp.link.XmppExtension;
import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.api.adapter.Door;
import dev.owlery.api.adapter.DoorException;
import dev.owlery.api.adapter.OfflineStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.jivesoftware.smackx.offline.packet.OfflineMessageInfo;
import org.jivesoftware.smackx.offline.packet.OfflineMessageRequest;
import org.jivesoftware.smackx.xdata.FormField;
import org.jivesoftware.smackx.xdata.packet.DataForm;
import org.jxmpp.jid.BareJid;

/**
 * The server's store for plugins (XEP-0013). A message that was asked for here is not handled as
 * what somebody says.
 */
public final class XmppOfflineStore implements XmppExtension, OfflineStore {
  private static final int MOST = 100;

  private volatile Optional<XmppLink> link = Optional.empty();

  /** What was asked for, by node, and what has come of it. */
  private final Map<String, Optional<OfflineStore.StoredMessage>> wanted =
      new ConcurrentHashMap<>();

  @Override
  public void attach(XmppLink fresh) {
    wanted.clear();
    link = Optional.of(fresh);
  }

  @Override
  public <D extends Door> Optional<D> door(Class<D> type) {
    return type == OfflineStore.class ? Optional.of(type.cast(this)) : Optional.empty();
  }

  @Override
  public boolean received(Message message) {
    String node = node(message);
    if (node.isEmpty() || !wanted.containsKey(node)) {
      return false;
    }
    wanted.put(
        node,
        Optional.of(
            new OfflineStore.StoredMessage(
                node,
                Markup.clean(String.valueOf(message.getFrom())),
                Stanzas.delayed(message),
                Markup.clean(Stanzas.orEmpty(message.getBody())))));
    return true;
  }

  /** The node of a message that comes out of the store; empty of all others. */
  private static String node(Message message) {
    OfflineMessageInfo info = message.getExtension(OfflineMessageInfo.class);
    return info == null ? "" : Stanzas.orEmpty(info.getNode());
  }

  /** Whether a message comes out of the store. */
  static boolean isStored(Message message) {
    return !node(message).isEmpty();
  }

  /** Something that asks the server. */
  private interface OfflineRequest<T> {
    T run(XmppLink on) throws IOException, InterruptedException;
  }

  private <T> T with(OfflineRequest<T> task) {
    XmppLink on =
        link.filter(each -> each.connection().isAuthenticated())
            .orElseThrow(() -> none("the account is not connected"));
    if (!on.features().hasOfflineRetrieval()) {
      throw none("the server lets nobody look into its store for messages (XEP-0013)");
    }
    try {
      return task.run(on);
    } catch (IOException refused) {
      throw new DoorException(XmppErrorText.trouble(refused), refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new DoorException("interrupted", stopped);
    }
  }

  private static DoorException none(String why) {
    return new DoorException(why, new IOException(why));
  }

  @Override
  public int count() {
    return with(on -> {
      DiscoverInfo question =
          DiscoverInfo.builder(on.connection()).to(own(on)).setNode(ServerFeatures.OFFLINE).build();
      DataForm form = on.ask(question) instanceof DiscoverInfo info ? DataForm.from(info) : null;
      FormField field = form == null ? null : form.getField("number_of_messages");
      String digits = field == null ? "" : Stanzas.orEmpty(field.getFirstValue());
      return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : list(on).size();
    });
  }

  private static BareJid own(XmppLink on) {
    return on.identity().own();
  }

  @Override
  public List<Header> list() {
    return with(XmppOfflineStore::list);
  }

  private static List<Header> list(XmppLink on) throws IOException, InterruptedException {
    DiscoverItems question = new DiscoverItems();
    question.setTo(own(on));
    question.setNode(ServerFeatures.OFFLINE);
    try {
      return on.ask(question) instanceof DiscoverItems items
          ? items.getItems().stream()
              .filter(item -> item.getNode() != null && !item.getNode().isEmpty())
              .map(item ->
                  new Header(
                      Markup.clean(item.getNode()), Markup.clean(Stanzas.orEmpty(item.getName()))))
              .toList()
          : List.of();
    } catch (XmppLink.StanzaErrorException nothingKept) {
      return List.of();
    }
  }

  @Override
  public List<OfflineStore.StoredMessage> fetch(List<String> ids) {
    check(ids);
    return with(on -> {
      ids.forEach(id -> wanted.put(id, Optional.empty()));
      try {
        IQ _ = on.ask(request(IQ.Type.get, "view", ids));
        // The messages have come before the answer.
        return ids.stream()
            .map(id -> wanted.getOrDefault(id, Optional.empty()))
            .flatMap(Optional::stream)
            .toList();
      } finally {
        wanted.keySet().removeAll(ids);
      }
    });
  }

  @Override
  public void remove(List<String> ids) {
    check(ids);
    IQ _ = with(on -> on.ask(request(IQ.Type.set, "remove", ids)));
  }

  @Override
  public void removeAll() {
    OfflineMessageRequest purge = new OfflineMessageRequest();
    purge.setType(IQ.Type.set);
    purge.setPurge(true);
    IQ _ = with(on -> on.ask(purge));
  }

  private static void check(List<String> ids) {
    if (ids.isEmpty() || ids.size() > MOST) {
      throw new IllegalArgumentException("from 1 to " + MOST + " messages at a time");
    }
  }

  private static OfflineMessageRequest request(IQ.Type type, String action, List<String> ids) {
    OfflineMessageRequest request = new OfflineMessageRequest();
    request.setType(type);
    for (String id : ids) {
      OfflineMessageRequest.Item item = new OfflineMessageRequest.Item(id);
      item.setAction(action);
      request.addItem(item);
    }
    return request;
  }
}

package dev.owlery.adapter.xmpp;

import dev.owlery.api.chat.Conversation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jivesoftware.smack.packet.Presence;
import org.jxmpp.jid.Jid;

/**
 * Finds the client of somebody that takes files: of those that show themselves, that the
 * configuration names, or that an Owlery would be. Any thread.
 */
final class Takers {
  private static final int MOST = 10_000;
  private static final int MOST_CLIENTS = 5;

  private final XmppSettings settings;

  /** The clients that show themselves, by bare address, the latest last. */
  private final Map<String, Set<Jid>> shown = new LinkedHashMap<>();

  /** What the clients that were asked announce. */
  private final Map<Jid, Set<String>> known = new LinkedHashMap<>();

  Takers(XmppSettings settings) {
    this.settings = settings;
  }

  /** Takes note of a client. On the reading thread. */
  synchronized void presence(Presence presence) {
    Jid from = presence.getFrom();
    if (from == null || !from.hasResource()) {
      return;
    }
    String bare = from.asBareJid().toString();
    known.remove(from);
    Set<Jid> clients = shown.computeIfAbsent(bare, any -> new LinkedHashSet<>());
    clients.remove(from);
    if (presence.isAvailable() && clients.size() < MOST_CLIENTS) {
      clients.add(from);
    }
    if (clients.isEmpty() || shown.size() > MOST) {
      shown.remove(bare);
    }
  }

  /**
   * Looks for somebody's client.
   *
   * @param link the connection
   * @param to whose
   * @param features what it must announce
   * @return its full address
   * @throws IOException if the connection ends
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<Jid> find(XmppLink link, Conversation to, Set<String> features)
      throws IOException, InterruptedException {
    if (to.kind() != Conversation.Kind.DIRECT) {
      return Optional.empty();
    }
    for (Jid client : clients(to.room())) {
      if (features(link, client).containsAll(features)) {
        return Optional.of(client);
      }
    }
    return Optional.empty();
  }

  private List<Jid> clients(String address) {
    Jid whole = XmppIdentity.address(address);
    if (whole.hasResource()) {
      return List.of(whole);
    }
    List<Jid> all = new ArrayList<>();
    settings.files().receivers().stream()
        .map(XmppIdentity::address)
        .filter(receiver -> receiver.asBareJid().equals(whole))
        .forEach(all::add);
    synchronized (this) {
      all.addAll(new ArrayList<>(shown.getOrDefault(whole.toString(), Set.of())).reversed());
    }
    all.add(XmppIdentity.address(whole + "/" + settings.resource()));
    return all;
  }

  private Set<String> features(XmppLink link, Jid client) throws IOException, InterruptedException {
    synchronized (this) {
      // Who shows themselves shows it again when what they offer changes.
      if (shown.getOrDefault(client.asBareJid().toString(), Set.of()).contains(client)
          && known.containsKey(client)) {
        return known.get(client);
      }
    }
    Set<String> fresh = new Discovery(link).features(client);
    synchronized (this) {
      known.put(client, fresh);
      if (known.size() > MOST) {
        known.remove(known.keySet().iterator().next());
      }
    }
    return fresh;
  }

  /** Whether a client that was found said that it answers receipts. */
  synchronized boolean isOwlery(Jid client) {
    return known.getOrDefault(client, Set.of()).contains(FileReceipt.NAMESPACE);
  }
}

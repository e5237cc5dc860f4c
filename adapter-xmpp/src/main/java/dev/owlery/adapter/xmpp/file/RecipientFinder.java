package dev.owlery.adapter.xmpp.file;

import dev.owlery.adapter.xmpp.link.Discovery;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.api.chat.Conversation;
import dev.owlery.spi.BoundedMap;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jxmpp.jid.Jid;

/**
 * Finds the client of somebody that takes files: of those that show themselves, that the
 * configuration names, that an Owlery would be, or that answers a {@link RecipientSearch}. Any
 * thread.
 */
final class RecipientFinder {
  private static final int MOST = 10_000;
  private static final int MOST_CLIENTS = 5;

  private final XmppSettings settings;
  private final RecipientSearch search;

  /** Clients that have answered, by bare address. */
  private final Map<String, Jid> found = BoundedMap.leastRecentlyUsed(MOST);

  /** The clients that show themselves, by bare address, the latest last. */
  private final Map<String, Set<Jid>> shown = new LinkedHashMap<>();

  /** What the clients that were asked announce. */
  private final Map<Jid, Set<String>> known = new LinkedHashMap<>();

  RecipientFinder(XmppSettings settings, Clock clock) {
    this.settings = settings;
    this.search = new RecipientSearch(clock);
  }

  /**
   * A message without a body has come. On the reading thread.
   *
   * @return true if it was about clients that take files
   */
  boolean received(XmppLink link, Message message) {
    return search.received(link, message);
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
    Jid whole = XmppIdentity.address(to.room());
    return whole.hasResource() ? Optional.empty() : searched(link, whole, features);
  }

  private Optional<Jid> searched(XmppLink link, Jid whom, Set<String> features)
      throws IOException, InterruptedException {
    Optional<Jid> client = search.find(link, whom);
    if (client.isEmpty() || !features(link, client.get()).containsAll(features)) {
      return Optional.empty();
    }
    synchronized (this) {
      found.put(whom.toString(), client.get());
    }
    return client;
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
      Optional.ofNullable(found.get(whole.toString())).ifPresent(all::add);
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

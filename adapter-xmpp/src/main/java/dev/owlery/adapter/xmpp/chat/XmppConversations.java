package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.InboundMessage;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.spi.ReaderGuard;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.Jid;

/**
 * The conversations of one login: says which of its parts a stanza belongs to, and makes the keys
 * by which an event is recognised when it comes again. Stanzas come on the reading thread.
 */
public final class XmppConversations {
  /** Rooms stamp whole seconds, and messages take a moment. */
  private static final Duration ROUNDING = Duration.ofSeconds(2);

  private final XmppSession session;
  private final SessionParts parts;
  private final MessageReader reader;
  private final DirectInbound inbound;
  private final MucMembership door;
  private final MucMessages talk;
  private final Archive archive;
  private final OwnMessages ownMessages;
  private final ServerTime time;
  private final MucStartup lobby;
  private final Contacts contacts;
  private final Predecessor predecessor;
  private final String sessionId = UUID.randomUUID().toString();
  private final AtomicLong count = new AtomicLong();

  XmppConversations(XmppSession session) {
    this.session = session;
    this.parts = session.parts();
    this.reader =
        new MessageReader(
            parts.references(),
            parts.settings().files(),
            new ReaderGuard(parts.context().account().toString()));
    this.contacts = new Contacts(session, this);
    this.predecessor = new Predecessor(parts);
    this.talk = new MucMessages(session, this);
    this.door = new MucMembership(session, this, talk);
    this.inbound = new DirectInbound(session, this);
    this.time = new ServerTime(parts.context().clock());
    this.archive = new Archive(session, this);
    this.ownMessages = new OwnMessages(session, archive, time);
    this.lobby = new MucStartup(session, this, archive, talk, door);
  }

  /**
   * A message has come.
   *
   * @param message the message
   * @return true if Smack and its parts need not see it
   */
  boolean message(Message message) {
    Jid from = message.getFrom();
    if (archive.result(message)) {
      return true;
    }
    if (message.getType() == Message.Type.error) {
      session
          .confirmations()
          .refused(message.getStanzaId(), XmppErrorText.error(message.getError()));
      return true;
    }
    if (isCarbon(message)) {
      return true;
    }
    boolean isForExtensions = message.getBody() == null || XmppOfflineStore.isStored(message);
    if (isForExtensions && offered(message)) {
      return true;
    }
    if (from == null) {
      return false;
    }
    if (message.getType() == Message.Type.groupchat) {
      talk.message(message);
      return true;
    }
    return door.challenge(message) || door.invitation(message) || inbound.message(message);
  }

  private boolean offered(Message message) {
    return parts.extensions().stream().anyMatch(extension -> extension.received(message));
  }

  /** Copies of what other clients of the account say and hear, or what pretends to be one. */
  private static boolean isCarbon(Message message) {
    return Stanzas.has(message, "received", Stanzas.CARBONS)
        || Stanzas.has(message, "sent", Stanzas.CARBONS);
  }

  /**
   * A presence has come.
   *
   * @param presence the presence
   * @return true: nobody else looks at them
   */
  boolean presence(Presence presence) {
    Jid from = presence.getFrom();
    if (from != null && !door.presence(presence)) {
      contacts.presence(presence);
    }
    return true;
  }

  /**
   * Waits for the end of the session before this one, reads what was missed, says that we are
   * there, reads what was said between the two, and only then lets what is said to us be told; goes
   * into the rooms.
   *
   * @throws IOException if the connection ends
   * @throws InterruptedException if the account is closed
   */
  void establish() throws IOException, InterruptedException {
    parts.rooms().disconnected();
    time.ask(session);
    predecessor.awaitEnd(session);
    BareJid own = parts.identity().own();
    OfflineMessages stored = new OfflineMessages(session);
    if (session.features().hasArchive()) {
      stored.fetch();
      archive.catchUpOwn();
      contacts.announce();
      stored.awaitStored();
      archive.catchUpOwn();
      stored.fetch();
    } else {
      stored.leave();
      contacts.announce();
    }
    archive.gapless(own);
    inbound.release();
    stored.forget();
    lobby.enterAll();
  }

  void watch() {
    door.watch();
    talk.reflections().watch();
  }

  /**
   * Publishes what a message tells. Where nothing before it is missing, its archive counts as read
   * so far as soon as it is recorded; else it only does with the page that has the message.
   *
   * @param heard the message
   * @param archiveAddress the archive that has it; empty if none
   * @param archiveId the archive's id for it; empty if none
   * @return whether it told anything
   */
  boolean publish(InboundMessage heard, String archiveAddress, Optional<String> archiveId) {
    boolean told = false;
    Optional<String> reached = archiveId.filter(id -> archive.isGapless(archiveAddress));
    for (ChatEvent event : reader.read(heard)) {
      told = true;
      if (event instanceof MessagePosted && heard.origin().delivery() == Delivery.LIVE) {
        speaker(heard).ifPresent(who -> parts.extensions().forEach(each -> each.heard(heard, who)));
      }
      session.publish(
          event,
          () ->
              reached.ifPresent(
                  id -> parts.marks().recorded(archiveAddress, id, heard.origin().at())));
    }
    return told;
  }

  /** Whose client says something now, if somebody vouches for that. */
  private Optional<Jid> speaker(InboundMessage heard) {
    Jid from = heard.message().getFrom();
    if (heard.sender().identity().isEmpty()) {
      return Optional.empty();
    }
    return heard.isRoom()
        ? parts
            .rooms()
            .occupant(heard.where().room(), from.getResourceOrEmpty().toString())
            .flatMap(XmppRooms.Occupant::shown)
        : Optional.of(from);
  }

  /**
   * The origin of a message.
   *
   * @param message the message
   * @param from who sent it, in full
   * @param archiveAddress whose ids count
   * @param archiveId the archive's id for it, if any
   * @param at when it was said
   * @param delivery how it came
   * @return the origin, the same whichever way the message comes
   */
  Origin origin(
      Message message,
      Jid from,
      String archiveAddress,
      Optional<String> archiveId,
      Instant at,
      Delivery delivery) {
    String key =
        archiveId
            // ejabberd's ids are microseconds: messages of two senders may have the same.
            .map(id -> "a " + archiveAddress + " " + id + " " + from.asBareJid())
            .or(() ->
                Optional.ofNullable(message.getStanzaId())
                    .filter(id -> !id.isEmpty())
                    .map(id -> "m " + from + " " + id))
            .orElseGet(this::once);
    return new Origin(Markup.clean(key).replace('\n', ' '), at, delivery);
  }

  /** The origin of something that comes only once. */
  Origin once(Instant at) {
    return Origin.live(once(), at);
  }

  private String once() {
    return "n " + sessionId + " " + count.incrementAndGet();
  }

  Instant now() {
    return parts.context().clock().instant();
  }

  /** A time that somebody else has stamped: nothing was said later than now. */
  Instant notLater(Instant stamped) {
    Instant now = now();
    return stamped.isAfter(now) ? now : stamped;
  }

  /** The earliest time that a room can have stamped on what was said at one of ours. */
  Instant byRoomsClock(Instant ours) {
    return time.earliest(ours).minus(ROUNDING);
  }

  Conversation room(BareJid address) {
    return parts.identity().room(address);
  }

  public MucMembership door() {
    return door;
  }

  Predecessor predecessor() {
    return predecessor;
  }

  public OwnMessages ownMessages() {
    return ownMessages;
  }

  public MucStartup lobby() {
    return lobby;
  }

  DirectInbound inbound() {
    return inbound;
  }

  public MucMessages talk() {
    return talk;
  }
}

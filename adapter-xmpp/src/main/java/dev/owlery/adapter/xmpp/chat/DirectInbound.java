package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.link.InboundMessage;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.event.Origin;
import dev.owlery.api.event.Origin.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * Makes events of what people say to us alone, also from inside a room. For the thread that reads
 * the connection.
 *
 * <p>What comes while the archive is being read, and is in the archive itself, waits until {@link
 * #release}, so that it is told behind what was said before it. Should the connection break first,
 * the next login reads it from the archive.
 */
final class DirectInbound {
  private static final int MOST_WAITING = 5_000;

  private final XmppSession session;
  private final SessionParts parts;
  private final XmppConversations conversations;

  /** What waits, from the login on. */
  private final List<Message> waiting = new ArrayList<>();

  private boolean isReleased;

  DirectInbound(XmppSession session, XmppConversations conversations) {
    this.session = session;
    this.parts = session.parts();
    this.conversations = conversations;
  }

  /**
   * A message of type chat, normal or headline has come.
   *
   * @param message the message
   * @return true if it was for people
   */
  synchronized boolean message(Message message) {
    String own = parts.identity().own().toString();
    boolean isKept = Stanzas.stanzaId(message, own).isPresent();
    // The server's store is not in order: what a dying session had not acknowledged comes last.
    boolean isRead = earlier(message).isEmpty() || parts.marks().mark(own).isPresent();
    if (isReleased || !isKept || !isRead || waiting.size() == MOST_WAITING) {
      return tell(message);
    }
    return waiting.add(message);
  }

  /**
   * The archive is read: what was said meanwhile is told now, behind what the server had stored
   * before that and has told late. On the account's own thread.
   */
  synchronized void release() {
    isReleased = true;
    waiting.sort(Comparator.comparing(each -> earlier(each).isEmpty()));
    for (Message each : waiting) {
      boolean _ = tell(each);
    }
    waiting.clear();
  }

  private Optional<Instant> earlier(Message message) {
    BareJid own = parts.identity().own();
    // While we come online the server hands out what it has stored, and old ones do not sign that.
    Optional<Instant> stamped =
        session.isOnline()
            ? Stanzas.delayedBy(message, List.of(own.toString(), own.getDomain().toString()))
            : Stanzas.delayed(message);
    return stamped.map(conversations::notLater);
  }

  private boolean tell(Message message) {
    String own = parts.identity().own().toString();
    Optional<String> archiveId =
        session.features().hasArchive() ? Stanzas.stanzaId(message, own) : Optional.empty();
    Optional<Instant> earlier = earlier(message);
    Delivery delivery = earlier.isPresent() ? Delivery.CATCH_UP : Delivery.LIVE;
    boolean told = publish(message, archiveId, earlier.orElseGet(conversations::now), delivery);
    if (told && delivery == Delivery.LIVE) {
      confirmReceipt(message);
    }
    return told;
  }

  /**
   * A message that the archive has kept.
   *
   * @param message as it was then
   * @param archiveId the archive's id for it
   * @param at when it was said
   */
  void archived(Message message, String archiveId, Instant at) {
    boolean isForPeople =
        message.getType() == Message.Type.chat || message.getType() == Message.Type.normal;
    if (isForPeople && message.getFrom() != null) {
      publish(message, Optional.of(archiveId), at, Delivery.CATCH_UP);
    }
  }

  private boolean publish(
      Message message, Optional<String> archiveId, Instant at, Delivery delivery) {
    Jid from = message.getFrom();
    if (parts.identity().isOwn(from)) {
      return false;
    }
    String own = parts.identity().own().toString();
    Origin origin = conversations.origin(message, from, own, archiveId, at, delivery);
    Optional<MessageId> id =
        Optional.ofNullable(message.getStanzaId())
            .or(() -> archiveId)
            .map(value -> Markup.clean(value).replace('\n', ' '))
            .filter(value -> !value.isEmpty())
            .map(MessageId::new);
    Optional<String> author = author(message, delivery);
    InboundMessage heard =
        new InboundMessage(message, origin, where(message, from), sender(from, author), id, author);
    return conversations.publish(heard, own, archiveId);
  }

  private boolean isOccupant(Jid from) {
    return from.hasResource() && parts.rooms().isKnown(from.asBareJid().toString());
  }

  private Conversation where(Message message, Jid from) {
    if (isOccupant(from)) {
      return Conversation.direct(parts.context().account(), Markup.clean(from.toString()));
    }
    BareJid bare = from.asBareJid();
    Conversation chat = parts.identity().chatWith(bare);
    String thread = Markup.clean(Stanzas.orEmpty(message.getThread())).strip();
    return thread.isEmpty() ? chat : chat.inThread(thread.replace('\n', ' '));
  }

  /** Who speaks to us from inside a room is a nick there, and has no rights. */
  private Member sender(Jid from, Optional<String> author) {
    Resourcepart nick = from.getResourceOrNull();
    if (isOccupant(from) && nick != null) {
      return Member.unverified(Markup.clean(nick.toString())).from(author.orElse(""));
    }
    boolean isRoom = nick == null && parts.rooms().isKnown(from.asBareJid().toString());
    return isRoom ? XmppIdentity.room(from) : parts.identity().direct(from);
  }

  private Optional<String> author(Message message, Delivery delivery) {
    Jid from = message.getFrom();
    String bare = from.asBareJid().toString();
    return isOccupant(from)
        ? parts.rooms().author(message, from, delivery)
        : Optional.of("address " + bare);
  }

  /** Receipts (XEP-0184) say that a message has come, no more. */
  private void confirmReceipt(Message message) {
    boolean isAsked =
        Stanzas.has(message, "request", Stanzas.RECEIPTS)
            && message.getStanzaId() != null
            && message.getType() != Message.Type.headline
            && !isOccupant(message.getFrom());
    if (isAsked) {
      session.sendUnconfirmed(
          StanzaBuilder.buildMessage()
              .to(message.getFrom())
              .ofType(message.getType())
              .addExtension(
                  StandardExtensionElement.builder("received", Stanzas.RECEIPTS)
                      .addAttribute("id", message.getStanzaId())
                      .build())
              .build());
    }
  }
}

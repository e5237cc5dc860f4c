package dev.owlery.adapter.xmpp;

import dev.owlery.adapter.xmpp.MessageReader.Heard;
import dev.owlery.adapter.xmpp.XmppRooms.Occupant;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.api.event.SubjectChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smackx.muc.packet.MUCItem;
import org.jivesoftware.smackx.muc.packet.MUCUser;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * Makes events of what is said in rooms. Our own messages, reflected or replayed, become
 * confirmations instead. For the thread that reads the connection.
 */
final class RoomTalk {
  private static final int MOST_WAITING = 5_000;

  private final XmppSession session;
  private final SessionParts parts;
  private final XmppConversations conversations;

  /** Our own coming, told behind the history that the room sends with it. */
  private final Map<String, ChatEvent> held = new HashMap<>();

  /** What is said in rooms whose archive is being read: it comes behind that. */
  private final Map<String, List<Message>> waiting = new HashMap<>();

  /** The subjects that we have set and not seen yet: rooms reflect them without our id. */
  private final Map<String, String> subjects = new ConcurrentHashMap<>();

  RoomTalk(XmppSession session, XmppConversations conversations) {
    this.session = session;
    this.parts = session.parts();
    this.conversations = conversations;
  }

  /** From now on what is said in a room waits, until {@link #release}. */
  synchronized void hold(String room) {
    waiting.putIfAbsent(room, new ArrayList<>());
  }

  /** The room's archive is read: what was said meanwhile is told now. */
  synchronized void release(String room) {
    List<Message> said = waiting.remove(room);
    if (said != null) {
      said.forEach(this::tell);
    }
  }

  /** We have set a room's subject, with a message of this id. */
  void subjectSent(String room, String id) {
    subjects.put(room, id);
  }

  /** We have come into a room; its history follows. */
  synchronized void entered(String room, ChatEvent ownJoin) {
    held.put(room, ownJoin);
  }

  private void historyIsOver(String room) {
    ChatEvent ownJoin = held.remove(room);
    if (ownJoin != null) {
      session.publish(ownJoin);
    }
  }

  /**
   * A message of type groupchat has come.
   *
   * @param message the message
   */
  synchronized void message(Message message) {
    Jid from = message.getFrom();
    String room = from.asBareJid().toString();
    Resourcepart nick = from.getResourceOrNull();
    List<Message> before = waiting.get(room);
    boolean isOwn = nick != null && isOurs(room, nick.toString());
    if (before != null && !isOwn && !isSubject(message) && before.size() < MOST_WAITING) {
      before.add(message);
    } else {
      tell(message);
    }
  }

  private void tell(Message message) {
    Jid from = message.getFrom();
    String room = from.asBareJid().toString();
    Resourcepart nick = from.getResourceOrNull();
    if (!parts.rooms().isKnown(room)) {
      return;
    }
    Optional<Instant> earlier =
        Stanzas.delayed(message, List.of(room, from.toString(), from.getDomain().toString()));
    if (isSubject(message)) {
      boolean isNews = !held.containsKey(room) && earlier.isEmpty();
      historyIsOver(room);
      confirmSubject(room, nick);
      if (isNews && nick != null) {
        subject(message, from, nick.toString());
      }
      return;
    }
    if (earlier.isEmpty()) {
      historyIsOver(room);
    }
    if (nick == null) {
      return;
    }
    Optional<String> archiveId = Stanzas.stanzaId(message, room);
    if (isOurs(room, nick.toString())) {
      own(message, room, archiveId);
      return;
    }
    Delivery delivery = earlier.isPresent() ? Delivery.CATCH_UP : Delivery.LIVE;
    Optional<BareJid> real =
        earlier.isPresent() ? Optional.empty() : shownNow(room, nick.toString());
    publish(
        message,
        archiveId,
        earlier.orElseGet(conversations::now),
        delivery,
        parts.identity().occupant(Markup.clean(nick.toString()), real),
        parts.rooms().author(message, from, delivery));
  }

  private static boolean isSubject(Message message) {
    return message.getSubject() != null && message.getBody() == null;
  }

  private void subject(Message message, Jid from, String nick) {
    String room = from.asBareJid().toString();
    Member who =
        isOurs(room, nick)
            ? parts.identity().self(nick)
            : parts.identity().occupant(Markup.clean(nick), shownNow(room, nick));
    String subject = Markup.clean(Stanzas.orEmpty(message.getSubject()));
    session.publish(
        new SubjectChanged(
            conversations.once(conversations.now()),
            conversations.room(from.asBareJid()),
            who,
            subject.replace('\n', ' ')));
  }

  private boolean isOurs(String room, String nick) {
    return nick.equals(parts.rooms().nick(room));
  }

  private Optional<BareJid> shownNow(String room, String nick) {
    Optional<BareJid> shown = parts.rooms().occupant(room, nick).flatMap(Occupant::real);
    return parts.rooms().believed(room, shown);
  }

  private void own(Message message, String room, Optional<String> archiveId) {
    String id = message.getStanzaId();
    if (id != null) {
      boolean _ = session.confirmations().reflected(room, id);
    }
    if (id != null && archiveId.isPresent()) {
      parts.references().rememberOwn(room, id, archiveId.get());
    }
  }

  private void confirmSubject(String room, @Nullable Resourcepart nick) {
    String id = nick != null && isOurs(room, nick.toString()) ? subjects.remove(room) : null;
    if (id != null) {
      boolean _ = session.confirmations().reflected(room, id);
    }
  }

  /**
   * A message that the room's archive has kept.
   *
   * @param message as it was then
   * @param room the room's address
   * @param archiveId the archive's id for it
   * @param at when it was said
   */
  void archived(Message message, BareJid room, String archiveId, Instant at) {
    Jid from = message.getFrom();
    Resourcepart nick = from == null ? null : from.getResourceOrNull();
    if (nick == null || message.getType() != Message.Type.groupchat || isSubject(message)) {
      return;
    }
    Optional<BareJid> shown = shownThen(message);
    if (shown.filter(parts.identity()::isOwn).isPresent()
        || nick.toString().equals(conversations.door().wantedNick())) {
      return;
    }
    Optional<BareJid> real = parts.rooms().believed(room.toString(), shown);
    Member sender = parts.identity().occupant(Markup.clean(nick.toString()), real);
    Optional<String> author =
        parts.rooms().author(room.toString(), shown, Stanzas.occupantId(message));
    publish(message, Optional.of(archiveId), at, Delivery.CATCH_UP, sender, author);
  }

  /** The address that the archive itself has written beside a message (XEP-0313 section 5.1.2). */
  private static Optional<BareJid> shownThen(Message message) {
    return Optional.ofNullable(MUCUser.from(message))
        .map(MUCUser::getItem)
        .map(MUCItem::getJid)
        .map(Jid::asBareJid);
  }

  private void publish(
      Message message,
      Optional<String> archiveId,
      Instant at,
      Delivery delivery,
      Member sender,
      Optional<String> author) {
    Jid from = message.getFrom();
    String room = from.asBareJid().toString();
    Conversation place = conversations.room(from.asBareJid());
    String authorsId = message.getStanzaId();
    if (authorsId != null && archiveId.isPresent()) {
      String who = author.orElseGet(sender::handle);
      parts.references().remember(room, who, authorsId, archiveId.get());
    }
    Origin origin = conversations.origin(message, from, room, archiveId, at, delivery);
    Optional<MessageId> id =
        archiveId
            .or(() -> Optional.ofNullable(authorsId))
            .map(value -> Markup.clean(value).replace('\n', ' '))
            .filter(value -> !value.isEmpty())
            .map(MessageId::new);
    boolean _ =
        conversations.publish(
            new Heard(message, origin, place, sender, id, author), room, archiveId);
  }
}

package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.chat.XmppRooms.Occupant;
import dev.owlery.adapter.xmpp.link.InboundMessage;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.api.event.SubjectChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
 * confirmations instead. What is said now in a room waits until all is told that was missed there.
 * For the thread that reads the connection; the rest may be called from any thread.
 */
public final class MucMessages {
  /** So much is held for all rooms together; what is more is read from archives and histories. */
  private static final int MOST_HELD = 10_000;

  private final XmppSession session;
  private final SessionParts parts;
  private final XmppConversations conversations;
  private final RoomReflections reflections;
  private final Map<String, RoomEntry> entries = new HashMap<>();
  private int held;

  /** The subjects that we have set and not seen yet: rooms reflect them without our id. */
  private final Map<String, String> subjects = new ConcurrentHashMap<>();

  MucMessages(XmppSession session, XmppConversations conversations) {
    this.session = session;
    this.parts = session.parts();
    this.conversations = conversations;
    this.reflections = new RoomReflections(session);
  }

  public RoomReflections reflections() {
    return reflections;
  }

  private RoomEntry entry(String room) {
    return entries.computeIfAbsent(room, any -> new RoomEntry());
  }

  /**
   * We are going into a room. What is said there waits from the login on, and again from now on.
   *
   * @param room its address
   * @param since what was said before this, by the room's clock, was not missed
   * @param readsArchive whether its archive tells what was missed; else its history does
   * @return the entry, for {@link #open}
   */
  synchronized RoomEntry begin(String room, Instant since, boolean readsArchive) {
    RoomEntry entry = entry(room);
    if (entry.isPresent() || entry.isOpen()) {
      left(room);
      entry = entry(room);
    }
    entry.begin(since, readsArchive);
    if (!readsArchive) {
      forgetOverflow(entry); // the room's history tells what was not held
    }
    return entry;
  }

  /** All is told that was missed in a room: what was said meanwhile is told now. */
  synchronized void open(String room, RoomEntry entry) {
    if (entries.get(room) == entry) {
      openNow(entry);
    }
  }

  private void openNow(RoomEntry entry) {
    entry.takeOwnJoin().ifPresent(session::publish);
    for (Runnable each = entry.takeHeld(); each != null; each = entry.takeHeld()) {
      held--;
      each.run();
    }
    entry.open();
  }

  /** The room answers again: what it had to say of the past came before that. */
  synchronized void answered(RoomEntry entry) {
    entry.answered();
  }

  /** Nothing of a room's history has come for a while. */
  synchronized void endHistory(RoomEntry entry) {
    entry.endHistory();
  }

  /** For how long nothing more of a room's history has to come until it counts as ended. */
  synchronized Duration quietLeft(RoomEntry entry) {
    return entry.quietLeft();
  }

  /** What was held is going to be read from the archive, with what could not be held. */
  synchronized void forgetOverflow(RoomEntry entry) {
    if (entry.isOverflowed()) {
      held -= entry.forgetHeld();
    }
  }

  synchronized boolean isOverflowed(RoomEntry entry) {
    return entry.isOverflowed();
  }

  /** Completes when all is told that was missed in a room. */
  synchronized CompletableFuture<Void> opened(String room) {
    return entry(room).opened();
  }

  /** We have set a room's subject, with a message of this id. */
  public void subjectSent(String room, String id) {
    subjects.put(room, id);
  }

  /** We have come into a room; its history follows. */
  synchronized void entered(String room, ChatEvent ownJoin) {
    entry(room).enter(ownJoin);
  }

  /** We are not in a room any more; what is said there once we are back waits again. */
  synchronized void left(String room) {
    RoomEntry before = entry(room);
    if (!parts.rooms().isKnown(room)) {
      held -= before.forgetHeld();
      before.endHistory();
      entries.remove(room);
      return;
    }
    RoomEntry next = new RoomEntry(before);
    before
        .takeOwnJoin()
        .ifPresent(join -> {
          next.holdFirst(() -> session.publish(join));
          held++;
        });
    entries.put(room, next);
  }

  /** Publishes what has happened in a room, behind what was missed there. */
  synchronized void publish(String room, ChatEvent event) {
    hear(entry(room), () -> session.publish(event));
  }

  private void hear(RoomEntry entry, Runnable telling) {
    if (entry.isOpen()) {
      telling.run();
    } else if (held < MOST_HELD && !entry.isOverflowed()) {
      entry.hold(telling);
      held++;
    } else if (entry.isPresent() && !entry.readsArchive()) {
      openNow(entry);
      telling.run();
    } else {
      entry.overflow();
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
    if (!parts.rooms().isKnown(room)) {
      return;
    }
    RoomEntry entry = entry(room);
    Optional<Instant> earlier =
        entry.isHistoryDue()
            ? Stanzas.delayed(message).map(conversations::notLater)
            : Optional.empty();
    Resourcepart nick = from.getResourceOrNull();
    if (isSubject(message)) {
      subject(entry, message, earlier.isPresent());
    } else if (nick != null && isOurs(room, nick.toString())) {
      own(message, room, earlier);
    } else if (nick != null) {
      others(entry, message, nick.toString(), earlier);
    }
  }

  private void others(RoomEntry entry, Message message, String nick, Optional<Instant> earlier) {
    Jid from = message.getFrom();
    String room = from.asBareJid().toString();
    boolean isHistory = earlier.isPresent() && entry.isPresent();
    if (isHistory) {
      entry.heardHistory();
      if (!entry.isOpen() && !entry.wasMissed(earlier.get())) {
        return;
      }
    }
    // Who it is must be known now: the nick may be another's when the room is open.
    Delivery delivery = earlier.isPresent() ? Delivery.CATCH_UP : Delivery.LIVE;
    Optional<BareJid> real = earlier.isPresent() ? Optional.empty() : shownNow(room, nick);
    Member sender = parts.identity().occupant(Markup.clean(nick), real);
    Optional<String> author = parts.rooms().author(message, from, delivery);
    Optional<String> archiveId = Stanzas.stanzaId(message, room);
    Instant at = earlier.orElseGet(conversations::now);
    Runnable telling =
        () -> {
          // Before the room has told us our nick, what we said ourselves is not recognised.
          if (isOurs(room, nick)) {
            own(message, room, earlier);
          } else {
            publish(message, archiveId, at, delivery, sender, author);
          }
        };
    if (isHistory && !entry.readsArchive()) {
      telling.run();
    } else {
      hear(entry, telling);
    }
  }

  private static boolean isSubject(Message message) {
    return message.getSubject() != null && message.getBody() == null;
  }

  private void subject(RoomEntry entry, Message message, boolean isDated) {
    Jid from = message.getFrom();
    String room = from.asBareJid().toString();
    Resourcepart nick = from.getResourceOrNull();
    boolean isNews = entry.isHistoryOver() && !isDated;
    entry.heardSubject(isDated);
    confirmSubject(room, nick);
    if (!isNews || nick == null) {
      return;
    }
    Member who =
        isOurs(room, nick.toString())
            ? parts.identity().self(nick.toString())
            : parts
                .identity()
                .occupant(Markup.clean(nick.toString()), shownNow(room, nick.toString()));
    String subject = Markup.clean(Stanzas.orEmpty(message.getSubject()));
    publish(
        room,
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

  private void own(Message message, String room, Optional<Instant> earlier) {
    Optional<String> token = reflections.shown(message, room, earlier);
    Optional<String> archiveId = Stanzas.stanzaId(message, room);
    if (token.isPresent() && archiveId.isPresent()) {
      parts.references().rememberOwn(room, token.get(), archiveId.get());
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
            new InboundMessage(message, origin, place, sender.from(author.orElse("")), id, author),
            room,
            archiveId);
  }
}

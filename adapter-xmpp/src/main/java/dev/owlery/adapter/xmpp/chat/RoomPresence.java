package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.chat.XmppRooms.Occupant;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.api.event.MemberLeft.How;
import dev.owlery.api.event.MemberRenamed;
import dev.owlery.api.event.PresenceChanged;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smackx.muc.packet.MUCItem;
import org.jivesoftware.smackx.muc.packet.MUCOwner;
import org.jivesoftware.smackx.muc.packet.MUCUser;
import org.jivesoftware.smackx.xdata.packet.DataForm;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * Who comes into a room, goes, or is called otherwise, as the room tells it (XEP-0045 section 7).
 * For the thread that reads the connection.
 */
final class RoomPresence {
  private static final int SELF = 110;
  private static final int CREATED = 201;
  private static final int RENAMED = 303;
  private static final int BANNED = 301;
  private static final int MEMBERS_ONLY = 322;
  private static final int SHUTDOWN = 332;
  private static final Set<Integer> SENT_OUT =
      Set.of(BANNED, 307, 321, MEMBERS_ONLY, SHUTDOWN, 333);

  /** What a presence means to ourselves. */
  enum SelfPresence {
    /** Somebody else's. */
    OTHER,
    /** We are in. */
    WE_ARE_IN,
    /** We have left as we wanted. */
    WE_LEFT,
    /** We are out, and did not want that. */
    WE_WERE_SENT_OUT,
    /** There is no such room any more. */
    ROOM_IS_GONE
  }

  private final XmppSession session;
  private final SessionParts parts;
  private final XmppConversations conversations;
  private final MucMessages talk;
  private String lastReason = "";

  RoomPresence(XmppSession session, XmppConversations conversations, MucMessages talk) {
    this.session = session;
    this.parts = session.parts();
    this.conversations = conversations;
    this.talk = talk;
  }

  /** Why we were sent out the last time. */
  String lastReason() {
    return lastReason;
  }

  /**
   * Reads a presence from a room.
   *
   * @param presence available or unavailable
   * @return what it means to ourselves
   */
  SelfPresence read(Presence presence) {
    Jid from = presence.getFrom();
    Resourcepart nick = from.getResourceOrNull();
    if (nick == null) {
      return SelfPresence.OTHER;
    }
    MUCUser user = MUCUser.from(presence);
    Set<Integer> codes =
        user == null
            ? Set.of()
            : user.getStatus().stream()
                .map(MUCUser.Status::getCode)
                .collect(Collectors.toUnmodifiableSet());
    String room = from.asBareJid().toString();
    boolean isSelf = codes.contains(SELF) || nick.toString().equals(parts.rooms().nick(room));
    return switch (presence.getType()) {
      case available -> available(presence, nick.toString(), user, codes, isSelf);
      case unavailable -> gone(presence, nick.toString(), user, codes, isSelf);
      default -> SelfPresence.OTHER;
    };
  }

  private SelfPresence available(
      Presence presence, String nick, @Nullable MUCUser user, Set<Integer> codes, boolean isSelf) {
    BareJid address = presence.getFrom().asBareJid();
    String room = address.toString();
    dev.owlery.api.chat.Presence show = Presences.read(presence);
    Occupant now =
        new Occupant(
            nick,
            shown(user),
            Stanzas.occupantId(presence).orElse(""),
            show.name(),
            parts.rooms().stay(room, nick));
    Occupant before = parts.rooms().put(room, now);
    boolean wasIn = parts.rooms().isJoined(room);
    if (isSelf) {
      parts.rooms().joined(room, nick);
      if (codes.contains(CREATED)) {
        acceptDefaults(address);
      }
      if (!wasIn) {
        talk.entered(
            room,
            new MemberJoined(
                conversations.once(conversations.now()),
                conversations.room(address),
                parts.identity().self(nick)));
      }
      return SelfPresence.WE_ARE_IN;
    }
    if (wasIn && before == null) {
      talk.publish(
          room,
          new MemberJoined(
              conversations.once(conversations.now()),
              conversations.room(address),
              member(room, now)));
    } else if (wasIn && before != null && !before.show().equals(now.show())) {
      String status = Markup.clean(Stanzas.orEmpty(presence.getStatus())).replace('\n', ' ');
      talk.publish(
          room,
          new PresenceChanged(
              conversations.once(conversations.now()),
              conversations.room(address),
              member(room, now),
              show,
              status));
    }
    return SelfPresence.OTHER;
  }

  /** A room that did not exist before is locked until its owner is content with it. */
  private void acceptDefaults(BareJid room) {
    MUCOwner owner = new MUCOwner();
    owner.setTo(room);
    owner.setType(org.jivesoftware.smack.packet.IQ.Type.set);
    owner.addExtension(DataForm.builder(DataForm.Type.submit).build());
    var _ = session.request(owner);
  }

  private static Optional<Jid> shown(@Nullable MUCUser user) {
    return Optional.ofNullable(user).map(MUCUser::getItem).map(MUCItem::getJid);
  }

  private Member member(String room, Occupant occupant) {
    return parts
        .identity()
        .occupant(Markup.clean(occupant.nick()), parts.rooms().believed(room, occupant.real()));
  }

  private SelfPresence gone(
      Presence presence, String nick, @Nullable MUCUser user, Set<Integer> codes, boolean isSelf) {
    BareJid address = presence.getFrom().asBareJid();
    String room = address.toString();
    boolean wasIn = parts.rooms().isJoined(room);
    Occupant before = parts.rooms().remove(room, nick);
    MUCItem item = user == null ? null : user.getItem();
    if (codes.contains(RENAMED) && item != null && item.getNick() != null) {
      renamed(address, nick, item.getNick().toString(), before, isSelf);
      return SelfPresence.OTHER;
    }
    boolean isSentOut = codes.stream().anyMatch(SENT_OUT::contains);
    String reason = reason(presence, user);
    if (wasIn && (isSelf || before != null)) {
      Member who = isSelf || before == null ? parts.identity().self(nick) : member(room, before);
      talk.publish(
          room,
          new MemberLeft(
              conversations.once(conversations.now()),
              conversations.room(address),
              who,
              isSentOut ? How.KICKED : How.LEFT,
              reason));
    }
    if (!isSelf) {
      return SelfPresence.OTHER;
    }
    if (user != null && user.getDestroy() != null) {
      lastReason = RoomRefusal.destroyed(user.getDestroy()).reason();
      return SelfPresence.ROOM_IS_GONE;
    }
    lastReason = isSentOut ? sentOut(codes) + (reason.isEmpty() ? "" : ": " + reason) : reason;
    boolean isWanted = parts.rooms().isWanted(room);
    return isWanted ? SelfPresence.WE_WERE_SENT_OUT : SelfPresence.WE_LEFT;
  }

  /** Section 15.6.2 of the specification. */
  private static String sentOut(Set<Integer> codes) {
    if (codes.contains(BANNED)) {
      return "banned from the room";
    }
    if (codes.contains(MEMBERS_ONLY)) {
      return "sent out, since the room is for members only now";
    }
    return codes.contains(SHUTDOWN) ? "sent out, since the service is shut down" : "sent out";
  }

  private void renamed(
      BareJid address, String nick, String newNick, @Nullable Occupant before, boolean isSelf) {
    String room = address.toString();
    Conversation where = conversations.room(address);
    if (isSelf) {
      parts.rooms().joined(room, newNick);
    }
    if (before == null) {
      return;
    }
    Occupant after =
        new Occupant(newNick, before.shown(), before.occupantId(), before.show(), before.stay());
    Occupant _ = parts.rooms().put(room, after);
    Member old = isSelf ? parts.identity().self(nick) : member(room, before);
    Member young = isSelf ? parts.identity().self(newNick) : member(room, after);
    talk.publish(
        room, new MemberRenamed(conversations.once(conversations.now()), where, old, young));
  }

  private static String reason(Presence presence, @Nullable MUCUser user) {
    MUCItem item = user == null ? null : user.getItem();
    String given = item == null ? "" : Stanzas.orEmpty(item.getReason());
    String text = given.isEmpty() ? Stanzas.orEmpty(presence.getStatus()) : given;
    return XmppErrorText.line(text);
  }
}

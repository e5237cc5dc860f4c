package dev.owlery.adapter.irc;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.api.event.MemberRenamed;
import dev.owlery.api.event.Origin;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.api.event.SubjectChanged;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the book of who is where, and makes events of comings and goings. For the thread that reads
 * the connection.
 */
final class IrcMembership {

  /** What the session does about it. */
  interface MembershipListener {
    /**
     * We have come into a room.
     *
     * @param room its folded name
     * @param lastSeen the newest that is recorded of it, if anything
     */
    void cameIn(String room, Optional<Instant> lastSeen);

    /**
     * We are no longer in a room.
     *
     * @param room its folded name
     * @param kicked whether somebody threw us out
     */
    void wentOut(String room, boolean kicked);

    /** We have another nick. */
    void renamed();

    /**
     * A nick has become free.
     *
     * @param nick the nick
     */
    void nickFreed(String nick);
  }

  private final AccountId account;
  private final SessionFacts facts;
  private final IrcRooms rooms;
  private final IrcIdentity identity;
  private final Origins origins;
  private final CatchUp catchUp;
  private final MembershipListener listener;

  IrcMembership(IrcInbound.InboundParts parts, MembershipListener listener) {
    this.account = parts.account();
    this.facts = parts.facts();
    this.rooms = parts.rooms();
    this.identity = parts.identity();
    this.origins = parts.origins();
    this.catchUp = parts.catchUp();
    this.listener = listener;
  }

  private Conversation where(String room) {
    return Conversation.room(account, rooms.fold(IrcMarkup.name(room)));
  }

  private Origin origin(IrcLine line, String place) {
    return origins.of(line, Delivery.LIVE, place);
  }

  /** Who did it: with an identity if the line has one, or ourselves. */
  private Member actor(IrcLine line) {
    return facts.isOurs(line.sender().nick())
        ? identity.self(facts.nick(), facts.account())
        : identity.sender(line);
  }

  private Member known(IrcPrefix prefix) {
    if (facts.isOurs(prefix.nick())) {
      return identity.self(facts.nick(), facts.account());
    }
    return identity.member(
        rooms
            .find(prefix.nick())
            .orElseGet(() -> new IrcRooms.RoomMember(prefix, Optional.empty())));
  }

  /** JOIN, perhaps with account and real name behind the room (IRCv3 extended-join). */
  void join(IrcLine line) {
    String room = rooms.fold(line.param(0));
    IrcPrefix prefix = line.sender();
    boolean isSelf = facts.isOurs(prefix.nick());
    if (isSelf) {
      rooms.joined(IrcMarkup.name(line.param(0)));
    }
    rooms.entered(room, new IrcRooms.RoomMember(prefix, servicesAccount(line.param(1))));
    MemberJoined joined = new MemberJoined(origin(line, room), where(room), actor(line));
    if (isSelf) {
      listener.cameIn(room, catchUp.joined(joined));
    } else {
      catchUp.publish(joined);
    }
  }

  private static Optional<String> servicesAccount(String shown) {
    boolean none = shown.isEmpty() || shown.equals("*") || shown.equals("0");
    return none ? Optional.empty() : Optional.of(shown);
  }

  void part(IrcLine line) {
    String room = rooms.fold(line.param(0));
    leave(line, room, line.sender(), MemberLeft.How.LEFT, line.param(1));
  }

  void kick(IrcLine line) {
    String room = rooms.fold(line.param(0));
    IrcPrefix victim = new IrcPrefix(line.param(1), "", "");
    String by = line.sender().nick();
    String reason = "kicked by " + by + (line.params().size() > 2 ? ": " + line.param(2) : "");
    leave(line, room, victim, MemberLeft.How.KICKED, reason);
  }

  private void leave(IrcLine line, String room, IrcPrefix who, MemberLeft.How how, String reason) {
    String shown = IrcMarkup.plain(reason);
    Member member = known(who);
    boolean kicked = how == MemberLeft.How.KICKED;
    rooms.gone(room, who.nick());
    if (member.isSelf()) {
      rooms.out(room, kicked ? shown : "left");
    }
    catchUp.publish(new MemberLeft(origin(line, room), where(room), member, how, shown));
    if (member.isSelf()) {
      listener.wentOut(room, kicked);
    }
  }

  void quit(IrcLine line) {
    IrcPrefix who = line.sender();
    Member member = known(who);
    for (String room : rooms.roomsOf(who.nick())) {
      rooms.gone(room, who.nick());
      catchUp.publish(
          new MemberLeft(
              origin(line, room),
              where(room),
              member,
              MemberLeft.How.QUIT,
              IrcMarkup.plain(line.text())));
    }
    freed(who.nick());
  }

  void nick(IrcLine line) {
    IrcPrefix before = line.sender();
    IrcPrefix after = new IrcPrefix(line.param(0), before.user(), before.host());
    Member was = known(before);
    Optional<String> services = rooms.find(before.nick()).flatMap(IrcRooms.RoomMember::account);
    if (facts.isOurs(before.nick())) {
      facts.nick(after.nick());
    }
    rooms.changed(before.nick(), new IrcRooms.RoomMember(after, services));
    Member is = known(after);
    for (String room : rooms.roomsOf(after.nick())) {
      catchUp.publish(new MemberRenamed(origin(line, room), where(room), was, is));
    }
    if (is.isSelf()) {
      listener.renamed();
    } else if (!rooms.fold(before.nick()).equals(rooms.fold(after.nick()))) {
      freed(before.nick());
    }
  }

  private void freed(String nick) {
    identity.freed(nick);
    listener.nickFreed(nick);
  }

  /** ACCOUNT: somebody has logged in to their services account, or out of it. */
  void account(IrcLine line) {
    Optional<String> services = servicesAccount(line.param(0));
    IrcPrefix who = line.sender();
    if (facts.isOurs(who.nick())) {
      facts.account(services);
    }
    rooms.changed(who.nick(), new IrcRooms.RoomMember(who, services));
  }

  /** CHGHOST: somebody has another user name or host. */
  void host(IrcLine line) {
    IrcPrefix who = line.sender();
    Optional<String> services = rooms.find(who.nick()).flatMap(IrcRooms.RoomMember::account);
    IrcPrefix now = new IrcPrefix(who.nick(), line.param(0), line.param(1));
    rooms.changed(who.nick(), new IrcRooms.RoomMember(now, services));
  }

  void topic(IrcLine line) {
    String room = rooms.fold(line.param(0));
    catchUp.publish(
        new SubjectChanged(
            origin(line, room), where(room), actor(line), IrcMarkup.plain(line.param(1))));
  }

  /** 353: the names in a room. */
  void names(IrcLine line) {
    for (String shown : line.text().split(" ", -1)) {
      IrcPrefix who = IrcPrefix.parse(facts.features().withoutRank(shown));
      if (!who.nick().isEmpty()) {
        rooms.listed(line.param(2), new IrcRooms.RoomMember(who, Optional.empty()));
      }
    }
  }

  /** 354: the account of a member, asked for with {@code WHO #room %tna,77}. */
  void whoAccount(IrcLine line) {
    rooms
        .find(line.param(2))
        .ifPresent(person ->
            rooms.changed(
                line.param(2),
                new IrcRooms.RoomMember(person.prefix(), servicesAccount(line.param(3)))));
  }

  /** The server has sent what it keeps of a room. */
  void historyIsOver(String room) {
    catchUp.flush(where(room));
  }
}

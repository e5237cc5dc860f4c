package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.chat.XmppRooms.Occupant;
import dev.owlery.adapter.xmpp.chat.XmppRooms.Wanted;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppSettings.Invitations;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.spi.RejoinBackoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.muc.packet.GroupChatInvitation;
import org.jivesoftware.smackx.muc.packet.MUCInitialPresence;
import org.jivesoftware.smackx.muc.packet.MUCUser;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

/**
 * Goes into rooms and out of them, notices when a room has forgotten us (XEP-0410), and goes back.
 * Presences come on the reading thread; the rest may be called from any thread.
 */
public final class MucMembership {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int MOST_NICKS = 5;
  private static final Duration LONGEST_AWAY = Duration.ofMinutes(10);

  /** A room that we are going into. */
  private record PendingEntry(
      Wanted room, String nick, int attempt, Instant since, CompletableFuture<Outcome> outcome) {}

  private final XmppSession session;
  private final SessionParts parts;
  private final XmppConversations conversations;
  private final RoomPresence presences;
  private final RoomPing ping;
  private final Map<String, PendingEntry> entering = new ConcurrentHashMap<>();
  private final Map<String, Instant> comeBack = new ConcurrentHashMap<>();
  private final Map<String, String> challenged = new ConcurrentHashMap<>();
  private final RejoinBackoff backoff;

  MucMembership(XmppSession session, XmppConversations conversations, MucMessages talk) {
    this.session = session;
    this.parts = session.parts();
    this.conversations = conversations;
    this.presences = new RoomPresence(session, conversations, talk);
    this.ping = new RoomPing(session, this::lost);
    Duration rejoin = parts.settings().retry().rejoin();
    this.backoff =
        new RejoinBackoff(
            rejoin,
            rejoin.compareTo(LONGEST_AWAY) > 0 ? rejoin : LONGEST_AWAY,
            () -> ThreadLocalRandom.current().nextLong(),
            parts.context().clock());
  }

  String wantedNick() {
    return parts
        .settings()
        .nick()
        .orElseGet(() -> parts.identity().own().getLocalpart().toString());
  }

  /**
   * Goes into a room.
   *
   * @param room which
   * @param since from when on the room is to tell what was said; empty for nothing of the past
   * @return what becomes of it
   */
  CompletableFuture<Outcome> enter(Wanted room, Optional<Instant> since) {
    PendingEntry attempt =
        new PendingEntry(room, wantedNick(), 1, conversations.now(), new CompletableFuture<>());
    PendingEntry running = entering.putIfAbsent(room.address(), attempt);
    if (running != null) {
      return running.outcome();
    }
    knock(attempt, since);
    return attempt.outcome();
  }

  private void knock(PendingEntry attempt, Optional<Instant> since) {
    String address = attempt.room().address();
    parts.rooms().entering(address, attempt.nick());
    EntityBareJid room = XmppIdentity.account(address);
    MUCInitialPresence hello =
        new MUCInitialPresence(
            attempt.room().password().orElse(null),
            -1,
            since.isPresent() ? -1 : 0,
            -1,
            since.map(Date::from).orElse(null));
    session.sendUnconfirmed(
        StanzaBuilder.buildPresence()
            .to(JidCreate.entityFullFrom(room, XmppIdentity.nick(attempt.nick())))
            .addExtension(hello)
            .build());
  }

  /**
   * A presence has come.
   *
   * @param presence the presence
   * @return true if it came from a room
   */
  boolean presence(Presence presence) {
    Jid from = presence.getFrom();
    String room = from.asBareJid().toString();
    if (!parts.rooms().isKnown(room)) {
      return false;
    }
    if (presence.getType() == Presence.Type.error) {
      refused(room, presence.getError());
      return true;
    }
    switch (presences.read(presence)) {
      case OTHER -> {}
      case WE_ARE_IN -> entered(room);
      case WE_LEFT -> out(room, "left", false);
      case WE_WERE_SENT_OUT -> out(room, presences.lastReason(), true);
      case ROOM_IS_GONE -> gone(room, presences.lastReason());
    }
    return true;
  }

  private void entered(String room) {
    PendingEntry attempt = entering.remove(room);
    challenged.remove(room);
    ping.heard(room);
    if (attempt != null && attempt.outcome().complete(Outcome.DELIVERED)) {
      backoff.entered(room);
      comeBack.remove(room);
      parts.changed().run();
    } else {
      // Nobody waits for this any more; what was missed is read when we go in once more.
      comeBack.computeIfPresent(room, (same, later) -> conversations.now());
    }
  }

  /** Goes into a room once more after a pause: what was missed was not read. */
  void again(String room, Duration pause) {
    comeBack.put(room, conversations.now().plus(pause));
  }

  private void refused(String room, @Nullable StanzaError error) {
    PendingEntry attempt = entering.get(room);
    if (attempt == null) {
      return;
    }
    boolean isTaken = error != null && error.getCondition() == StanzaError.Condition.conflict;
    if (isTaken && attempt.attempt() < MOST_NICKS) {
      PendingEntry next =
          new PendingEntry(
              attempt.room(),
              attempt.nick() + "_",
              attempt.attempt() + 1,
              attempt.since(),
              attempt.outcome());
      entering.put(room, next);
      knock(next, Optional.empty());
      return;
    }
    entering.remove(room);
    RoomRefusal refusal =
        RoomRefusal.of(error, own(), attempt.room().password().isPresent(), attempt.nick());
    if (refusal.isFinal()) {
      comeBack.remove(room);
      parts.rooms().closed(room, refusal.reason());
    } else {
      parts.rooms().out(room, refusal.reason());
      comeBackLater(room);
    }
    attempt.outcome().complete(Outcome.refused(refusal.reason()));
    parts.changed().run();
  }

  private String own() {
    return parts.identity().own().toString();
  }

  /** What a room has refused it will hardly grant a moment later. */
  private void comeBackLater(String room) {
    Duration least = parts.settings().retry().longest();
    Duration pause = backoff.next(room);
    comeBack.put(room, conversations.now().plus(pause.compareTo(least) < 0 ? least : pause));
  }

  private void gone(String room, String reason) {
    out(room, reason, false);
    comeBack.remove(room);
    parts.rooms().closed(room, reason);
    parts.changed().run();
  }

  /**
   * A room that we are going into asks for something that only a person can do (XEP-0158).
   *
   * @param message perhaps such a message
   * @return true if it was one
   */
  boolean challenge(Message message) {
    String room = message.getFrom().asBareJid().toString();
    PendingEntry attempt = entering.get(room);
    if (attempt == null || !Stanzas.has(message, "captcha", "urn:xmpp:captcha")) {
      return false;
    }
    RoomRefusal refusal = RoomRefusal.captcha(Stanzas.orEmpty(message.getBody()), own());
    challenged.put(room, refusal.reason());
    parts.rooms().out(room, refusal.reason());
    comeBackLater(room);
    attempt.outcome().complete(Outcome.refused(refusal.reason()));
    parts.changed().run();
    return true;
  }

  private void out(String room, String reason, boolean mayComeBack) {
    parts.rooms().out(room, reason);
    conversations.talk().left(room);
    session.confirmations().left(room, "not in the room any more: " + reason);
    if (mayComeBack && parts.rooms().isWanted(room)) {
      comeBack.put(room, conversations.now().plus(backoff.next(room)));
    }
    parts.changed().run();
  }

  /** A room does not know us any more, though nobody has said so. */
  private void lost(String room) {
    if (parts.rooms().isJoined(room)) {
      out(room, "the room has forgotten us", true);
      comeBack.put(room, conversations.now());
    }
  }

  /**
   * Leaves a room.
   *
   * @param room its address
   * @param reason what to say of it
   */
  public void leave(String room, String reason) {
    String nick = parts.rooms().nick(room);
    parts.rooms().unwant(room);
    comeBack.remove(room);
    if (parts.rooms().isJoined(room)) {
      var goodbye =
          StanzaBuilder.buildPresence()
              .ofType(Presence.Type.unavailable)
              .to(JidCreate.entityFullFrom(XmppIdentity.account(room), XmppIdentity.nick(nick)));
      String line = Markup.clean(reason).replace('\n', ' ').strip();
      if (!line.isEmpty()) {
        goodbye.setStatus(line);
      }
      session.sendUnconfirmed(goodbye.build());
    }
  }

  /**
   * Somebody asks us to come into a room, by the room or directly (XEP-0249).
   *
   * @param message perhaps such a message
   * @return true if it was one
   */
  boolean invitation(Message message) {
    GroupChatInvitation direct = GroupChatInvitation.from(message);
    MUCUser mediated = MUCUser.from(message);
    String room;
    Optional<String> password;
    if (direct != null) {
      room = Stanzas.orEmpty(direct.getRoomAddress());
      password = Optional.empty();
    } else if (mediated != null && mediated.getInvite() != null) {
      room = message.getFrom().asBareJid().toString();
      password = Optional.ofNullable(mediated.getPassword());
    } else {
      return false;
    }
    boolean isWelcome =
        parts.settings().invitations() == Invitations.ACCEPT
            && XmppIdentity.isAccount(room)
            && !parts.rooms().isKnown(XmppIdentity.account(room).toString());
    if (isWelcome) {
      String address = XmppIdentity.account(room).toString();
      parts.rooms().want(address, password, false);
      conversations.lobby().enterSoon(new Wanted(address, password));
    }
    return true;
  }

  /** Comes back where it is time, and asks the rooms whether we are still there. */
  void watch() {
    Instant now = conversations.now();
    comeBack.forEach((room, due) -> {
      if (!due.isAfter(now) && comeBack.remove(room, due)) {
        parts.rooms().wanted(room).ifPresent(conversations.lobby()::enterSoon);
      }
    });
    entering.forEach((room, attempt) -> {
      if (attempt.since().plus(PATIENCE).isBefore(now) && entering.remove(room, attempt)) {
        String asked = challenged.remove(room);
        String reason = asked == null ? "the room does not answer" : asked;
        parts.rooms().out(room, reason);
        comeBackLater(room);
        attempt.outcome().complete(new Outcome.Doubtful(reason));
        parts.changed().run();
      }
    });
    ping.watch();
  }

  /** The connection is gone: who waits to be let in waits in vain. */
  void closed(String reason) {
    entering.values().forEach(each -> each.outcome().complete(new Outcome.Doubtful(reason)));
    entering.clear();
  }

  /** Who is behind a nick. */
  Optional<Occupant> occupant(String room, String nick) {
    return parts.rooms().occupant(room, nick);
  }
}

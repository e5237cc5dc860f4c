package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.chat.XmppRooms.Wanted;
import dev.owlery.adapter.xmpp.link.Discovery;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.event.Origin;
import dev.owlery.spi.EngineThreads;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.jxmpp.jid.BareJid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes us into rooms without missing anything on the way: reads the room's archive, goes in, reads
 * what was said in between, and only then lets what is said now be told. A room without an archive
 * is asked for its history instead. Each room has a thread of its own for this.
 */
public final class MucStartup {
  /** How long a room may take to answer a question; any answer will do. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** Longer than this nobody waits for the end of a history. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private static final int MOST_READINGS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(MucStartup.class);

  private final XmppSession session;
  private final XmppConversations conversations;
  private final SessionParts parts;
  private final Archive archive;
  private final MucMessages talk;
  private final MucMembership door;

  MucStartup(
      XmppSession session,
      XmppConversations conversations,
      Archive archive,
      MucMessages talk,
      MucMembership door) {
    this.session = session;
    this.conversations = conversations;
    this.parts = session.parts();
    this.archive = archive;
    this.talk = talk;
    this.door = door;
  }

  /**
   * Goes into all rooms where the account should be, and waits for the answers.
   *
   * @throws IOException if the connection ends
   * @throws InterruptedException if the account is closed
   */
  void enterAll() throws IOException, InterruptedException {
    List<CompletableFuture<Outcome>> all = new ArrayList<>();
    for (Wanted room : parts.rooms().missing()) {
      all.add(enter(room));
    }
    for (CompletableFuture<Outcome> each : all) {
      // The door has more patience with a room than this has with an answer.
      Outcome _ =
          session.await(each.completeOnTimeout(new Outcome.Doubtful("late"), 8, TimeUnit.SECONDS));
    }
  }

  /** Goes into a room; what becomes of it is seen in the room's state. */
  void enterSoon(Wanted room) {
    var _ = enter(room);
  }

  /**
   * Goes into a room.
   *
   * @param room which
   * @return what becomes of it
   */
  public CompletableFuture<Outcome> enter(Wanted room) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    try {
      EngineThreads.start("xmpp-lobby", () -> enter(room, outcome));
    } catch (OutOfMemoryError noThread) {
      failed(room, outcome, noThread);
    }
    return outcome;
  }

  /** The boundary for whatever keeps us out of a room: we come back, and who waits hears of it. */
  private void enter(Wanted room, CompletableFuture<Outcome> outcome) {
    try {
      outcome.complete(enterNow(room));
    } catch (IOException broken) {
      door.again(room.address(), Duration.ZERO);
      outcome.complete(new Outcome.Doubtful(XmppErrorText.trouble(broken)));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      outcome.complete(new Outcome.Doubtful("closed"));
    } catch (Throwable fault) {
      failed(room, outcome, fault);
    }
  }

  private void failed(Wanted room, CompletableFuture<Outcome> outcome, Throwable fault) {
    Duration pause = parts.settings().retry().longest();
    door.again(room.address(), pause);
    outcome.complete(new Outcome.Doubtful("internal error: " + fault.getClass().getSimpleName()));
    String address = XmppErrorText.line(room.address());
    LOG.warn("{} was not entered for an internal error; next attempt in {}", address, pause, fault);
  }

  private Outcome enterNow(Wanted room) throws IOException, InterruptedException {
    String name = room.address();
    BareJid address = XmppIdentity.account(name);
    archive.mayHaveGap(address);
    discover(address);
    boolean isKept = parts.marks().mark(name).isPresent() && archive.catchUp(address);
    Optional<Instant> seen = isKept ? Optional.empty() : lastSeen(address);
    Instant missedSince = conversations.byRoomsClock(seen.orElseGet(conversations::now));
    RoomEntry entry = talk.begin(name, missedSince, isKept);
    Outcome outcome = session.await(door.enter(room, seen.map(this::historySince)));
    if (!parts.rooms().isJoined(name)) {
      return outcome;
    }
    awaitHistory(address, entry);
    if (isKept) {
      readArchive(address, entry);
    } else {
      if (parts.marks().mark(name).isEmpty()) {
        archive.rememberEnd(address);
      }
      archive.gapless(address);
    }
    talk.open(name, entry);
    return outcome;
  }

  /**
   * A room that does not announce the ids of occupants passes on what its occupants have written
   * (XEP-0421 section 6). One that does not exist yet will be like its service.
   */
  private void discover(BareJid room) throws IOException, InterruptedException {
    Discovery discovery = new Discovery(session);
    Set<String> ofRoom = discovery.features(room);
    boolean isClear =
        ofRoom.contains(Stanzas.OCCUPANT_ID) && ofRoom.contains(RoomReflections.STABLE_ID);
    Set<String> ofService = isClear ? Set.of() : discovery.features(room.asDomainBareJid());
    String name = room.toString();
    parts
        .rooms()
        .tellsOccupants(
            name, ofRoom.contains(Stanzas.OCCUPANT_ID) || ofService.contains(Stanzas.OCCUPANT_ID));
    talk.reflections()
        .entering(
            name,
            ofRoom.contains(RoomReflections.STABLE_ID)
                || ofService.contains(RoomReflections.STABLE_ID));
  }

  /**
   * Waits until the room has sent its history: it ends with the subject. A room that has none is
   * asked something; when it has answered, and nothing more comes, that was all.
   */
  private void awaitHistory(BareJid room, RoomEntry entry)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Ping question = new Ping(room);
    boolean _ =
        session.await(
            session
                .request(question)
                .handle((answer, error) -> true)
                .completeOnTimeout(true, ANSWER.toMillis(), TimeUnit.MILLISECONDS));
    talk.answered(entry);
    while (!entry.historyOver().isDone()) {
      Duration quiet = talk.quietLeft(entry);
      if (quiet.isNegative() || System.nanoTime() - begun > LONGEST.toNanos()) {
        talk.endHistory(entry);
      } else {
        session.await(
            entry
                .historyOver()
                .copy()
                .completeOnTimeout(null, quiet.toMillis() + 1, TimeUnit.MILLISECONDS));
      }
    }
  }

  /** What was too much to be held meanwhile is read with the next reading. */
  private void readArchive(BareJid room, RoomEntry entry) throws IOException, InterruptedException {
    int readings = 0;
    do {
      talk.forgetOverflow(entry);
      boolean _ = archive.catchUp(room);
      readings++;
    } while (talk.isOverflowed(entry) && readings < MOST_READINGS);
    if (!talk.isOverflowed(entry)) {
      archive.gapless(room);
    }
  }

  private Optional<Instant> lastSeen(BareJid room) {
    return parts.context().lastSeen(parts.identity().room(room)).map(Origin::at);
  }

  /** The history also shows which of our own messages have come, if that is in doubt. */
  private Instant historySince(Instant seen) {
    Instant since =
        parts.context().inDoubtSince().filter(doubt -> doubt.isBefore(seen)).orElse(seen);
    return conversations.byRoomsClock(since);
  }
}

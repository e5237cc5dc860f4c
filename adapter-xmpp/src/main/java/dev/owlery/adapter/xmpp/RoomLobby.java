package dev.owlery.adapter.xmpp;

import dev.owlery.adapter.xmpp.XmppRooms.Wanted;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.event.Origin;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jxmpp.jid.BareJid;

/**
 * Takes us into rooms without missing anything on the way: reads the room's archive, goes in, reads
 * what was said in between, and only then lets what is said now be told. A room without an archive
 * is asked for its history instead. Each room has a thread of its own for this.
 */
final class RoomLobby {
  private final XmppSession session;
  private final SessionParts parts;
  private final Archive archive;
  private final RoomTalk talk;
  private final RoomDoor door;

  RoomLobby(XmppSession session, Archive archive, RoomTalk talk, RoomDoor door) {
    this.session = session;
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
          session.await(
              each.completeOnTimeout(
                  new Outcome.Doubtful("late"), 8, java.util.concurrent.TimeUnit.SECONDS));
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
  CompletableFuture<Outcome> enter(Wanted room) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread _ =
        Thread.ofVirtual()
            .name("xmpp-lobby")
            .start(() -> {
              try {
                outcome.complete(enterNow(room));
              } catch (IOException broken) {
                outcome.complete(new Outcome.Doubtful(Shown.trouble(broken)));
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                outcome.complete(new Outcome.Doubtful("closed"));
              }
            });
    return outcome;
  }

  private Outcome enterNow(Wanted room) throws IOException, InterruptedException {
    BareJid address = XmppIdentity.account(room.address());
    archive.mayHaveGap(address);
    parts.rooms().tellsOccupants(room.address(), tellsOccupants(address));
    boolean isKept = parts.marks().mark(room.address()).isPresent() && archive.catchUp(address);
    if (!isKept) {
      Outcome outcome = session.await(door.enter(room, lastSeen(address)));
      if (parts.marks().mark(room.address()).isEmpty() && parts.rooms().isJoined(room.address())) {
        archive.rememberEnd(address);
      }
      archive.gapless(address);
      return outcome;
    }
    talk.hold(room.address());
    try {
      Outcome outcome = session.await(door.enter(room, Optional.empty()));
      boolean _ = archive.catchUp(address);
      if (parts.rooms().isJoined(room.address())) {
        archive.gapless(address);
      }
      return outcome;
    } finally {
      talk.release(room.address());
    }
  }

  /**
   * A room that does not announce this passes on what its occupants have written (XEP-0421 section
   * 6). One that does not exist yet will be like its service.
   */
  private boolean tellsOccupants(BareJid room) throws IOException, InterruptedException {
    Discovery discovery = new Discovery(session);
    return discovery.features(room).contains(Stanzas.OCCUPANT_ID)
        || discovery.features(room.asDomainBareJid()).contains(Stanzas.OCCUPANT_ID);
  }

  private Optional<Instant> lastSeen(BareJid room) {
    return parts
        .context()
        .lastSeen(parts.identity().room(room))
        .map(Origin::at)
        .map(at -> at.minusSeconds(2));
  }
}

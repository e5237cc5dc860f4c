package dev.owlery.core.journal;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.Origin;
import dev.owlery.core.journal.Tables.RoomRow;
import dev.owlery.spi.BoundedMap;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest event of each of the 10,000 rooms and direct chats that were heard last: those of
 * strangers who come and go do not add up for ever. Kept in memory and noted in the database now
 * and then only: what was recorded since is found in the inbox at the next start. Reading is for
 * any thread, the rest for the writer's.
 */
final class RoomCursors {

  private static final int MOST = 10_000;

  /** From when on a conversation is read again whose own cursor cannot be right. */
  private static final Duration REREAD = Duration.ofDays(1);

  /** A clock that was put right meanwhile has not made a cursor wrong. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<String, Origin> newest = BoundedMap.leastRecentlyUsed(MOST);
  private final Map<String, RoomRow> changed = new HashMap<>();

  /** Cursors ahead of our clock, as versions that believed every stamp have left them. */
  private final List<RoomRow> unsound = new ArrayList<>();

  RoomCursors(Clock clock) {
    this.clock = clock;
  }

  Optional<Origin> newest(Conversation where) {
    synchronized (newest) {
      return Optional.ofNullable(newest.get(where.address()));
    }
  }

  /** Takes what the database holds. */
  void load(RoomRow row) {
    if (isSound(row)) {
      put(row);
    } else {
      unsound.add(row);
    }
  }

  /** Takes what an earlier process has recorded since it noted the rooms. */
  void loadNewer(RoomRow row) {
    if (isSound(row)) {
      seen(row);
    } else {
      unsound.add(row);
    }
  }

  private boolean isSound(RoomRow row) {
    return !row.origin().at().isAfter(clock.instant().plus(TOLERANCE));
  }

  /**
   * All is loaded. A cursor that was ahead of our clock is set back to the account's newest sound
   * one, a day at most: what is read again is recognised by its keys.
   */
  void loaded() {
    Instant earliest = clock.instant().minus(REREAD);
    for (RoomRow row : unsound) {
      if (!isKnown(row)) {
        Instant at = newestOf(row.account());
        Origin back =
            new Origin(
                row.origin().key(), at.isAfter(earliest) ? at : earliest, row.origin().delivery());
        seen(new RoomRow(row.account(), row.room(), back));
      }
    }
    unsound.clear();
  }

  private boolean isKnown(RoomRow row) {
    synchronized (newest) {
      return newest.containsKey(row.address());
    }
  }

  private Instant newestOf(String account) {
    synchronized (newest) {
      return newest.entrySet().stream()
          .filter(entry -> entry.getKey().startsWith(account + "/"))
          .map(entry -> entry.getValue().at())
          .max(Instant::compareTo)
          .orElse(Instant.EPOCH);
    }
  }

  /**
   * The origin of an event that is about to be recorded, as it moves the room's cursor.
   *
   * @param address the room's
   * @param event the event's origin
   */
  Origin cursor(String address, Origin event) {
    synchronized (newest) {
      return RoomCursor.after(newest.get(address), event, clock.instant());
    }
  }

  /** An event was recorded, and the room's cursor stands behind it. */
  void seen(RoomRow row) {
    RoomRow cursor = new RoomRow(row.account(), row.room(), cursor(row.address(), row.origin()));
    put(cursor);
    changed.put(row.address(), cursor);
  }

  private void put(RoomRow row) {
    synchronized (newest) {
      newest.put(row.address(), row.origin());
    }
  }

  /** Notes what has changed; to be followed by {@link #noted} when that is durable. */
  void note(Tables tables) throws SQLException {
    for (RoomRow row : changed.values()) {
      tables.putRoom(row);
    }
    if (!changed.isEmpty()) {
      tables.pruneRooms(MOST);
    }
  }

  void noted() {
    changed.clear();
  }
}

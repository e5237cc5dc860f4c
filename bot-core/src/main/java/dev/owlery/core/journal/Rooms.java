package dev.owlery.core.journal;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.Origin;
import dev.owlery.core.journal.Tables.RoomRow;
import dev.owlery.spi.BoundedMap;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest event of each room. Kept in memory and noted in the database now and then only: what
 * was recorded since is found in the inbox at the next start. Reading is for any thread, the rest
 * for the writer's.
 */
final class Rooms {

  private static final int MOST = 10_000;

  private final Map<String, Origin> newest = BoundedMap.leastRecentlyUsed(MOST);
  private final Map<String, RoomRow> changed = new HashMap<>();

  Optional<Origin> newest(Conversation where) {
    synchronized (newest) {
      return Optional.ofNullable(newest.get(where.address()));
    }
  }

  /** Takes what the database holds. */
  void load(RoomRow row) {
    put(row);
  }

  /** Takes what is newer than the database's. */
  void seen(RoomRow row) {
    put(row);
    changed.put(row.address(), row);
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
  }

  void noted() {
    changed.clear();
  }
}

package dev.owlery.core.journal;

import dev.owlery.core.journal.AttemptTable.DeadRow;
import dev.owlery.core.journal.EventAttempts.SetAsideEvent;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.journal.Journal.Recovery;
import dev.owlery.core.journal.Tables.ActionRow;
import dev.owlery.core.journal.Tables.EventRow;
import dev.owlery.core.journal.Tables.RoomRow;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the writer knows beside the database: the numbers that come next, the events that are not
 * done, the newest event of each room. Belongs to the writer's thread.
 */
final class WriterState {

  /** After so many events the book is noted. */
  private static final int EVENTS_PER_SAVE = 2_048;

  private static final int LOST_MOST = 10_000;

  /** So many events that were put aside are kept. */
  private static final int DEAD_MOST = 10_000;

  private static final Logger log = LoggerFactory.getLogger(SqliteJournal.class);

  final Tables tables;
  final RoomCursors rooms;
  final EventKeys keys;
  final JournalCodec codec;
  private final Clock clock;
  private final StoreId id;
  private final IdSequence events;
  private final IdSequence actions;

  /** Only of what an earlier process left: a bounded number. */
  private final Set<Long> marked = new HashSet<>();

  private final Set<Long> lost = new LinkedHashSet<>();
  private int sinceSave;

  WriterState(Tables tables, RoomCursors rooms, JournalCodec codec, Clock clock)
      throws SQLException {
    this.tables = tables;
    this.rooms = rooms;
    this.codec = codec;
    this.clock = clock;
    tables.begin();
    Optional<String> known = tables.meta("store");
    this.id = known.map(StoreId::new).orElseGet(StoreId::random);
    if (known.isEmpty()) {
      tables.meta("store", id.value());
    }
    this.events = new IdSequence(tables, "events");
    this.actions = new IdSequence(tables, "actions");
    this.keys = new EventKeys(tables);
    tables.commit();
  }

  /** Reads what an earlier process left; puts events aside that have ended it too often. */
  Recovery recover() throws SQLException {
    tables.begin();
    Map<Long, Integer> attempts =
        tables.attempts.putAside(EventAttempts.MOST, DEAD_MOST, clock.millis());
    tables.commit();
    marked.addAll(attempts.keySet());
    tables.rooms().forEach(rooms::load);
    long noted = tables.meta("noted").map(Long::parseLong).orElse(0L);
    for (RoomRow row : tables.origins(noted + 1)) {
      rooms.loadNewer(row);
      keys.load(row.account(), row.origin().key());
    }
    rooms.loaded();
    List<Journal.InboxEntry> unfinished = new ArrayList<>();
    for (EventRow row : tables.unfinished()) {
      try {
        unfinished.add(new Journal.InboxEntry(row.number(), codec.readEvent(row.payload())));
      } catch (IOException e) {
        log.error(
            "event {} of an earlier process cannot be read and is left alone", row.number(), e);
      }
    }
    List<OutboxEntry> unsettled = new ArrayList<>();
    for (ActionRow row : tables.actions()) {
      entry(row).ifPresent(unsettled::add);
    }
    return new Recovery(
        List.copyOf(unfinished),
        List.copyOf(unsettled),
        Map.copyOf(attempts),
        dead(tables.attempts.untold()));
  }

  /** The events of rows; without those that cannot be read, which is logged. */
  List<SetAsideEvent> dead(List<DeadRow> rows) {
    List<SetAsideEvent> events = new ArrayList<>();
    for (DeadRow row : rows) {
      try {
        events.add(
            new SetAsideEvent(
                row.number(),
                codec.readEvent(row.payload()),
                row.attempts(),
                row.handler(),
                Instant.ofEpochMilli(row.since())));
      } catch (IOException e) {
        log.error("event {}, which was put aside, cannot be read", row.number(), e);
      }
    }
    return List.copyOf(events);
  }

  /** An event has a row among the attempts, which goes when it is done. */
  void marked(long number) {
    marked.add(number);
  }

  /** Whether an event may have a row among the attempts. */
  boolean isMarked(long number) {
    return marked.contains(number);
  }

  /** The entry of a row; empty if it cannot be read, which is logged. */
  Optional<OutboxEntry> entry(ActionRow row) {
    try {
      return Optional.of(
          new OutboxEntry(
              row.number(),
              new dev.owlery.api.adapter.Outgoing(
                  id.token(row.number()),
                  codec.readAction(row.payload()),
                  row.attempt(),
                  Instant.ofEpochMilli(row.made()),
                  Instant.ofEpochMilli(Math.max(row.made(), row.handed()))),
              row.handed() != 0));
    } catch (IOException e) {
      log.error("action {} cannot be read and is left alone", row.number(), e);
      return Optional.empty();
    }
  }

  String token(long number) {
    return id.token(number);
  }

  long nextEvent() throws SQLException {
    return events.next();
  }

  long nextAction() throws SQLException {
    return actions.next();
  }

  void recorded() {
    sinceSave++;
  }

  /** An event was shown to the lanes but could not be recorded: its work must not be committed. */
  void lost(long number) {
    lost.add(number);
    if (lost.size() > LOST_MOST) {
      lost.remove(lost.iterator().next());
    }
  }

  boolean isLost(long number) {
    return lost.contains(number);
  }

  /** The open transaction is committed. */
  void committed() {
    keys.committed();
  }

  /** The open transaction was undone. */
  void rolledBack() {
    keys.rolledBack();
    events.rolledBack();
    actions.rolledBack();
  }

  boolean isSaveDue() {
    return sinceSave >= EVENTS_PER_SAVE;
  }

  /**
   * Notes, in a transaction of its own, what the next start would else have to gather from the
   * inbox.
   */
  void save() throws SQLException {
    sinceSave = 0;
    rooms.note(tables);
    keys.save(events.last(), clock.millis());
    tables.meta("noted", Long.toString(events.last()));
  }

  /** What {@link #save} did is durable. */
  void saved() {
    rooms.noted();
    keys.saved();
  }
}

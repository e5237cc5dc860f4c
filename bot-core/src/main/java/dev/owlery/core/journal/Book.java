package dev.owlery.core.journal;

import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.journal.Journal.Recovery;
import dev.owlery.core.journal.Tables.ActionRow;
import dev.owlery.core.journal.Tables.EventRow;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the writer knows beside the database: the numbers that come next, the events that are not
 * done, the newest event of each room. Belongs to the writer's thread.
 */
final class Book {

  /** Keys are known again for so long, and so many of them. */
  private static final Duration KEYS_AGE = Duration.ofDays(7);

  private static final long KEYS_MOST = 1_000_000;

  /** After so many events the book is noted and old keys are forgotten. */
  private static final int EVENTS_PER_NOTE = 2_048;

  /** So many keys are forgotten at once: twice as many as come, and still quick. */
  private static final int KEYS_PER_NOTE = 2 * EVENTS_PER_NOTE;

  private static final int LOST_MOST = 10_000;

  private static final Logger log = LoggerFactory.getLogger(SqliteJournal.class);

  final Tables tables;
  final Rooms rooms;
  final JournalCodec codec;
  private final Clock clock;
  private final StoreId id;
  private final Numbers events;
  private final Numbers actions;
  private final Set<Long> open = new LinkedHashSet<>();
  private final Set<Long> lost = new LinkedHashSet<>();
  private long oldest;
  private int sinceNote;

  Book(Tables tables, Rooms rooms, JournalCodec codec, Clock clock) throws SQLException {
    this.tables = tables;
    this.rooms = rooms;
    this.codec = codec;
    this.clock = clock;
    Optional<String> known = tables.meta("store");
    this.id = known.map(StoreId::new).orElseGet(StoreId::random);
    if (known.isEmpty()) {
      tables.meta("store", id.value());
    }
    this.events = new Numbers(tables, "events");
    this.actions = new Numbers(tables, "actions");
    this.oldest = tables.oldestEvent().orElse(events.last() + 1);
  }

  /** Reads what an earlier process left. */
  Recovery recover() throws SQLException {
    tables.rooms(number("rooms")).forEach(rooms::load);
    List<Journal.InboxEntry> unfinished = new ArrayList<>();
    for (EventRow row : tables.unfinished(number("done"))) {
      open.add(row.number());
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
    return new Recovery(List.copyOf(unfinished), List.copyOf(unsettled));
  }

  private long number(String name) throws SQLException {
    return tables.meta(name).map(Long::parseLong).orElse(0L) + 1;
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
                  Instant.ofEpochMilli(row.made())),
              row.handed()));
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

  void useEvent(long number) {
    events.use(number);
  }

  long takeAction() throws SQLException {
    long number = actions.next();
    actions.use(number);
    return number;
  }

  long now() {
    return clock.millis();
  }

  void recorded(long number) {
    open.add(number);
    sinceNote++;
  }

  void done(long number) {
    open.remove(number);
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

  /** A transaction was undone. */
  void undone() {
    events.undone();
    actions.undone();
  }

  boolean wantsNote() {
    return sinceNote >= EVENTS_PER_NOTE;
  }

  /** Notes in the open transaction what a start would else have to search for. */
  void note() throws SQLException {
    sinceNote = 0;
    long done = open.isEmpty() ? events.last() : open.iterator().next() - 1;
    tables.meta("done", Long.toString(done));
    rooms.note(tables);
    tables.meta("rooms", Long.toString(events.last()));
    forgetKeys();
  }

  /** Forgets the oldest keys, a few at a time; an event that is not done stays. */
  private void forgetKeys() throws SQLException {
    long surplus = events.last() - oldest - KEYS_MOST;
    long below = Math.min(oldest + KEYS_PER_NOTE, events.last());
    long before = surplus > 0 ? Long.MAX_VALUE : now() - KEYS_AGE.toMillis();
    int gone = tables.forgetEvents(below, before);
    if (gone > 0 || surplus > 0) {
      oldest = tables.oldestEvent().orElse(events.last() + 1);
    }
  }
}

package dev.owlery.adapter.xmpp.chat;

import dev.owlery.api.plugin.Store;
import dev.owlery.spi.SerialExecutor;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far each archive (our own, and the rooms') has been read: the newest message of it that is
 * recorded, and all before it (see {@link Archive#isGapless}). Kept over restarts; written at each
 * page that is caught up with, and else now and then only, since reading a few messages again does
 * no harm: they are recognised by their keys. Safe for use by several threads.
 */
public final class ArchiveMarks {
  private static final String PREFIX = "archive:";

  /**
   * A place in an archive.
   *
   * @param id the archive's id of the message; empty if only the time is known
   * @param at when it was said
   * @param notedAt when we knew of it, by our clock: what was sent later comes behind it
   */
  record ArchiveMark(String id, Instant at, Instant notedAt) {}

  private final Store memory;
  private final Clock clock;
  private final Map<String, ArchiveMark> marks = new HashMap<>();
  private final Map<String, ArchiveMark> unwritten = new HashMap<>();
  private final SerialExecutor writes = new SerialExecutor("archive marks");

  public ArchiveMarks(Store memory, Clock clock) {
    this.memory = memory;
    this.clock = clock;
  }

  /**
   * Where to go on reading.
   *
   * @param archive the archive's address
   * @return empty if nothing of it was ever recorded
   */
  synchronized Optional<ArchiveMark> mark(String archive) {
    ArchiveMark known = marks.get(archive);
    return known != null ? Optional.of(known) : memory.get(PREFIX + archive).flatMap(this::read);
  }

  /** What earlier versions have written lacks the second time. */
  private Optional<ArchiveMark> read(String written) {
    int blank = written.indexOf(' ');
    try {
      String[] times = written.substring(0, blank).split("/", 2);
      Instant notedAt = times.length > 1 ? Instant.parse(times[1]) : clock.instant();
      Instant at = Instant.parse(times[0]);
      return Optional.of(
          new ArchiveMark(
              written.substring(blank + 1), at.isAfter(notedAt) ? notedAt : at, notedAt));
    } catch (DateTimeParseException | StringIndexOutOfBoundsException damaged) {
      return Optional.empty();
    }
  }

  /** A message of an archive is recorded, and all before it. */
  synchronized void recorded(String archive, String id, Instant at) {
    // Archives stamp by their own clock, and what is heard may carry anybody's stamp.
    Instant now = clock.instant();
    ArchiveMark before = marks.get(archive);
    Instant bounded = at.isAfter(now) ? now : at;
    if (before != null && !before.at().isAfter(now) && bounded.isBefore(before.at())) {
      bounded = before.at();
    }
    ArchiveMark mark = new ArchiveMark(id, bounded, now);
    marks.put(archive, mark);
    unwritten.put(archive, mark);
  }

  /**
   * Writes down what has changed, unless another thread is at it: then that one does. Waits while
   * the journal is full, so no lock is held that {@link #recorded} needs.
   */
  public void write() {
    writes.execute(this::writeNow);
  }

  private void writeNow() {
    Map<String, ArchiveMark> due;
    synchronized (this) {
      due = Map.copyOf(unwritten);
    }
    due.forEach((archive, mark) -> {
      memory.put(PREFIX + archive, mark.at() + "/" + mark.notedAt() + " " + mark.id());
      synchronized (this) {
        unwritten.remove(archive, mark);
      }
    });
  }
}

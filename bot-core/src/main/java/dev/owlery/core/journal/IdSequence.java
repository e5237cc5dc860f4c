package dev.owlery.core.journal;

import java.sql.SQLException;

/**
 * Gives out numbers that never come twice, not even when all rows are gone: they are reserved in
 * blocks, so that a number costs nothing. Belongs to the writer's thread.
 */
final class IdSequence {

  private static final long BLOCK = 10_000;

  private final Tables tables;
  private final String name;
  private long last;
  private long reserved;

  /** Goes on after the last block that was reserved under a name. */
  IdSequence(Tables tables, String name) throws SQLException {
    this.tables = tables;
    this.name = name;
    this.last = tables.meta(name).map(Long::parseLong).orElse(0L);
    this.reserved = last;
  }

  long next() throws SQLException {
    if (last == reserved) {
      tables.meta(name, Long.toString(last + BLOCK));
      reserved = last + BLOCK;
    }
    return ++last;
  }

  long last() {
    return last;
  }

  /** The transaction was undone, and perhaps the reservation with it. */
  void rolledBack() {
    reserved = last;
  }
}

package dev.owlery.core.journal;

import java.sql.SQLException;

/** A change on its way into the database. Its methods are called on the writer's thread. */
interface Change {

  /** Makes the change in the open transaction. Called again if the transaction had to be undone. */
  void apply(WriterState book) throws SQLException;

  /** The transaction is committed. Must be quick. */
  default void durable(WriterState book) {}

  /** The change was not made and will not be. Must be quick. */
  default void failed(WriterState book, JournalException trouble) {}

  /** Whether it must be made later if it cannot be made now, because nobody waits to hear of it. */
  default boolean isOwed() {
    return false;
  }
}

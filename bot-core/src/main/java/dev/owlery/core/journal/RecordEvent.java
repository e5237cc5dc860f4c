package dev.owlery.core.journal;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import dev.owlery.core.journal.Journal.InboxEntry;
import dev.owlery.core.journal.Tables.RoomRow;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records an event, unless its key is known. */
final class RecordEvent implements Change {

  private static final Logger log = LoggerFactory.getLogger(SqliteJournal.class);

  final CompletableFuture<Boolean> recorded = new CompletableFuture<>();
  private final ChatEvent event;
  private final String payload;
  private final Consumer<InboxEntry> fresh;

  /** The number under which the event was shown; 0 before. */
  private long number;

  private boolean isNew;

  RecordEvent(ChatEvent event, String payload, Consumer<InboxEntry> fresh) {
    this.event = event;
    this.payload = payload;
    this.fresh = fresh;
  }

  @Override
  public void apply(WriterState book) throws SQLException {
    isNew = book.keys.add(print(book));
    if (!isNew) {
      return;
    }
    long mine = number > 0 ? number : book.nextEvent();
    // The column is what the next start makes the room's cursor of; the payload keeps the stamp.
    Origin cursor = book.rooms.cursor(event.where().address(), event.origin());
    book.tables.addEvent(mine, event.where(), cursor, payload);
    if (number == 0) {
      number = mine;
      show();
    }
  }

  private long print(WriterState book) {
    return book.keys.fingerprint(event.where().account().name(), event.origin().key());
  }

  /** The boundary for what the lanes throw. */
  private void show() {
    try {
      fresh.accept(new InboxEntry(number, event));
    } catch (RuntimeException | Error e) {
      log.error("a recorded event did not reach its lane", e);
    }
  }

  @Override
  public void durable(WriterState book) {
    if (isNew) {
      book.recorded();
      Conversation where = event.where();
      book.rooms.seen(new RoomRow(where.account().name(), where.room(), event.origin()));
    }
    recorded.complete(isNew);
  }

  @Override
  public void failed(WriterState book, JournalException trouble) {
    if (number > 0) {
      book.lost(number);
    }
    recorded.completeExceptionally(trouble);
  }
}

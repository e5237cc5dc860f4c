package dev.owlery.core.journal;

import dev.owlery.api.adapter.Outgoing;
import dev.owlery.core.journal.Journal.JournalWork;
import dev.owlery.core.journal.Journal.NewAction;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.journal.Journal.StoreWrite;
import dev.owlery.core.journal.Tables.ActionRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits a unit of work. */
final class CommitWork implements Change {

  private static final Logger log = LoggerFactory.getLogger(SqliteJournal.class);

  final CompletableFuture<Void> committed = new CompletableFuture<>();
  private final JournalWork work;
  private final List<String> payloads;
  private final Instant made;
  private final PendingValues pending;
  private final long ticket;
  private final Consumer<List<OutboxEntry>> departed;
  private List<OutboxEntry> entries = List.of();

  CommitWork(
      JournalWork work,
      List<String> payloads,
      Instant made,
      PendingValues pending,
      Consumer<List<OutboxEntry>> departed) {
    this.work = work;
    this.payloads = payloads;
    this.made = made;
    this.pending = pending;
    this.ticket = pending.begin(work.writes());
    this.departed = departed;
  }

  @Override
  public void apply(WriterState book) throws SQLException {
    if (work.done().isPresent()) {
      long event = work.done().get();
      if (book.isLost(event)) {
        throw new LostEventException();
      }
      book.tables.finishEvent(event);
      if (book.isMarked(event)) {
        book.tables.attempts.remove(event);
      }
    }
    for (StoreWrite write : work.writes()) {
      if (write.value().isPresent()) {
        book.tables.put(write.space(), write.key(), write.value().get());
      } else {
        book.tables.remove(write.space(), write.key());
      }
    }
    addActions(book);
  }

  private void addActions(WriterState book) throws SQLException {
    if (payloads.isEmpty()) {
      return;
    }
    List<OutboxEntry> added = new ArrayList<>(payloads.size());
    for (int i = 0; i < payloads.size(); i++) {
      NewAction action = work.actions().get(i);
      long number = book.nextAction();
      long at = made.toEpochMilli();
      book.tables.addAction(
          new ActionRow(number, at, 1, action.inFlight() ? at : 0, payloads.get(i), ""));
      added.add(
          new OutboxEntry(
              number,
              new Outgoing(book.token(number), action.action(), 1, made),
              action.inFlight()));
    }
    entries = added;
  }

  @Override
  public void durable(WriterState book) {
    pending.over(work.writes(), ticket);
    depart();
    committed.complete(null);
  }

  /** The boundary for what the outbox throws: the unit is durable all the same. */
  private void depart() {
    try {
      departed.accept(entries);
    } catch (RuntimeException | Error e) {
      log.error("committed actions did not depart; they will after the next start", e);
    }
  }

  @Override
  public void failed(WriterState book, JournalException trouble) {
    pending.over(work.writes(), ticket);
    committed.completeExceptionally(trouble);
  }
}

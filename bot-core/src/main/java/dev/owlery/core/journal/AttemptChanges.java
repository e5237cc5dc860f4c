package dev.owlery.core.journal;

import dev.owlery.core.journal.AttemptTable.DeadRow;
import dev.owlery.core.journal.EventAttempts.SetAsideEvent;
import dev.owlery.core.journal.Journal.InboxEntry;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The attempts at events, kept in the database.
 *
 * @param writer makes the changes
 */
record AttemptChanges(JournalWriter writer) implements EventAttempts {

  private static final long PATIENCE_SECONDS = 30;

  @Override
  public CompletionStage<Void> mark(long number, int count, String handler) {
    return submit(
            book -> {
              book.marked(number);
              book.tables.attempts.put(number, count, handler);
              return true;
            })
        .thenAccept(noted -> {});
  }

  @Override
  public void takeBack(long number, int count) {
    var _ =
        submit(book -> {
          book.tables.attempts.takeBack(number, count);
          return true;
        });
  }

  @Override
  public List<SetAsideEvent> dead(int limit) {
    return read(table -> table.dead(limit));
  }

  @Override
  public Optional<SetAsideEvent> find(long number) {
    return read(table -> table.find(number).stream().toList()).stream().findFirst();
  }

  private List<SetAsideEvent> read(RowQuery query) {
    try {
      return submit(book -> book.dead(query.of(book.tables.attempts)))
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw new JournalException("the dead events cannot be read: " + e.getCause(), e);
    }
  }

  @Override
  public void told(long number) {
    var _ =
        submit(book -> {
          book.tables.attempts.told(number);
          return true;
        });
  }

  @Override
  public CompletionStage<Optional<InboxEntry>> revive(long number) {
    return submit(book -> {
      book.marked(number);
      Optional<DeadRow> row = book.tables.attempts.revive(number, MOST - 1);
      return row.flatMap(dead -> book.dead(List.of(dead)).stream().findFirst())
          .map(dead -> new InboxEntry(number, dead.event()));
    });
  }

  @Override
  public CompletionStage<Boolean> forget(long number) {
    return submit(book -> book.tables.attempts.forget(number));
  }

  private <T> CompletableFuture<T> submit(Transaction<T> deed) {
    AttemptChange<T> change = new AttemptChange<>(deed);
    writer.submit(change);
    return change.made;
  }

  /** Which rows are read. */
  private interface RowQuery {
    List<DeadRow> of(AttemptTable table) throws SQLException;
  }

  /** What is done in the transaction. */
  private interface Transaction<T> {
    T in(WriterState book) throws SQLException;
  }

  /** A change, and who waits for it. */
  private static final class AttemptChange<T> implements Change {
    private final CompletableFuture<T> made = new CompletableFuture<>();
    private final Transaction<T> deed;
    private Runnable then = () -> {};

    AttemptChange(Transaction<T> deed) {
      this.deed = deed;
    }

    @Override
    public void apply(WriterState book) throws SQLException {
      book.tables.flush();
      T result = deed.in(book);
      then = () -> made.complete(result);
    }

    @Override
    public void durable(WriterState book) {
      then.run();
    }

    @Override
    public void failed(WriterState book, JournalException trouble) {
      made.completeExceptionally(trouble);
    }
  }
}

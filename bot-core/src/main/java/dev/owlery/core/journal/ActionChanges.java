package dev.owlery.core.journal;

import dev.owlery.core.journal.Journal.DeadEntry;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.journal.Tables.ActionRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The changes in an action's life, from the outbox to its end. */
final class ActionChanges {

  /** So many dead letters are kept. */
  private static final int DEAD_MOST = 10_000;

  private ActionChanges() {}

  record MarkInFlight(List<Long> numbers, long at, CompletableFuture<Void> noted)
      implements Change {
    @Override
    public void apply(WriterState book) throws SQLException {
      for (long number : numbers) {
        book.tables.handOver(number, at);
      }
    }

    @Override
    public void durable(WriterState book) {
      noted.complete(null);
    }

    @Override
    public void failed(WriterState book, JournalException trouble) {
      noted.completeExceptionally(trouble);
    }
  }

  record Requeue(List<Long> numbers) implements Change {
    @Override
    public void apply(WriterState book) throws SQLException {
      for (long number : numbers) {
        book.tables.takeBack(number);
      }
    }

    @Override
    public boolean isOwed() {
      return true;
    }
  }

  record Settle(long number) implements Change {
    @Override
    public void apply(WriterState book) {
      book.tables.settle(number);
    }

    @Override
    public boolean isOwed() {
      return true;
    }
  }

  record MarkDead(long number, String reason) implements Change {
    @Override
    public void apply(WriterState book) throws SQLException {
      book.tables.bury(number, reason, DEAD_MOST);
    }

    @Override
    public boolean isOwed() {
      return true;
    }
  }

  /** Reads the dead letters, in its turn, so that all that was asked for before is seen. */
  static final class ListDead implements Change {
    final CompletableFuture<List<DeadEntry>> found = new CompletableFuture<>();
    private final int limit;
    private List<DeadEntry> entries = List.of();

    ListDead(int limit) {
      this.limit = limit;
    }

    @Override
    public void apply(WriterState book) throws SQLException {
      entries =
          book.tables.dead(limit).stream()
              .flatMap(row -> book.entry(row).map(e -> new DeadEntry(e, row.reason())).stream())
              .toList();
    }

    @Override
    public void durable(WriterState book) {
      found.complete(entries);
    }

    @Override
    public void failed(WriterState book, JournalException trouble) {
      found.completeExceptionally(trouble);
    }
  }

  /** Turns a dead letter into an action again. */
  static final class RetryDead implements Change {
    final CompletableFuture<Optional<OutboxEntry>> revived = new CompletableFuture<>();
    private final long number;
    private final long now;
    private Optional<OutboxEntry> entry = Optional.empty();

    RetryDead(long number, long now) {
      this.number = number;
      this.now = now;
    }

    @Override
    public void apply(WriterState book) throws SQLException {
      Optional<ActionRow> buried = book.tables.exhume(number);
      if (buried.isPresent()) {
        ActionRow row = new ActionRow(book.nextAction(), now, 1, now, buried.get().payload(), "");
        book.tables.addAction(row);
        entry = book.entry(row);
      }
    }

    @Override
    public void durable(WriterState book) {
      revived.complete(entry);
    }

    @Override
    public void failed(WriterState book, JournalException trouble) {
      revived.completeExceptionally(trouble);
    }
  }

  /** Removes a dead letter. */
  static final class Forget implements Change {
    final CompletableFuture<Boolean> forgotten = new CompletableFuture<>();
    private final long number;
    private boolean wasThere;

    Forget(long number) {
      this.number = number;
    }

    @Override
    public void apply(WriterState book) throws SQLException {
      wasThere = book.tables.exhume(number).isPresent();
    }

    @Override
    public void durable(WriterState book) {
      forgotten.complete(wasThere);
    }

    @Override
    public void failed(WriterState book, JournalException trouble) {
      forgotten.completeExceptionally(trouble);
    }
  }
}

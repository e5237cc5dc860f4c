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

  record HandOver(List<Long> numbers, long at, CompletableFuture<Void> noted) implements Change {
    @Override
    public void apply(Book book) throws SQLException {
      for (long number : numbers) {
        book.tables.handOver(number, at);
      }
    }

    @Override
    public void durable(Book book) {
      noted.complete(null);
    }

    @Override
    public void failed(Book book, JournalException trouble) {
      noted.completeExceptionally(trouble);
    }
  }

  record TakeBack(List<Long> numbers) implements Change {
    @Override
    public void apply(Book book) throws SQLException {
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
    public void apply(Book book) {
      book.tables.settle(number);
    }

    @Override
    public boolean isOwed() {
      return true;
    }
  }

  record Bury(long number, String reason) implements Change {
    @Override
    public void apply(Book book) throws SQLException {
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
    public void apply(Book book) throws SQLException {
      entries =
          book.tables.dead(limit).stream()
              .flatMap(row -> book.entry(row).map(e -> new DeadEntry(e, row.reason())).stream())
              .toList();
    }

    @Override
    public void durable(Book book) {
      found.complete(entries);
    }

    @Override
    public void failed(Book book, JournalException trouble) {
      found.completeExceptionally(trouble);
    }
  }

  /** Turns a dead letter into an action again. */
  static final class Revive implements Change {
    final CompletableFuture<Optional<OutboxEntry>> revived = new CompletableFuture<>();
    private final long number;
    private final long now;
    private Optional<OutboxEntry> entry = Optional.empty();

    Revive(long number, long now) {
      this.number = number;
      this.now = now;
    }

    @Override
    public void apply(Book book) throws SQLException {
      Optional<ActionRow> buried = book.tables.exhume(number);
      if (buried.isPresent()) {
        ActionRow row = new ActionRow(book.takeAction(), now, 1, now, buried.get().payload(), "");
        book.tables.addAction(row);
        entry = book.entry(row);
      }
    }

    @Override
    public void durable(Book book) {
      revived.complete(entry);
    }

    @Override
    public void failed(Book book, JournalException trouble) {
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
    public void apply(Book book) throws SQLException {
      wasThere = book.tables.exhume(number).isPresent();
    }

    @Override
    public void durable(Book book) {
      forgotten.complete(wasThere);
    }

    @Override
    public void failed(Book book, JournalException trouble) {
      forgotten.completeExceptionally(trouble);
    }
  }
}

package dev.owlery.testkit;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import dev.owlery.core.journal.Durability;
import dev.owlery.core.journal.EventAttempts;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.SqliteJournal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The journal that a bot has in production, in a directory of the test's. */
final class SqliteScenarioJournal implements ScenarioJournal {

  private final Path directory;
  private final Clock clock;
  private Optional<SqliteSession> current = Optional.empty();

  SqliteScenarioJournal(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public Journal open() {
    SqliteSession session =
        new SqliteSession(SqliteJournal.open(directory, Durability.CRASH, clock));
    current = Optional.of(session);
    return session;
  }

  @Override
  public void cut() {
    current.ifPresent(SqliteSession::close);
  }

  @Override
  public void close() {
    cut();
  }

  /** What one start of the bot sees; once closed it writes nothing and confirms nothing. */
  private static final class SqliteSession implements Journal {

    private final Journal journal;
    private volatile boolean cut;

    SqliteSession(Journal journal) {
      this.journal = journal;
    }

    @Override
    public Recovery recover() {
      return journal.recover();
    }

    @Override
    public CompletionStage<Boolean> record(ChatEvent event, Consumer<InboxEntry> fresh) {
      return cut ? new CompletableFuture<>() : journal.record(event, fresh);
    }

    @Override
    public CompletionStage<Void> commit(JournalWork work, Consumer<List<OutboxEntry>> departed) {
      return cut ? new CompletableFuture<>() : journal.commit(work, departed);
    }

    @Override
    public CompletionStage<Void> markInFlight(List<Long> numbers) {
      return cut ? new CompletableFuture<>() : journal.markInFlight(numbers);
    }

    @Override
    public void requeue(List<Long> numbers) {
      unlessCut(() -> journal.requeue(numbers));
    }

    @Override
    public void settle(long number) {
      unlessCut(() -> journal.settle(number));
    }

    @Override
    public void deadLetter(long number, String reason) {
      unlessCut(() -> journal.deadLetter(number, reason));
    }

    private void unlessCut(Runnable write) {
      if (!cut) {
        write.run();
      }
    }

    @Override
    public List<DeadEntry> dead(int limit) {
      return cut ? List.of() : journal.dead(limit);
    }

    @Override
    public CompletionStage<Optional<OutboxEntry>> retry(long number) {
      return cut ? new CompletableFuture<>() : journal.retry(number);
    }

    @Override
    public CompletionStage<Boolean> forget(long number) {
      return cut ? new CompletableFuture<>() : journal.forget(number);
    }

    @Override
    public EventAttempts attempts() {
      return cut ? EventAttempts.NONE : journal.attempts();
    }

    @Override
    public Optional<Origin> lastSeen(Conversation where) {
      return cut ? Optional.empty() : journal.lastSeen(where);
    }

    @Override
    public Optional<String> value(String space, String key) {
      return cut ? Optional.empty() : journal.value(space, key);
    }

    @Override
    public Map<String, String> values(String space, String prefix) {
      return cut ? Map.of() : journal.values(space, prefix);
    }

    @Override
    public synchronized void close() {
      if (!cut) {
        cut = true;
        journal.close();
      }
    }
  }
}

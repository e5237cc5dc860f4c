package dev.owlery.testkit;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import dev.owlery.core.journal.EventAttempts;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.MemoryJournal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A journal in memory that outlives the bot: each start opens it anew and recovers what the one
 * before left unfinished. One that is cut off writes nothing any more and confirms nothing, as if
 * its process were dead.
 */
final class SurvivingJournal implements ScenarioJournal {

  private final MemoryJournal kept;
  private final TreeMap<Long, Journal.InboxEntry> events = new TreeMap<>();
  private final TreeMap<Long, Journal.OutboxEntry> actions = new TreeMap<>();
  private int writing;
  private Optional<MemorySession> current = Optional.empty();

  SurvivingJournal(Clock clock) {
    kept = new MemoryJournal(clock);
  }

  /** Waits for what the start before has begun to write: after that it is all or nothing. */
  @Override
  public synchronized Journal open() {
    boolean interrupted = false;
    while (writing > 0) {
      try {
        wait();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    MemorySession session = new MemorySession();
    current = Optional.of(session);
    return session;
  }

  /** From here on the present start writes nothing more. */
  @Override
  public synchronized void cut() {
    current.ifPresent(session -> session.cut = true);
  }

  private synchronized boolean begin(MemorySession session) {
    if (session.cut) {
      return false;
    }
    writing++;
    return true;
  }

  private synchronized void end() {
    writing--;
    notifyAll();
  }

  @Override
  public void close() {
    kept.close();
  }

  /** What one start of the bot sees. */
  private final class MemorySession implements Journal {

    private volatile boolean cut;

    @Override
    public Recovery recover() {
      synchronized (SurvivingJournal.this) {
        return new Recovery(List.copyOf(events.values()), List.copyOf(actions.values()));
      }
    }

    @Override
    public CompletionStage<Boolean> record(ChatEvent event, Consumer<InboxEntry> fresh) {
      if (!begin(this)) {
        return new CompletableFuture<>();
      }
      return kept.record(event, entry -> recorded(entry, fresh))
          .whenComplete((isFresh, failure) -> end());
    }

    private void recorded(InboxEntry entry, Consumer<InboxEntry> fresh) {
      synchronized (SurvivingJournal.this) {
        events.put(entry.number(), entry);
      }
      if (!cut) {
        fresh.accept(entry);
      }
    }

    @Override
    public CompletionStage<Void> commit(JournalWork work, Consumer<List<OutboxEntry>> departed) {
      if (!begin(this)) {
        return new CompletableFuture<>();
      }
      return kept.commit(work, entries -> committed(work, entries, departed))
          .whenComplete((done, failure) -> end());
    }

    private void committed(
        JournalWork work, List<OutboxEntry> entries, Consumer<List<OutboxEntry>> departed) {
      synchronized (SurvivingJournal.this) {
        work.done().ifPresent(events::remove);
        entries.forEach(entry -> actions.put(entry.number(), entry));
      }
      if (!cut) {
        departed.accept(entries);
      }
    }

    @Override
    public CompletionStage<Void> markInFlight(List<Long> numbers) {
      mark(numbers, true);
      return cut ? new CompletableFuture<>() : kept.markInFlight(numbers);
    }

    @Override
    public void requeue(List<Long> numbers) {
      mark(numbers, false);
      if (!cut) {
        kept.requeue(numbers);
      }
    }

    private void mark(List<Long> numbers, boolean handed) {
      synchronized (SurvivingJournal.this) {
        if (!cut) {
          numbers.forEach(number ->
              actions.computeIfPresent(
                  number, (n, entry) -> new OutboxEntry(n, entry.outgoing(), handed)));
        }
      }
    }

    @Override
    public void settle(long number) {
      strike(number);
      if (!cut) {
        kept.settle(number);
      }
    }

    @Override
    public void deadLetter(long number, String reason) {
      strike(number);
      if (!cut) {
        kept.deadLetter(number, reason);
      }
    }

    private void strike(long number) {
      synchronized (SurvivingJournal.this) {
        if (!cut) {
          actions.remove(number);
        }
      }
    }

    @Override
    public List<DeadEntry> dead(int limit) {
      return kept.dead(limit);
    }

    @Override
    public CompletionStage<Optional<OutboxEntry>> retry(long number) {
      if (cut) {
        return new CompletableFuture<>();
      }
      return kept.retry(number)
          .thenApply(revived -> {
            synchronized (SurvivingJournal.this) {
              revived.ifPresent(entry -> actions.put(entry.number(), entry));
            }
            return revived;
          });
    }

    @Override
    public CompletionStage<Boolean> forget(long number) {
      return cut ? new CompletableFuture<>() : kept.forget(number);
    }

    @Override
    public EventAttempts attempts() {
      return kept.attempts();
    }

    @Override
    public Optional<Origin> lastSeen(Conversation where) {
      return kept.lastSeen(where);
    }

    @Override
    public Optional<String> value(String space, String key) {
      return kept.value(space, key);
    }

    @Override
    public Map<String, String> values(String space, String prefix) {
      return kept.values(space, prefix);
    }

    /** The next start needs what is kept. */
    @Override
    public void close() {
      cut = true;
    }
  }
}

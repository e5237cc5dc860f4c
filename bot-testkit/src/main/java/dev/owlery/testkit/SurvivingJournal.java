package dev.owlery.testkit;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.MemoryJournal;
import java.time.Clock;
import java.util.ArrayList;
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
final class SurvivingJournal {

  private final MemoryJournal kept;
  private final TreeMap<Long, Journal.InboxEntry> events = new TreeMap<>();
  private final TreeMap<Long, Journal.OutboxEntry> actions = new TreeMap<>();
  private Optional<Session> current = Optional.empty();

  SurvivingJournal(Clock clock) {
    kept = new MemoryJournal(clock);
  }

  synchronized Journal open() {
    Session session = new Session();
    current = Optional.of(session);
    return session;
  }

  synchronized void cut() {
    current.ifPresent(session -> session.cut = true);
  }

  void close() {
    kept.close();
  }

  /** What one start of the bot sees. */
  private final class Session implements Journal {

    private volatile boolean cut;

    @Override
    public Recovery recover() {
      synchronized (SurvivingJournal.this) {
        return new Recovery(List.copyOf(events.values()), List.copyOf(actions.values()));
      }
    }

    @Override
    public CompletionStage<Boolean> record(ChatEvent event, Consumer<InboxEntry> fresh) {
      if (cut) {
        return new CompletableFuture<>();
      }
      return kept.record(
          event,
          entry -> {
            synchronized (SurvivingJournal.this) {
              events.put(entry.number(), entry);
            }
            fresh.accept(entry);
          });
    }

    @Override
    public CompletionStage<Void> commit(Work work, Consumer<List<OutboxEntry>> departed) {
      // All or nothing: whether this start is dead is decided once for the whole unit.
      List<OutboxEntry> leaving = new ArrayList<>();
      CompletionStage<Void> done;
      synchronized (SurvivingJournal.this) {
        if (cut) {
          return new CompletableFuture<>();
        }
        work.done().ifPresent(events::remove);
        done = kept.commit(work, leaving::addAll);
        leaving.forEach(entry -> actions.put(entry.number(), entry));
      }
      departed.accept(List.copyOf(leaving));
      return done;
    }

    @Override
    public CompletionStage<Void> handOver(List<Long> numbers) {
      mark(numbers, true);
      return cut ? new CompletableFuture<>() : kept.handOver(numbers);
    }

    @Override
    public void takeBack(List<Long> numbers) {
      mark(numbers, false);
      if (!cut) {
        kept.takeBack(numbers);
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
    public void bury(long number, String reason) {
      strike(number);
      if (!cut) {
        kept.bury(number, reason);
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
    public CompletionStage<Optional<OutboxEntry>> revive(long number) {
      if (cut) {
        return new CompletableFuture<>();
      }
      return kept.revive(number)
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

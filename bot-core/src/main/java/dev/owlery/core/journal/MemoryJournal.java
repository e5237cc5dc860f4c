package dev.owlery.core.journal;

import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.Origin;
import dev.owlery.spi.BoundedMap;
import dev.owlery.spi.SerialExecutor;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal that forgets everything when the process ends: {@code durability = off}.
 *
 * <p>It has no thread. A change is made on the calling thread under a short lock, and what follows
 * from it ({@code fresh}, {@code departed}) is called on that thread too, or on that of another
 * caller which is there already, or on a thread of the engine if hundreds come at once; always in
 * order, and never under the lock.
 *
 * <p>Remembers the last 65,536 event keys at least, the newest event of 10,000 rooms, and 10,000
 * dead letters; beyond that the oldest is forgotten.
 */
public final class MemoryJournal implements Journal {

  private static final Logger log = LoggerFactory.getLogger(MemoryJournal.class);

  private static final int KEYS = 1 << 16;
  private static final int ROOMS = 10_000;
  private static final int DEAD = 10_000;

  private final Clock clock;
  private final StoreId id = StoreId.random();
  private final ReentrantLock lock = new ReentrantLock();
  private final SerialExecutor callbacks =
      new SerialExecutor(fault -> log.error("what follows a journal entry failed", fault));

  private final RecentKeys keys = new RecentKeys(KEYS);
  private final Map<String, Origin> newest = BoundedMap.leastRecentlyUsed(ROOMS);
  private final Map<Long, OutboxEntry> outbox = new HashMap<>();
  private final Map<Long, DeadEntry> dead = BoundedMap.leastRecentlyUsed(DEAD);
  private final Map<String, NavigableMap<String, String>> values = new HashMap<>();
  private long lastEvent;
  private long lastAction;
  private boolean closed;

  /**
   * Makes an empty journal.
   *
   * @param clock tells when actions were made
   */
  public MemoryJournal(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Recovery recover() {
    return new Recovery(List.of(), List.of());
  }

  @Override
  public CompletionStage<Boolean> record(ChatEvent event, Consumer<InboxEntry> fresh) {
    CompletableFuture<Boolean> recorded = new CompletableFuture<>();
    Conversation where = event.where();
    lock.lock();
    try {
      if (closed) {
        return CompletableFuture.failedFuture(new IllegalStateException("the journal is closed"));
      }
      long print = keys.print(where.account().name(), event.origin().key());
      if (keys.contains(print)) {
        return CompletableFuture.completedFuture(false);
      }
      keys.add(print);
      newest.merge(
          where.address(),
          RoomCursor.after(null, event.origin(), clock.instant()),
          (before, now) -> RoomCursor.after(before, event.origin(), clock.instant()));
      InboxEntry entry = new InboxEntry(++lastEvent, event);
      callbacks.add(() -> {
        try {
          fresh.accept(entry);
        } finally {
          recorded.complete(true);
        }
      });
    } finally {
      lock.unlock();
    }
    callbacks.run();
    return recorded;
  }

  @Override
  public CompletionStage<Void> commit(JournalWork work, Consumer<List<OutboxEntry>> departed) {
    CompletableFuture<Void> committed = new CompletableFuture<>();
    lock.lock();
    try {
      if (closed) {
        return CompletableFuture.failedFuture(new IllegalStateException("the journal is closed"));
      }
      work.writes().forEach(this::write);
      List<OutboxEntry> entries = add(work.actions());
      callbacks.add(() -> {
        try {
          departed.accept(entries);
        } finally {
          committed.complete(null);
        }
      });
    } finally {
      lock.unlock();
    }
    callbacks.run();
    return committed;
  }

  private List<OutboxEntry> add(List<NewAction> actions) {
    if (actions.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    List<OutboxEntry> entries = new ArrayList<>(actions.size());
    for (NewAction each : actions) {
      long number = ++lastAction;
      Outgoing outgoing = new Outgoing(id.token(number), each.action(), 1, now);
      OutboxEntry entry = new OutboxEntry(number, outgoing, each.inFlight());
      outbox.put(number, entry);
      entries.add(entry);
    }
    return List.copyOf(entries);
  }

  private void write(StoreWrite write) {
    NavigableMap<String, String> space =
        values.computeIfAbsent(write.space(), name -> new TreeMap<>());
    write
        .value()
        .ifPresentOrElse(value -> space.put(write.key(), value), () -> space.remove(write.key()));
  }

  @Override
  public CompletionStage<Void> markInFlight(List<Long> numbers) {
    lock.lock();
    try {
      if (closed) {
        return CompletableFuture.failedFuture(new IllegalStateException("the journal is closed"));
      }
      Instant now = clock.instant();
      for (long number : numbers) {
        outbox.computeIfPresent(
            number, (same, entry) -> new OutboxEntry(number, entry.outgoing().handed(now), true));
      }
    } finally {
      lock.unlock();
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void requeue(List<Long> numbers) {
    locked(() -> {
      for (long number : numbers) {
        outbox.computeIfPresent(
            number, (same, entry) -> new OutboxEntry(number, entry.outgoing().again(), false));
      }
    });
  }

  @Override
  public void settle(long number) {
    locked(() -> outbox.remove(number));
  }

  @Override
  public void deadLetter(long number, String reason) {
    locked(() -> {
      OutboxEntry entry = outbox.remove(number);
      if (entry != null) {
        dead.put(number, new DeadEntry(entry, reason));
      }
    });
  }

  @Override
  public List<DeadEntry> dead(int limit) {
    lock.lock();
    try {
      return dead.values().stream().limit(limit).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CompletionStage<Optional<OutboxEntry>> retry(long number) {
    lock.lock();
    try {
      if (closed) {
        return CompletableFuture.failedFuture(new IllegalStateException("the journal is closed"));
      }
      DeadEntry buried = dead.remove(number);
      if (buried == null) {
        return CompletableFuture.completedFuture(Optional.empty());
      }
      NewAction again = new NewAction(buried.entry().outgoing().action(), true);
      return CompletableFuture.completedFuture(Optional.of(add(List.of(again)).getFirst()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CompletionStage<Boolean> forget(long number) {
    lock.lock();
    try {
      if (closed) {
        return CompletableFuture.failedFuture(new IllegalStateException("the journal is closed"));
      }
      return CompletableFuture.completedFuture(dead.remove(number) != null);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public EventAttempts attempts() {
    return EventAttempts.NONE;
  }

  @Override
  public Optional<Origin> lastSeen(Conversation where) {
    lock.lock();
    try {
      return Optional.ofNullable(newest.get(where.address()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<String> value(String space, String key) {
    lock.lock();
    try {
      return Optional.ofNullable(values.get(space)).map(held -> held.get(key));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Map<String, String> values(String space, String prefix) {
    lock.lock();
    try {
      NavigableMap<String, String> held = values.get(space);
      Map<String, String> found = new LinkedHashMap<>();
      if (held != null) {
        for (Map.Entry<String, String> each : held.tailMap(prefix).entrySet()) {
          if (!each.getKey().startsWith(prefix)) {
            break;
          }
          found.put(each.getKey(), each.getValue());
        }
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the journal is closed");
      }
      change.run();
    } finally {
      lock.unlock();
    }
  }
}

package dev.owlery.core.work;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.core.journal.Journal.StoreWrite;
import dev.owlery.core.outbox.Priority;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What one handler or command has done so far: collected here, committed as one. Bound to the
 * threads that run the handler by {@link #CURRENT}; safe for use by several of them.
 */
public final class UnitOfWork {

  /** The unit of the handler that the current thread runs, if it runs one. */
  public static final ScopedValue<UnitOfWork> CURRENT = ScopedValue.newInstance();

  private final List<PendingAction> deeds = new ArrayList<>();
  private Map<Slot, Optional<String>> writes = Map.of();
  private List<AfterCommit> callbacks = List.of();

  private final Priority priority;

  /** What becomes of something that is to be said. */
  private final Function<Say, List<Say>> guard;

  /** Nothing done yet. */
  public UnitOfWork() {
    this(Priority.NORMAL);
  }

  /**
   * Nothing done yet, for somebody.
   *
   * @param priority in which order its actions leave
   */
  public UnitOfWork(Priority priority) {
    this(priority, List::of);
  }

  /**
   * Nothing done yet, for somebody.
   *
   * @param priority in which order its actions leave
   * @param guard makes of something that is to be said what is said, at least one message; called
   *     from any thread
   */
  public UnitOfWork(Priority priority, Function<Say, List<Say>> guard) {
    this.priority = priority;
    this.guard = guard;
  }

  /**
   * Adds an action.
   *
   * @param action what to do when the unit is committed
   * @return completes with what the network said, of its last message
   */
  public CompletionStage<Receipt> add(Action action) {
    return addAll(action instanceof Say say ? guard.apply(say) : List.of(action));
  }

  private synchronized CompletionStage<Receipt> addAll(List<? extends Action> actions) {
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    for (Action action : actions) {
      receipt = new CompletableFuture<>();
      deeds.add(new PendingAction(action, receipt, priority));
    }
    return receipt;
  }

  /**
   * Adds a change of a stored value, over an earlier one of the same key.
   *
   * @param space whose
   * @param key the key
   * @param value the new value; empty to remove it
   */
  public synchronized void write(String space, String key, Optional<String> value) {
    if (writes.isEmpty()) {
      writes = new LinkedHashMap<>();
    }
    writes.put(new Slot(space, key), value);
  }

  /**
   * Adds what follows from this unit.
   *
   * @param committed run when the unit is durable, on any thread; must be quick
   * @param dropped run in its place if the unit fails
   */
  public synchronized void then(Runnable committed, Runnable dropped) {
    if (callbacks.isEmpty()) {
      callbacks = new ArrayList<>();
    }
    callbacks.add(new AfterCommit(committed, dropped));
  }

  /**
   * The change of a stored value that waits here.
   *
   * @param space whose
   * @param key the key
   * @return empty if this unit has not touched the key; else the new value, which may be empty too
   */
  public synchronized Optional<Optional<String>> written(String space, String key) {
    return Optional.ofNullable(writes.get(new Slot(space, key)));
  }

  /**
   * Lays this unit's changes over stored values.
   *
   * @param space whose
   * @param prefix how the keys begin
   * @param stored sorted values; changed in place
   */
  public synchronized void applyWrites(String space, String prefix, Map<String, String> stored) {
    writes.forEach((slot, value) -> {
      if (slot.space().equals(space) && slot.key().startsWith(prefix)) {
        value.ifPresentOrElse(
            text -> stored.put(slot.key(), text), () -> stored.remove(slot.key()));
      }
    });
  }

  /**
   * Whether it holds nothing.
   *
   * @return true if nothing was done, or all of it was committed
   */
  public synchronized boolean isEmpty() {
    return deeds.isEmpty() && writes.isEmpty();
  }

  /** Forgets what has not been committed: the handler failed. */
  public synchronized void clear() {
    deeds.forEach(deed -> deed.receipt().cancel(false));
    deeds.clear();
    writes = Map.of();
    callbacks.forEach(each -> each.dropped().run());
    callbacks = List.of();
  }

  synchronized void drainTo(
      List<PendingAction> allDeeds, List<StoreWrite> allWrites, List<Runnable> allCommitted) {
    allDeeds.addAll(deeds);
    writes.forEach((slot, value) -> allWrites.add(new StoreWrite(slot.space(), slot.key(), value)));
    callbacks.forEach(each -> allCommitted.add(each.committed()));
    deeds.clear();
    writes = Map.of();
    callbacks = List.of();
  }

  record PendingAction(Action action, CompletableFuture<Receipt> receipt, Priority priority) {}

  private record AfterCommit(Runnable committed, Runnable dropped) {}

  private record Slot(String space, String key) {}
}

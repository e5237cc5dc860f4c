package dev.owlery.core.outbox;

import dev.owlery.api.adapter.Adapter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What an account's desk has decided to do next, in order, and whose turn comes then. Decides no
 * further than the adapter asks for. Guarded by its desk's lock.
 */
final class DispatchPlan {

  /** An automatic line that has waited for longer makes no sense any more. */
  private static final Duration AUTOMATIC_AGE = Duration.ofSeconds(30);

  /** One thing to do, with no lock held. */
  sealed interface Step {
    /** Give a letter to the adapter, or let it be looked up. */
    record Dispatch(QueuedAction letter) implements Step {}

    /** Note in the journal that letters of one conversation are about to leave. */
    record NoteInFlight(List<QueuedAction> letters) implements Step {}

    /** Give an automatic letter up. */
    record Drop(QueuedAction letter) implements Step {}
  }

  private final FairSchedule schedule = new FairSchedule();
  private final Queue<QueuedAction> dispatching = new ArrayDeque<>();
  private final Queue<List<QueuedAction>> marking = new ArrayDeque<>();
  private final Queue<QueuedAction> dropped = new ArrayDeque<>();

  /** Letters that were chosen to leave, and that the adapter has not been given yet. */
  private int chosen;

  /** Whether a letter may leave at once, before all that wait for their turn: there are none. */
  boolean isFree(@Nullable Adapter adapter) {
    return schedule.isEmpty() && demand(adapter) > 0;
  }

  private int demand(@Nullable Adapter adapter) {
    return adapter == null ? 0 : adapter.demand() - chosen;
  }

  /** A letter that the journal knows to leave now. */
  void dispatch(QueuedAction letter) {
    chosen++;
    dispatching.add(letter);
  }

  /** Letters that are to be looked up now. */
  void lookUp(List<QueuedAction> letters) {
    dispatching.addAll(letters);
  }

  /** A conversation has something to send. */
  void schedule(ConversationQueue line) {
    schedule.add(line);
  }

  /** The adapter has been given a letter. */
  void dispatched() {
    chosen--;
  }

  /** Chosen letters are noted: those that do leave are given to {@link #dispatch}. */
  void markedInFlight(List<QueuedAction> letters) {
    chosen -= letters.size();
  }

  /**
   * Gives the conversations their turns, for as many letters as the adapter asks for.
   *
   * @return automatic letters that have waited too long, to be given up
   */
  List<QueuedAction> choose(@Nullable Adapter adapter, boolean online, Instant now) {
    List<QueuedAction> stale = List.of();
    while (!schedule.isEmpty()) {
      int demand = demand(adapter);
      ConversationQueue line = demand > 0 ? schedule.next() : null;
      if (line == null) {
        return stale;
      }
      List<QueuedAction> ready =
          line.takeReady(online, Math.max(1, demand / (schedule.size() + 1)));
      List<QueuedAction> old = takeStale(ready, now.minus(AUTOMATIC_AGE));
      if (!old.isEmpty()) {
        stale = stale.isEmpty() ? new ArrayList<>() : stale;
        stale.addAll(old);
        dropped.addAll(old);
      }
      if (!ready.isEmpty()) {
        line.marking = true;
        chosen += ready.size();
        marking.add(ready);
      } else if (line.isReady(online)) {
        schedule.add(line);
      }
    }
    return stale;
  }

  private static List<QueuedAction> takeStale(List<QueuedAction> ready, Instant time) {
    List<QueuedAction> stale = List.of();
    for (QueuedAction letter : ready) {
      if (letter.isStale(time)) {
        stale = stale.isEmpty() ? new ArrayList<>() : stale;
        stale.add(letter);
      }
    }
    ready.removeAll(stale);
    return stale;
  }

  /** What to do next; null if nothing. */
  @Nullable Step next() {
    if (!dispatching.isEmpty()) {
      return new Step.Dispatch(dispatching.remove());
    } else if (!marking.isEmpty()) {
      return new Step.NoteInFlight(marking.remove());
    }
    return dropped.isEmpty() ? null : new Step.Drop(dropped.remove());
  }

  void clear() {
    dispatching.clear();
    marking.clear();
    dropped.clear();
  }
}

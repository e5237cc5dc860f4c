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
final class Departures {

  /** An automatic line that has waited for longer makes no sense any more. */
  private static final Duration AUTOMATIC_AGE = Duration.ofSeconds(30);

  /** One thing to do, with no lock held. */
  sealed interface Step {
    /** Give a letter to the adapter, or let it be looked up. */
    record Carry(Letter letter) implements Step {}

    /** Note in the journal that letters of one conversation are about to leave. */
    record Note(List<Letter> letters) implements Step {}

    /** Give an automatic letter up. */
    record Drop(Letter letter) implements Step {}
  }

  private final FairTurns turns = new FairTurns();
  private final Queue<Letter> leaving = new ArrayDeque<>();
  private final Queue<List<Letter>> noting = new ArrayDeque<>();
  private final Queue<Letter> dropped = new ArrayDeque<>();

  /** Letters that were chosen to leave, and that the adapter has not been given yet. */
  private int chosen;

  /** Whether a letter may leave at once, before all that wait for their turn: there are none. */
  boolean isFree(@Nullable Adapter adapter) {
    return turns.isEmpty() && demand(adapter) > 0;
  }

  private int demand(@Nullable Adapter adapter) {
    return adapter == null ? 0 : adapter.demand() - chosen;
  }

  /** A letter that the journal knows to leave now. */
  void leave(Letter letter) {
    chosen++;
    leaving.add(letter);
  }

  /** Letters that are to be looked up now. */
  void lookUp(List<Letter> letters) {
    leaving.addAll(letters);
  }

  /** A conversation has something to send. */
  void want(Line line) {
    turns.add(line);
  }

  /** The adapter has been given a letter. */
  void given() {
    chosen--;
  }

  /** Chosen letters are noted: those that do leave are given to {@link #leave}. */
  void noted(List<Letter> letters) {
    chosen -= letters.size();
  }

  /**
   * Gives the conversations their turns, for as many letters as the adapter asks for.
   *
   * @return automatic letters that have waited too long, to be given up
   */
  List<Letter> choose(@Nullable Adapter adapter, boolean online, Instant now) {
    List<Letter> stale = List.of();
    while (!turns.isEmpty()) {
      int demand = demand(adapter);
      Line line = demand > 0 ? turns.next() : null;
      if (line == null) {
        return stale;
      }
      List<Letter> ready = line.takeReady(online, Math.max(1, demand / (turns.size() + 1)));
      List<Letter> old = takeStale(ready, now.minus(AUTOMATIC_AGE));
      if (!old.isEmpty()) {
        stale = stale.isEmpty() ? new ArrayList<>() : stale;
        stale.addAll(old);
        dropped.addAll(old);
      }
      if (!ready.isEmpty()) {
        line.noting = true;
        chosen += ready.size();
        noting.add(ready);
      } else if (line.isReady(online)) {
        turns.add(line);
      }
    }
    return stale;
  }

  private static List<Letter> takeStale(List<Letter> ready, Instant time) {
    List<Letter> stale = List.of();
    for (Letter letter : ready) {
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
    if (!leaving.isEmpty()) {
      return new Step.Carry(leaving.remove());
    } else if (!noting.isEmpty()) {
      return new Step.Note(noting.remove());
    }
    return dropped.isEmpty() ? null : new Step.Drop(dropped.remove());
  }

  void clear() {
    leaving.clear();
    noting.clear();
    dropped.clear();
  }
}

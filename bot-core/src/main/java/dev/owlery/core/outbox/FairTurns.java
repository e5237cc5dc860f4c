package dev.owlery.core.outbox;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of an account that have something to send: in each priority they take turns.
 * The priorities are no absolute ones, so that nobody is starved: behind {@link #PERSONS_IN_A_ROW}
 * turns of the first the second gets one, and each {@link #AUTOMATIC_EVERY}th turn is the last's.
 * Guarded by its desk's lock.
 */
final class FairTurns {
  static final int PERSONS_IN_A_ROW = 3;
  static final int AUTOMATIC_EVERY = 16;

  private final Map<Priority, SequencedSet<Line>> queues = new EnumMap<>(Priority.class);
  private int personsInARow;
  private int turns;

  FairTurns() {
    for (Priority priority : Priority.values()) {
      queues.put(priority, new LinkedHashSet<>());
    }
  }

  /** Puts a conversation at the end of its priority, unless it waits there or further in front. */
  void add(Line line) {
    Priority priority = line.priority();
    Priority waitsIn = line.waitsIn;
    if (waitsIn != null) {
      if (waitsIn.compareTo(priority) <= 0) {
        return;
      }
      queue(waitsIn).remove(line);
    }
    line.waitsIn = priority;
    queue(priority).addLast(line);
  }

  /** Whose turn it is; null if nobody waits. */
  @Nullable Line next() {
    Priority priority = nextPriority();
    SequencedSet<Line> queue = queue(priority);
    if (queue.isEmpty()) {
      return null;
    }
    personsInARow = priority == Priority.PERSON ? personsInARow + 1 : 0;
    Line line = queue.removeFirst();
    line.waitsIn = null;
    return line;
  }

  private Priority nextPriority() {
    turns++;
    boolean persons = !queue(Priority.PERSON).isEmpty();
    boolean others = !queue(Priority.NORMAL).isEmpty();
    if (turns % AUTOMATIC_EVERY == 0 && !queue(Priority.AUTOMATIC).isEmpty()) {
      return Priority.AUTOMATIC;
    }
    if (persons && !(others && personsInARow >= PERSONS_IN_A_ROW)) {
      return Priority.PERSON;
    }
    return others ? Priority.NORMAL : Priority.AUTOMATIC;
  }

  private SequencedSet<Line> queue(Priority priority) {
    return queues.computeIfAbsent(priority, any -> new LinkedHashSet<>());
  }

  int size() {
    return queues.values().stream().mapToInt(SequencedSet::size).sum();
  }

  boolean isEmpty() {
    for (SequencedSet<Line> queue : queues.values()) {
      if (!queue.isEmpty()) {
        return false;
      }
    }
    return true;
  }
}

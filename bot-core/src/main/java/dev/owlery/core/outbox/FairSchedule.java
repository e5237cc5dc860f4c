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
final class FairSchedule {
  static final int PERSONS_IN_A_ROW = 3;
  static final int AUTOMATIC_EVERY = 16;

  private final Map<Priority, SequencedSet<ConversationQueue>> queues =
      new EnumMap<>(Priority.class);
  private int personsInARow;
  private int rounds;

  FairSchedule() {
    for (Priority priority : Priority.values()) {
      queues.put(priority, new LinkedHashSet<>());
    }
  }

  /** Puts a conversation at the end of its priority, unless it waits there or further in front. */
  void add(ConversationQueue line) {
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
  @Nullable ConversationQueue next() {
    Priority priority = nextPriority();
    SequencedSet<ConversationQueue> queue = queue(priority);
    if (queue.isEmpty()) {
      return null;
    }
    personsInARow = priority == Priority.PERSON ? personsInARow + 1 : 0;
    ConversationQueue line = queue.removeFirst();
    line.waitsIn = null;
    return line;
  }

  private Priority nextPriority() {
    rounds++;
    boolean persons = !queue(Priority.PERSON).isEmpty();
    boolean others = !queue(Priority.NORMAL).isEmpty();
    if (rounds % AUTOMATIC_EVERY == 0 && !queue(Priority.AUTOMATIC).isEmpty()) {
      return Priority.AUTOMATIC;
    }
    if (persons && !(others && personsInARow >= PERSONS_IN_A_ROW)) {
      return Priority.PERSON;
    }
    return others ? Priority.NORMAL : Priority.AUTOMATIC;
  }

  private SequencedSet<ConversationQueue> queue(Priority priority) {
    return queues.computeIfAbsent(priority, any -> new LinkedHashSet<>());
  }

  int size() {
    return queues.values().stream().mapToInt(SequencedSet::size).sum();
  }

  boolean isEmpty() {
    for (SequencedSet<ConversationQueue> queue : queues.values()) {
      if (!queue.isEmpty()) {
        return false;
      }
    }
    return true;
  }
}

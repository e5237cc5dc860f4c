package dev.owlery.core.outbox;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of an account that have something to send: in each priority they take turns.
 * The priorities are no absolute ones, so that nobody is starved: behind {@link #PERSONS_IN_A_ROW}
 * turns of persons one of the others gets one, and one only, so that a person who asks waits for at
 * most one turn of anybody else. Of the others' turns strangers get one behind {@link
 * #OWN_IN_A_ROW} of what the bot says of its own accord; the first behind {@link #AUTOMATIC_EVERY}
 * turns of the account without an automatic line is for one. Guarded by its desk's lock.
 */
final class FairSchedule {
  static final int PERSONS_IN_A_ROW = 3;
  static final int OWN_IN_A_ROW = 3;
  static final int AUTOMATIC_EVERY = 16;

  private final Map<Priority, SequencedSet<ConversationQueue>> queues =
      new EnumMap<>(Priority.class);
  private int personsInARow;

  /** Turns of {@link Priority#NORMAL} since the last one of a stranger. */
  private int ownInARow;

  /** Turns since the last automatic one. */
  private int turnsWithoutAutomatic;

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
    count(priority);
    ConversationQueue line = queue.removeFirst();
    line.waitsIn = null;
    return line;
  }

  private void count(Priority priority) {
    turnsWithoutAutomatic++;
    personsInARow++;
    switch (priority) {
      case PERSON -> {}
      case NORMAL -> {
        personsInARow = 0;
        ownInARow++;
      }
      case STRANGER -> {
        personsInARow = 0;
        ownInARow = 0;
      }
      case AUTOMATIC -> {
        personsInARow = 0;
        turnsWithoutAutomatic = 0;
      }
    }
  }

  private Priority nextPriority() {
    boolean isAutomaticDue =
        turnsWithoutAutomatic >= AUTOMATIC_EVERY - 1 && waits(Priority.AUTOMATIC);
    boolean others = waits(Priority.NORMAL) || waits(Priority.STRANGER) || isAutomaticDue;
    if (waits(Priority.PERSON) && !(others && personsInARow >= PERSONS_IN_A_ROW)) {
      return Priority.PERSON;
    } else if (isAutomaticDue || !others) {
      return Priority.AUTOMATIC;
    } else if (!waits(Priority.STRANGER)) {
      return Priority.NORMAL;
    }
    boolean isOwnTurn = waits(Priority.NORMAL) && ownInARow < OWN_IN_A_ROW;
    return isOwnTurn ? Priority.NORMAL : Priority.STRANGER;
  }

  private boolean waits(Priority priority) {
    return !queue(priority).isEmpty();
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

package dev.owlery.core.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The letters of one conversation, in their order. Guarded by its desk's lock. */
final class ConversationQueue {

  /** So many letters are noted in the journal at once. */
  private static final int BUNDLE = 256;

  /** The order of the letters that wait here, by number. */
  private final NavigableMap<Long, QueuedAction> waiting = new TreeMap<>();

  /** Those of them that must be looked up. */
  private final NavigableMap<Long, QueuedAction> doubtful = new TreeMap<>();

  /** How many of the letters that wait are for persons, and how many are not automatic. */
  private int persons;

  private int others;

  /** The name of the conversation. */
  final String conversation;

  /** In which priority's queue it waits for its turn; null if in none. */
  @Nullable Priority waitsIn;

  /** How many letters there are that have not come to their end. */
  int unsettled;

  /** Letters that are with the adapter, or on their way there. */
  int inFlight;

  /** Whether a bundle is being noted in the journal: nothing may overtake it. */
  boolean marking;

  /** So many letters are being looked up: nothing leaves before that is over. */
  int lookingUp;

  /** Whether a letter came back: nothing leaves before all are back and a pause was made. */
  boolean troubled;

  /** Whether the first letter after a trouble goes ahead alone, so that none overtakes it again. */
  private boolean probing;

  /** How long the pause is to be. */
  Duration pauseFor = Duration.ZERO;

  /** Counts the pauses, so that one that was ended early does not end the next. */
  int pauses;

  /** Calls the pause off, if there is one. */
  private Optional<Runnable> pause = Optional.empty();

  ConversationQueue(String room) {
    this.conversation = room;
  }

  /** The highest of the letters that wait: those before them must leave first. */
  Priority priority() {
    if (persons > 0) {
      return Priority.PERSON;
    } else if (others > 0) {
      return Priority.NORMAL;
    }
    return Priority.AUTOMATIC;
  }

  /** Whether a new letter may go straight to the adapter. */
  boolean isClear() {
    return waiting.isEmpty() && !marking && lookingUp == 0 && !troubled && !probing;
  }

  boolean isIdle() {
    return isClear() && inFlight == 0;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(QueuedAction letter) {
    if (waiting.put(letter.number(), letter) == null) {
      count(letter, 1);
    }
    if (letter.doubtful) {
      doubtful.put(letter.number(), letter);
    }
  }

  /**
   * The letters that must be looked up, if they can be, in order. All of them go before anything
   * leaves: networks that keep a history need read it only once then.
   */
  List<QueuedAction> takeDoubtful(boolean online) {
    if (!online || inFlight > 0 || doubtful.isEmpty() || isHeld()) {
      return List.of();
    }
    List<QueuedAction> taken = new ArrayList<>();
    while (!doubtful.isEmpty() && taken.size() < BUNDLE) {
      taken.add(doubtful.pollFirstEntry().getValue());
    }
    taken.forEach(this::remove);
    lookingUp = taken.size();
    return taken;
  }

  private void count(QueuedAction letter, int by) {
    switch (letter.priority) {
      case PERSON -> persons += by;
      case NORMAL -> others += by;
      case AUTOMATIC -> {}
    }
  }

  private void remove(QueuedAction letter) {
    if (waiting.remove(letter.number()) != null) {
      count(letter, -1);
    }
  }

  /** When the oldest of the letters here that may have been sent was handed over. */
  Optional<Instant> doubtfulSince() {
    return doubtful.values().stream()
        .map(each -> each.outgoing.handedAt())
        .min(Comparator.naturalOrder());
  }

  /** Whether something may leave now. */
  boolean isReady(boolean online) {
    if (isHeld() || (probing && inFlight > 0)) {
      return false;
    }
    QueuedAction first = waiting.firstEntry().getValue();
    return !first.doubtful && (online || first.goesOffline());
  }

  /** The letters that may leave now, in order. */
  List<QueuedAction> takeReady(boolean online, int most) {
    List<QueuedAction> ready = new ArrayList<>();
    int bundle = probing ? 1 : Math.min(most, BUNDLE);
    while (ready.size() < bundle && isReady(online)) {
      QueuedAction first = waiting.firstEntry().getValue();
      remove(first);
      ready.add(first);
    }
    return ready;
  }

  private boolean isHeld() {
    return waiting.isEmpty() || marking || lookingUp > 0 || troubled;
  }

  /** Takes out the letters that were made before a time. */
  List<QueuedAction> takeOlderThan(Instant time) {
    List<QueuedAction> old = new ArrayList<>();
    for (QueuedAction each : waiting.values()) {
      if (each.outgoing.madeAt().isBefore(time)) {
        old.add(each);
      }
    }
    for (QueuedAction each : old) {
      remove(each);
      doubtful.remove(each.number());
    }
    return old;
  }

  /** A letter came back: nothing more leaves before a pause. */
  void trouble(Duration before) {
    troubled = true;
    pauseFor = before.compareTo(pauseFor) > 0 ? before : pauseFor;
  }

  void endTrouble() {
    troubled = false;
    probing = true;
  }

  /** A letter has come through, or is given up: the others may follow. */
  void passed() {
    probing = false;
  }

  boolean isPausing() {
    return pause.isPresent();
  }

  void startPause(Runnable callOff) {
    pause = Optional.of(callOff);
  }

  void endPause() {
    pause.ifPresent(Runnable::run);
    pause = Optional.empty();
    pauseFor = Duration.ZERO;
    pauses++;
  }
}

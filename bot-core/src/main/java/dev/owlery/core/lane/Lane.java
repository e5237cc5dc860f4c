package dev.owlery.core.lane;

import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.core.journal.Journal.InboxEntry;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one room. At any time at most one thread drives it: takes the next event and runs
 * it. The role passes on when a handler outlasts its patience (to a new thread), when a command
 * waits for an answer (to a new thread), and when the answer comes (to the thread that waited for
 * it).
 */
final class Lane {

  private final Lanes lanes;
  private final LaneServices steps;

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<InboxEntry> queue = new ArrayDeque<>();
  private final Map<String, PendingQuestion> questions = new HashMap<>();
  private boolean driven;
  private boolean retired;
  private volatile @Nullable EventTask current;

  Lane(Lanes lanes, LaneServices steps) {
    this.lanes = lanes;
    this.steps = steps;
  }

  /** Queues an event; returns false if this lane has retired and a new one is needed. */
  boolean add(InboxEntry entry) {
    lock.lock();
    try {
      if (retired) {
        return false;
      }
      queue.add(entry);
      if (driven) {
        return true;
      }
      driven = true;
    } finally {
      lock.unlock();
    }
    startDriver();
    return true;
  }

  /** Retires if there is nothing to remember; returns whether it did. */
  boolean retire() {
    lock.lock();
    try {
      retired = !driven && queue.isEmpty() && questions.isEmpty();
      return retired;
    } finally {
      lock.unlock();
    }
  }

  /** Drops what has not begun: it is in the journal. */
  void clear() {
    lock.lock();
    try {
      queue.forEach(entry -> lanes.release());
      queue.clear();
    } finally {
      lock.unlock();
    }
  }

  void overtakeIfLasting(long patience, long now) {
    EventTask turn = current;
    if (turn != null && turn.overtakeIfLasting(patience, now)) {
      Thread.ofVirtual().name("lane").start(() -> drive(turn));
    }
  }

  /** Lets another thread drive on, since the calling one is going to wait. */
  void startDriver() {
    Thread.ofVirtual().name("lane").start(() -> drive(null));
  }

  /**
   * Notes that a thread waits for an answer; an earlier question that the same would answer is
   * given up.
   */
  void ask(PendingQuestion question) {
    lock.lock();
    try {
      for (String key : question.keys()) {
        PendingQuestion earlier = questions.put(key, question);
        if (earlier != null) {
          forget(earlier);
          earlier.giveUp();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends a question; returns false if its answer has just been handed over. */
  boolean withdraw(PendingQuestion question) {
    lock.lock();
    try {
      forget(question);
      return question.giveUp();
    } finally {
      lock.unlock();
    }
  }

  /** Makes a turn the one that patience is measured for. */
  void current(EventTask turn) {
    current = turn;
  }

  void done() {
    lanes.release();
  }

  AttemptMarks attempts() {
    return lanes.attempts();
  }

  private void drive(@Nullable EventTask unfinished) {
    EventTask turn = unfinished == null ? next() : unfinished;
    while (turn != null) {
      current = turn;
      if (!turn.run()) {
        return;
      }
      turn = next();
    }
  }

  private @Nullable EventTask next() {
    while (true) {
      InboxEntry entry;
      PendingQuestion question;
      lock.lock();
      try {
        if (lanes.stopped()) {
          // Also what came in behind the stop: its room is waited for.
          clear();
        }
        entry = queue.poll();
        if (entry == null) {
          driven = false;
          current = null;
          return null;
        }
        question = question(entry.event());
      } finally {
        lock.unlock();
      }
      if (question != null && question.answer(entry)) {
        return null;
      }
      if (lanes.awaitOutbox(entry)) {
        return new EventTask(this, steps, entry);
      }
      lanes.attempts().finished(entry.number());
      lanes.release();
    }
  }

  private @Nullable PendingQuestion question(ChatEvent event) {
    if (questions.isEmpty() || isCommand(event)) {
      return null;
    }
    PendingQuestion question = PendingQuestion.keyOf(event).map(questions::get).orElse(null);
    if (question != null) {
      forget(question);
    }
    return question;
  }

  private boolean isCommand(ChatEvent event) {
    return event instanceof MessagePosted message
        && steps
            .commands()
            .isCommand(
                message, steps.accounts().adapter(message.where().account()).self().displayName());
  }

  private void forget(PendingQuestion question) {
    question.keys().forEach(key -> questions.remove(key, question));
  }
}

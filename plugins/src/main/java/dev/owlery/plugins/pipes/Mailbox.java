package dev.owlery.plugins.pipes;

import dev.owlery.api.plugin.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The messages that wait for a program. They are written down as part of the handler that accepts
 * them, and struck off with what came of them. Any thread.
 */
final class Mailbox {
  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

  private final Store store;
  private final String waiting;
  private final String aside;
  private final FairQueue queue;
  private final AtomicLong number;

  Mailbox(Store store, String pipe, int most, Clock clock) {
    this.store = store;
    this.waiting = "waiting " + pipe + " ";
    this.aside = "aside " + pipe + " ";
    this.queue = new FairQueue(most);
    this.number =
        new AtomicLong(Math.max(clock.millis() * 1_000, Math.max(last(waiting), last(aside))));
  }

  /** Behind what is there already, whatever the clock says. */
  private long last(String prefix) {
    return store.entries(prefix).keySet().stream()
        .mapToLong(key -> Long.parseLong(key.substring(prefix.length())))
        .max()
        .orElse(0);
  }

  /**
   * Finds what was written down and is not in the queue: after a start, or a disk that was full.
   */
  void sweep() {
    store.entries(waiting).forEach((key, written) -> queue.add(key, Message.read(written).share()));
  }

  /** Takes a message in; false if too many wait, or too many of its sender. Within a handler. */
  boolean accept(Message message) {
    String key = waiting + "%019d".formatted(number.incrementAndGet());
    boolean isAccepted = queue.offer(key, message.share());
    if (isAccepted) {
      store.put(key, message.written());
    }
    return isAccepted;
  }

  /** The key of the next message; empty if there is none in all the time. */
  Optional<String> next(long millis) throws InterruptedException {
    return queue.next(millis);
  }

  /** A message, once the handler that accepted it has been committed; empty if it failed. */
  Optional<Message> read(String key) {
    long end = System.nanoTime() + PATIENCE;
    Optional<String> written = store.get(key);
    while (written.isEmpty() && System.nanoTime() - end < 0 && !Thread.interrupted()) {
      LockSupport.parkNanos(LOOK);
      written = store.get(key);
    }
    if (written.isEmpty()) {
      queue.remove(key);
    }
    return written.map(Message::read);
  }

  /** Strikes a message off. */
  void done(String key) {
    store.remove(key);
    queue.remove(key);
  }

  /** Puts a message aside, where it hinders no other. */
  void putAside(String key, Message message) {
    store.put(aside + key.substring(waiting.length()), message.written());
    done(key);
  }

  /** Has the program try again what was put aside; how many that are. */
  int takeUp() {
    List<String> keys = new ArrayList<>(store.entries(aside).keySet());
    for (String key : keys) {
      String again = waiting + key.substring(aside.length());
      String written = store.get(key).orElseThrow();
      store.put(again, written);
      store.remove(key);
      queue.add(again, Message.read(written).share());
    }
    return keys.size();
  }

  int waiting() {
    return queue.size();
  }

  /** Whether so many wait that some are refused. */
  boolean isCrowded() {
    return queue.isCrowded();
  }

  int aside() {
    return store.entries(aside).size();
  }
}

package dev.owlery.plugins.pipes;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys of the messages that wait for a program, fairly divided: senders take turns, those for
 * whom the network vouches and all others alternating, so that nobody waits for all that somebody
 * else has sent. Each sender's own messages stay in order.
 *
 * <p>The shares are those of an account's outbox: the last eighth is for those for whom the network
 * vouches, and in the last quarter nobody gets more than a sixteenth of the whole. What is being
 * worked on counts until it is {@linkplain #remove removed}. Safe for use by several threads.
 */
final class FairQueue {

  /** Whose turn is whose. */
  private enum Ring {
    VERIFIED,
    OTHERS
  }

  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Map<String, Sender> senders = new HashMap<>();
  private final Map<Sender, Integer> counts = new HashMap<>();
  private final Map<Ring, SequencedMap<Sender, ArrayDeque<String>>> rings =
      new EnumMap<>(Ring.class);
  private Ring last = Ring.OTHERS;

  FairQueue(int limit) {
    this.limit = limit;
    for (Ring ring : Ring.values()) {
      rings.put(ring, new LinkedHashMap<>());
    }
  }

  /** Adds a new message if there is room for one more of its sender. */
  boolean offer(String key, Sender sender) {
    lock.lock();
    try {
      int size = senders.size();
      boolean isWithinShare =
          size < crowded() || counts.getOrDefault(sender, 0) < Math.max(1, limit / 16);
      int reserved = sender.isVerified() ? 0 : limit / 8;
      boolean isAccepted = isWithinShare && size < limit - reserved;
      if (isAccepted) {
        add(key, sender);
      }
      return isAccepted;
    } finally {
      lock.unlock();
    }
  }

  /** Whether so much waits that somebody may be refused. */
  boolean isCrowded() {
    return size() >= crowded();
  }

  private int crowded() {
    return limit - limit / 4;
  }

  /** Adds a message, whether there is room or not; unless it is there already. */
  void add(String key, Sender sender) {
    lock.lock();
    try {
      if (senders.putIfAbsent(key, sender) == null) {
        counts.merge(sender, 1, Integer::sum);
        ring(sender).computeIfAbsent(sender, any -> new ArrayDeque<>()).add(key);
        filled.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The key whose turn it is; empty if none comes in the time. */
  Optional<String> next(long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lockInterruptibly();
    try {
      while (ring(Ring.VERIFIED).isEmpty() && ring(Ring.OTHERS).isEmpty()) {
        if (left <= 0) {
          return Optional.empty();
        }
        left = filled.awaitNanos(left);
      }
      Ring other = last == Ring.OTHERS ? Ring.VERIFIED : Ring.OTHERS;
      last = ring(other).isEmpty() ? last : other;
      return Optional.of(take(ring(last)));
    } finally {
      lock.unlock();
    }
  }

  private static String take(SequencedMap<Sender, ArrayDeque<String>> ring) {
    Map.Entry<Sender, ArrayDeque<String>> first = ring.firstEntry();
    ring.remove(first.getKey());
    String key = first.getValue().removeFirst();
    if (!first.getValue().isEmpty()) {
      ring.putLast(first.getKey(), first.getValue());
    }
    return key;
  }

  /** A message that was taken is dealt with. */
  void remove(String key) {
    lock.lock();
    try {
      Sender sender = senders.remove(key);
      if (sender != null) {
        counts.computeIfPresent(sender, (any, count) -> count == 1 ? null : count - 1);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many messages wait or are worked on. */
  int size() {
    lock.lock();
    try {
      return senders.size();
    } finally {
      lock.unlock();
    }
  }

  private SequencedMap<Sender, ArrayDeque<String>> ring(Sender sender) {
    return ring(sender.isVerified() ? Ring.VERIFIED : Ring.OTHERS);
  }

  private SequencedMap<Sender, ArrayDeque<String>> ring(Ring ring) {
    return rings.computeIfAbsent(ring, any -> new LinkedHashMap<>());
  }

  /**
   * Whose share of the queue something is.
   *
   * @param name the identity; without one the account and the host that somebody speaks from, or
   *     their handle where the network shows no host
   * @param isVerified whether the network vouches for them
   */
  record Sender(String name, boolean isVerified) {}
}

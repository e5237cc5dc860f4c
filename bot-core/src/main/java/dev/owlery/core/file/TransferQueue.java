package dev.owlery.core.file;

import dev.owlery.api.chat.AccountId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Who is next: transfers of one conversation in the order in which they were asked for, apart from
 * those that pause before another attempt; conversations in turn. Every method may be called from
 * any thread.
 */
final class TransferQueue {

  private final int atOnce;
  private final int perPeer;
  private final Clock clock;
  private final Predicate<AccountId> online;
  private final Map<String, NavigableMap<Long, QueuedTransfer>> waiting = new LinkedHashMap<>();
  private final Map<String, Set<String>> running = new HashMap<>();
  private int count;

  private record QueuedTransfer(String id, AccountId account, Instant notBefore) {}

  TransferQueue(int atOnce, int perPeer, Clock clock, Predicate<AccountId> online) {
    this.atOnce = atOnce;
    this.perPeer = perPeer;
    this.clock = clock;
    this.online = online;
  }

  synchronized void add(TransferRow row, Instant notBefore) {
    waiting
        .computeIfAbsent(row.peer(), fresh -> new TreeMap<>())
        .put(
            row.number(),
            new QueuedTransfer(row.id(), row.transfer().where().account(), notBefore));
  }

  synchronized void remove(TransferRow row) {
    NavigableMap<Long, QueuedTransfer> line = waiting.get(row.peer());
    if (line != null && line.remove(row.number()) != null && line.isEmpty()) {
      waiting.remove(row.peer());
    }
  }

  /** Takes the next one that may run now. */
  synchronized Optional<String> next() {
    if (count >= atOnce) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    for (Map.Entry<String, NavigableMap<Long, QueuedTransfer>> line : waiting.entrySet()) {
      String peer = line.getKey();
      if (running.getOrDefault(peer, Set.of()).size() < perPeer) {
        Optional<Map.Entry<Long, QueuedTransfer>> first = first(line.getValue(), now);
        if (first.isPresent()) {
          return Optional.of(take(peer, line.getValue(), first.get().getKey()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Map.Entry<Long, QueuedTransfer>> first(
      NavigableMap<Long, QueuedTransfer> line, Instant now) {
    if (!online.test(line.firstEntry().getValue().account())) {
      return Optional.empty();
    }
    return line.entrySet().stream()
        .filter(each -> !each.getValue().notBefore().isAfter(now))
        .findFirst();
  }

  /** The conversation goes to the end of the row. An entry of a tree is another after removals. */
  private String take(String peer, NavigableMap<Long, QueuedTransfer> line, long number) {
    String id = Objects.requireNonNull(line.remove(number)).id();
    waiting.remove(peer);
    if (!line.isEmpty()) {
      waiting.put(peer, line);
    }
    running.computeIfAbsent(peer, fresh -> new HashSet<>()).add(id);
    count++;
    return id;
  }

  /** Gives a place free, if it was taken. */
  synchronized void leave(TransferRow row) {
    Set<String> here = running.get(row.peer());
    if (here != null && here.remove(row.id())) {
      count--;
      if (here.isEmpty()) {
        running.remove(row.peer());
      }
    }
  }
}

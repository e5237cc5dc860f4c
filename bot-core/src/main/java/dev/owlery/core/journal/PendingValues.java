package dev.owlery.core.journal;

import dev.owlery.core.journal.Journal.StoreWrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Values that were written but are not in the database yet, so that whoever asks sees them at once.
 * For any thread.
 */
final class PendingValues {

  private record ValueKey(String space, String key) {}

  private record PendingValue(long ticket, Optional<String> value) {}

  private final Map<ValueKey, PendingValue> values = new ConcurrentHashMap<>();
  private final AtomicLong tickets = new AtomicLong();

  /** Shows writes from now on; returns a ticket for {@link #over}. */
  long begin(List<StoreWrite> writes) {
    if (writes.isEmpty()) {
      return 0;
    }
    long ticket = tickets.incrementAndGet();
    for (StoreWrite write : writes) {
      values.put(new ValueKey(write.space(), write.key()), new PendingValue(ticket, write.value()));
    }
    return ticket;
  }

  /** The writes are in the database, or never will be. Later ones to the same keys stay. */
  void over(List<StoreWrite> writes, long ticket) {
    for (StoreWrite write : writes) {
      values.computeIfPresent(
          new ValueKey(write.space(), write.key()),
          (place, last) -> last.ticket() == ticket ? null : last);
    }
  }

  /** The pending value (empty if it is to be removed), or what the database has. */
  Optional<String> find(String space, String key, Supplier<Optional<String>> database) {
    PendingValue value = values.isEmpty() ? null : values.get(new ValueKey(space, key));
    return value == null ? database.get() : value.value();
  }

  /** The pending values of the keys that begin alike. */
  Map<String, Optional<String>> findAll(String space, String prefix) {
    Map<String, Optional<String>> found = new HashMap<>();
    values.forEach((place, value) -> {
      if (place.space().equals(space) && place.key().startsWith(prefix)) {
        found.put(place.key(), value.value());
      }
    });
    return found;
  }
}

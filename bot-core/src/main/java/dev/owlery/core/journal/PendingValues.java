package dev.owlery.core.journal;

import dev.owlery.core.journal.Journal.Write;
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

  private record Place(String space, String key) {}

  private record Value(long ticket, Optional<String> value) {}

  private final Map<Place, Value> values = new ConcurrentHashMap<>();
  private final AtomicLong tickets = new AtomicLong();

  /** Shows writes from now on; returns a ticket for {@link #over}. */
  long begin(List<Write> writes) {
    if (writes.isEmpty()) {
      return 0;
    }
    long ticket = tickets.incrementAndGet();
    for (Write write : writes) {
      values.put(new Place(write.space(), write.key()), new Value(ticket, write.value()));
    }
    return ticket;
  }

  /** The writes are in the database, or never will be. Later ones to the same keys stay. */
  void over(List<Write> writes, long ticket) {
    for (Write write : writes) {
      values.computeIfPresent(
          new Place(write.space(), write.key()),
          (place, last) -> last.ticket() == ticket ? null : last);
    }
  }

  /** The pending value (empty if it is to be removed), or what the database has. */
  Optional<String> find(String space, String key, Supplier<Optional<String>> database) {
    Value value = values.isEmpty() ? null : values.get(new Place(space, key));
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

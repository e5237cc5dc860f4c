package dev.owlery.core.topic;

import dev.owlery.api.content.Item;
import dev.owlery.api.plugin.Store;
import dev.owlery.core.topic.StoredItems.StoredItem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Items that nobody was told of, since nobody was there: the newest thousand. Any thread.
 *
 * <p>Their keys are in memory too, so that keeping one does not mean reading all; a unit that fails
 * leaves one too many there, or one too few, until the next start.
 */
final class UndeliveredItems {

  private static final Logger log = LoggerFactory.getLogger(UndeliveredItems.class);
  private static final int MOST = 1_000;
  private static final String PREFIX = "untold ";

  private final StoredItems kept;
  private final NavigableSet<String> keys = new ConcurrentSkipListSet<>();
  private boolean known;

  UndeliveredItems(Store store, Clock clock) {
    this.kept = new StoredItems(store, clock);
  }

  /** Within the unit of the item's event. */
  synchronized void keep(String topic, Item item, Instant at) {
    if (!known) {
      keys.addAll(kept.entries(PREFIX).keySet());
      known = true;
    }
    while (keys.size() >= MOST) {
      log.warn("more than {} items that nobody was told of: the oldest is dropped", MOST);
      kept.remove(keys.removeFirst());
    }
    String key = kept.key(PREFIX, at.toEpochMilli(), topic);
    kept.put(key, topic, item);
    keys.add(key);
  }

  /** Goes through them, the oldest first, and forgets those of which somebody has been told. */
  void deliver(Predicate<StoredItem> told) {
    kept.entries(PREFIX)
        .forEach((key, value) -> {
          if (kept.read(value).filter(told).isPresent()) {
            kept.remove(key);
            keys.remove(key);
          }
        });
  }

  /** Topics and titles, the oldest first. */
  List<String> titles() {
    List<String> titles = new ArrayList<>();
    kept.entries(PREFIX)
        .values()
        .forEach(value ->
            kept.read(value)
                .ifPresent(
                    item -> titles.add(item.topic() + ": " + Template.line(item.item().title()))));
    return titles;
  }
}

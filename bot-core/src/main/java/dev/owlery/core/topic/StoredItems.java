package dev.owlery.core.topic;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.PublishItem;
import dev.owlery.api.content.Item;
import dev.owlery.api.plugin.Store;
import dev.owlery.core.journal.JournalCodec;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Items that are written down until they can be told. Any thread. */
final class StoredItems {

  private static final Logger log = LoggerFactory.getLogger(StoredItems.class);

  private final Store store;
  private final Clock clock;
  private final JournalCodec codec = new JournalCodec();
  private final AtomicLong number = new AtomicLong();

  /** An item of a topic. */
  record StoredItem(String topic, Item item) {}

  StoredItems(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Makes a key that no other item has, in this life of the bot or another: keys sort by the given
   * time, then in the order of this.
   */
  String key(String prefix, long millis, String suffix) {
    long count = number.incrementAndGet() % 1_000_000;
    int mark = ThreadLocalRandom.current().nextInt();
    return "%s%013d %013d%06d %08x %s"
        .formatted(prefix, millis, clock.millis(), count, mark, suffix);
  }

  void put(String key, String topic, Item item) {
    store.put(key, codec.write(new PublishItem(TopicAccount.place(topic), topic, item)));
  }

  Map<String, String> entries(String prefix) {
    return store.entries(prefix);
  }

  void remove(String key) {
    store.remove(key);
  }

  /** Reads a value; empty, and noted, if a later version has written it. */
  Optional<StoredItem> read(String value) {
    try {
      Action action = codec.readAction(value);
      return action instanceof PublishItem publish
          ? Optional.of(new StoredItem(publish.topic(), publish.item()))
          : Optional.empty();
    } catch (IOException strange) {
      log.warn("a kept item cannot be read: {}", String.valueOf(strange.getMessage()));
      return Optional.empty();
    }
  }
}

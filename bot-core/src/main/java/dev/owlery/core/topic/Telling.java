package dev.owlery.core.topic;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Item;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.content.Text;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Store;
import dev.owlery.core.schedule.Timers;
import dev.owlery.core.topic.KeptItems.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells items in conversations: at once, or together with others when their time has come. What
 * waits is written down with the rest of what the item's handler does, and taken out with the
 * message that tells it. Any thread.
 */
final class Telling {

  private static final Logger log = LoggerFactory.getLogger(Telling.class);

  /** So many items may wait for one conversation; what comes then is told at once. */
  private static final int MOST = 500;

  private static final Duration EARLY = Duration.ofMillis(20);
  private static final String ITEM = "item ";
  private static final String WAY = "way ";

  private final Bot bot;
  private final Timers timers;
  private final Store store;
  private final KeptItems kept;

  Telling(Bot bot, Timers timers, Store store) {
    this.bot = bot;
    this.timers = timers;
    this.store = store;
    this.kept = new KeptItems(store, timers.clock());
  }

  /** Plans what an earlier process left. */
  void begin() {
    waiting().values().forEach(keys -> plan(dueOf(keys.firstKey())));
  }

  /** Tells an item somewhere, now or later. Within a unit of work. */
  void tell(Conversation place, Manner manner, String topic, Item item) {
    Optional<Instant> later = manner.later(item, timers.clock().instant());
    if (later.isEmpty()) {
      bot.say(place, alone(manner.template(), topic, item));
      return;
    }
    SortedMap<String, String> others = waiting().getOrDefault(place.address(), new TreeMap<>());
    if (others.size() >= MOST) {
      bot.say(place, alone(manner.template(), topic, item));
      return;
    }
    long due = later.get().toEpochMilli();
    long first = others.isEmpty() ? due : Math.min(due, dueOf(others.firstKey()));
    String key = kept.key(ITEM, first, place.address());
    kept.put(key, topic, item);
    manner.template().ifPresent(template -> store.put(WAY + key, template.source()));
    if (others.isEmpty()) {
      plan(first);
    }
  }

  private static Content alone(Optional<Template> template, String topic, Item item) {
    return template
        .map(words -> Content.of(Text.plain(words.tell(topic, item))))
        .orElseGet(() -> Content.of(item.card()));
  }

  private static long dueOf(String key) {
    return Long.parseLong(key.substring(ITEM.length(), ITEM.length() + 13));
  }

  private static String addressOf(String key) {
    return key.substring(ITEM.length() + 43);
  }

  /** What waits, by address, the oldest first. */
  private Map<String, SortedMap<String, String>> waiting() {
    Map<String, SortedMap<String, String>> all = new LinkedHashMap<>();
    kept.entries(ITEM)
        .forEach((key, value) ->
            all.computeIfAbsent(addressOf(key), address -> new TreeMap<>()).put(key, value));
    return all;
  }

  private void plan(long due) {
    Duration wait = Duration.between(timers.clock().instant(), Instant.ofEpochMilli(due));
    var _ = timers.schedule(wait.isPositive() ? wait : Duration.ofMillis(1), this::tellDue);
  }

  private synchronized void tellDue() {
    long now = timers.clock().instant().plus(EARLY).toEpochMilli();
    waiting()
        .forEach((address, items) -> {
          if (dueOf(items.firstKey()) <= now) {
            bot.asOne(() -> tellTogether(address, items));
          }
        });
  }

  private void tellTogether(String address, SortedMap<String, String> items) {
    Conversation place;
    try {
      place = bot.locate(address);
    } catch (IllegalArgumentException gone) {
      log.warn("{} items wait for {}: {}", items.size(), address, gone.getMessage());
      return;
    }
    List<Content> all = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    items.forEach((key, value) -> {
      Optional<Template> template = store.get(WAY + key).map(Template::new);
      kept.read(value)
          .ifPresent(item -> {
            all.add(alone(template, item.topic(), item.item()));
            lines.add(line(template, item));
          });
      kept.remove(key);
      store.remove(WAY + key);
    });
    if (all.size() == 1) {
      bot.say(place, all.getFirst());
    } else if (!all.isEmpty()) {
      String together = all.size() + " items:\n" + String.join("\n", lines);
      bot.say(place, Content.of(Text.plain(together)));
    }
  }

  private static String line(Optional<Template> template, Kept kept) {
    Item item = kept.item();
    return template
        .map(words -> words.tell(kept.topic(), item))
        .orElseGet(() ->
            (item.severity() == Severity.INFO ? "" : item.severity() + ": ")
                + Template.line(item.title())
                + item.link().map(link -> " " + link).orElse(""));
  }
}

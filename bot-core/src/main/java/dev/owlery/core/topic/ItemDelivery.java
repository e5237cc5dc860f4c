package dev.owlery.core.topic;

import dev.owlery.api.adapter.Capability;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.command.TypedText;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Item;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.content.Text;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Store;
import dev.owlery.core.schedule.Timers;
import dev.owlery.core.topic.StoredItems.StoredItem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells items in conversations: at once, or together with others when their time has come. What
 * waits is written down with the rest of what the item's handler does, and taken out with the
 * message that tells it. Any thread.
 */
final class ItemDelivery {

  private static final Logger log = LoggerFactory.getLogger(ItemDelivery.class);

  /** So many items may wait for one conversation; what comes then is told at once. */
  private static final int MOST = 500;

  private static final Duration EARLY = Duration.ofMillis(20);

  /** What was written while items were told is told so long after them. */
  private static final Duration AFTER = Duration.ofSeconds(10);

  private static final String ITEM = "waits ";
  private static final String WAY = "way ";
  private static final String PILE = "pile ";

  private final Bot bot;
  private final Timers timers;
  private final Store store;
  private final StoredItems kept;

  ItemDelivery(Bot bot, Timers timers, Store store) {
    this.bot = bot;
    this.timers = timers;
    this.store = store;
    this.kept = new StoredItems(store, timers.clock());
  }

  /** Plans what an earlier process left. */
  void begin() {
    Map<String, Long> first = new LinkedHashMap<>();
    kept.entries(ITEM).keySet().forEach(key -> first.putIfAbsent(addressOf(key), dueOf(key)));
    first.forEach(this::plan);
  }

  /**
   * How many items wait for a conversation, about, and when they are told: without reading them.
   */
  private record PendingDigest(int count, long due) {
    static PendingDigest read(String written) {
      int space = written.indexOf(' ');
      return new PendingDigest(
          Integer.parseInt(written.substring(0, space)),
          Long.parseLong(written.substring(space + 1)));
    }

    String written() {
      return count + " " + due;
    }
  }

  /** Tells an item somewhere, now or later. Within a unit of work. */
  void deliver(Conversation place, DeliveryPolicy manner, String topic, Item item) {
    Optional<Instant> later = manner.later(item, timers.clock().instant());
    Optional<PendingDigest> pile = store.get(PILE + place.address()).map(PendingDigest::read);
    if (later.isEmpty() || pile.filter(others -> others.count() >= MOST).isPresent()) {
      bot.say(place, alone(place, manner.template(), topic, item));
      return;
    }
    long due = later.get().toEpochMilli();
    long first = pile.map(others -> Math.min(due, others.due())).orElse(due);
    String key = kept.key(prefix(place.address()), first, "");
    kept.put(key, topic, item);
    manner.template().ifPresent(template -> store.put(WAY + key, template.source()));
    int count = pile.map(PendingDigest::count).orElse(0) + 1;
    store.put(PILE + place.address(), new PendingDigest(count, first).written());
    if (pile.filter(others -> others.due() <= first).isEmpty()) {
      plan(place.address(), first);
    }
  }

  private Content alone(Conversation place, Optional<Template> template, String topic, Item item) {
    Content told =
        template
            .map(words -> Content.of(Text.plain(words.tell(topic, item))))
            .orElseGet(() -> Content.of(item.card()));
    String plain = told.plain();
    // Where there are no cards, each of their lines may be a message.
    String guarded =
        bot.can(place.account(), Capability.CARDS)
            ? guarded(place, topic, plain)
            : plain
                .lines()
                .map(line -> guarded(place, topic, line))
                .collect(Collectors.joining("\n"));
    return guarded.equals(plain) ? told : Content.of(Text.plain(guarded));
  }

  /** Items are often in the words of strangers: in rooms the bot gives no commands in those. */
  private static String guarded(Conversation place, String topic, String line) {
    return !place.isDirect() && TypedText.looksLikeCommand(line) ? topic + ": " + line : line;
  }

  /** The keys of a conversation's items begin so, and no others. */
  private static String prefix(String address) {
    return "%s%04d %s ".formatted(ITEM, address.length(), address);
  }

  private static String addressOf(String key) {
    int begin = ITEM.length() + 5;
    return key.substring(begin, begin + Integer.parseInt(key.substring(begin - 5, begin - 1)));
  }

  private static long dueOf(String key) {
    int begin = prefix(addressOf(key)).length();
    return Long.parseLong(key.substring(begin, begin + 13));
  }

  private void plan(String address, long due) {
    Duration wait = Duration.between(timers.clock().instant(), Instant.ofEpochMilli(due));
    var _ =
        timers.schedule(wait.isPositive() ? wait : Duration.ofMillis(1), () -> deliverDue(address));
  }

  private synchronized void deliverDue(String address) {
    SortedMap<String, String> items = new TreeMap<>(kept.entries(prefix(address)));
    Instant now = timers.clock().instant();
    if (items.isEmpty()) {
      return;
    }
    long first = dueOf(items.firstKey());
    if (first > now.plus(EARLY).toEpochMilli()) {
      plan(address, first);
      return;
    }
    bot.asOne(() -> deliverDigest(address, items));
    // An item whose handler has read the pile and not ended yet would not be planned by anybody.
    plan(address, now.plus(AFTER).toEpochMilli());
  }

  private void deliverDigest(String address, SortedMap<String, String> items) {
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
            all.add(alone(place, template, item.topic(), item.item()));
            lines.add(guarded(place, item.topic(), line(template, item)));
          });
      kept.remove(key);
      store.remove(WAY + key);
    });
    store.remove(PILE + address);
    if (all.size() == 1) {
      bot.say(place, all.getFirst());
    } else if (!all.isEmpty()) {
      String together = all.size() + " items:\n" + String.join("\n", lines);
      bot.say(place, Content.of(Text.plain(together)));
    }
  }

  private static String line(Optional<Template> template, StoredItem kept) {
    Item item = kept.item();
    return template
        .map(words -> words.tell(kept.topic(), item))
        .orElseGet(() ->
            (item.severity() == Severity.INFO ? "" : item.severity() + ": ")
                + Template.line(item.title())
                + item.link().map(link -> " " + link).orElse(""));
  }
}

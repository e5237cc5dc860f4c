package dev.owlery.core.topic;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.PublishItem;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Item;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.ItemPublished;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Handled;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.topic.TopicPattern;
import dev.owlery.api.topic.Topics;
import dev.owlery.core.account.Accounts;
import dev.owlery.core.schedule.Timers;
import dev.owlery.core.work.Committer;
import dev.owlery.core.work.UnitOfWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who gets what is published. Every method may be called from any thread. */
public final class TopicExchange implements Topics {

  private static final Logger log = LoggerFactory.getLogger(TopicExchange.class);
  private static final int LONGEST_ITEM = 64 * 1024;

  private final TopicSettings settings;
  private final Accounts accounts;
  private final Bot bot;
  private final Committer committer;
  private final Store store;
  private final Consumer<String> notices;
  private final ItemDelivery telling;
  private final UndeliveredItems untold;
  private final Map<String, List<TopicPattern>> listeners = new ConcurrentHashMap<>();

  /**
   * Makes an exchange without listeners.
   *
   * @param settings the configured routes
   * @param accounts who carries topics on its network
   * @param bot tells conversations
   * @param committer where publishing outside of a handler goes
   * @param stores opens the spaces where subscriptions and waiting items are kept; their writes
   *     join units
   * @param timers when what waits is told
   * @param notices tells the administrators
   */
  public TopicExchange(
      TopicSettings settings,
      Accounts accounts,
      Bot bot,
      Committer committer,
      Function<String, Store> stores,
      Timers timers,
      Consumer<String> notices) {
    this.settings = settings;
    this.accounts = accounts;
    this.bot = bot;
    this.committer = committer;
    this.store = stores.apply("topics");
    this.telling = new ItemDelivery(bot, timers, stores.apply("topics.waiting"));
    this.untold = new UndeliveredItems(stores.apply("topics.untold"), timers.clock());
    this.notices = notices;
  }

  /**
   * Takes up what an earlier process left: what waits for its time, and what nobody was told of, if
   * the configuration names somebody now. Called once, when plugins are loaded and lanes run.
   */
  public void begin() {
    telling.begin();
    bot.asOne(() -> untold.deliver(kept -> tell(kept.topic(), kept.item())));
  }

  @Override
  public CompletionStage<Receipt> publish(String topic, Item item) {
    String name = TopicPattern.name(topic);
    check(item);
    List<Action> actions = new ArrayList<>();
    actions.add(new PublishItem(TopicAccount.place(name), name, item));
    for (AccountId account : accounts.names()) {
      if (accounts.adapter(account).carries(name)) {
        actions.add(new PublishItem(Conversation.ofAccount(account), name, item));
      }
    }
    boolean handling = UnitOfWork.CURRENT.isBound();
    UnitOfWork unit = handling ? UnitOfWork.CURRENT.get() : new UnitOfWork();
    List<CompletionStage<Receipt>> receipts = actions.stream().map(unit::add).toList();
    if (!handling) {
      committer.commit(Optional.empty(), List.of(unit));
    }
    return receipts.getFirst();
  }

  private static void check(Item item) {
    if (item.key().isBlank() || item.title().isBlank()) {
      throw new IllegalArgumentException("an item has a key and a title");
    }
    long length =
        item.key().length() + item.title().length() + (long) item.text().source().length();
    for (Map.Entry<String, String> field : item.fields().entrySet()) {
      length += field.getKey().length() + field.getValue().length();
    }
    if (length > LONGEST_ITEM) {
      throw new IllegalArgumentException(
          "an item has at most " + LONGEST_ITEM + " characters, all together");
    }
  }

  @Override
  public List<String> known() {
    TreeSet<String> known = new TreeSet<>();
    settings.routes().forEach(route -> known.add(route.topics().text()));
    listeners.values().forEach(list -> list.forEach(pattern -> known.add(pattern.text())));
    accounts.names().forEach(account -> known.addAll(accounts.adapter(account).topics()));
    subscribed().forEach(subscription -> known.add(subscription.topics().text()));
    return List.copyOf(known);
  }

  @Override
  public boolean subscribe(String topics, Conversation where) {
    String key = key(new TopicPattern(topics), where);
    boolean fresh = store.get(key).isEmpty();
    store.put(key, where.address());
    if (fresh) {
      tellUntold(new TopicPattern(topics), where);
    }
    return fresh;
  }

  /** Whoever comes late is told what nobody was told before. */
  private void tellUntold(TopicPattern topics, Conversation where) {
    Conversation room = bot.locate(where.address());
    DeliveryPolicy manner = settings.manner(room.address());
    untold.deliver(kept -> {
      boolean wanted = topics.matches(kept.topic());
      if (wanted) {
        telling.deliver(room, manner, kept.topic(), kept.item());
      }
      return wanted;
    });
  }

  @Override
  public List<String> untold() {
    return untold.titles();
  }

  @Override
  public boolean unsubscribe(String topics, Conversation where) {
    String key = key(new TopicPattern(topics), where);
    boolean there = store.get(key).isPresent();
    store.remove(key);
    return there;
  }

  @Override
  public List<String> subscriptions(Conversation where) {
    TreeSet<String> topics = new TreeSet<>();
    settings.routes().stream()
        .filter(route -> route.to().contains(where.address()))
        .forEach(route -> topics.add(route.topics().text()));
    subscribed().stream()
        .filter(subscription -> subscription.address().equals(where.address()))
        .forEach(subscription -> topics.add(subscription.topics().text()));
    return List.copyOf(topics);
  }

  private static String key(TopicPattern topics, Conversation where) {
    return topics.text() + " " + where.address();
  }

  private record Subscription(TopicPattern topics, String address) {}

  private List<Subscription> subscribed() {
    List<Subscription> all = new ArrayList<>();
    store
        .entries("")
        .forEach((key, address) ->
            all.add(
                new Subscription(new TopicPattern(key.substring(0, key.indexOf(' '))), address)));
    return all;
  }

  /**
   * Notes that a plugin listens.
   *
   * @param plugin its id
   * @param topics to what
   */
  public void listens(String plugin, TopicPattern topics) {
    listeners.computeIfAbsent(plugin, id -> new CopyOnWriteArrayList<>()).add(topics);
  }

  /**
   * Notes that a plugin listens no more.
   *
   * @param plugin its id
   */
  public void forget(String plugin) {
    listeners.remove(plugin);
  }

  /**
   * An event as it is recorded: an item that a network has brought on one of its account's topics
   * is the same as if it had been published here.
   *
   * @param event what an adapter publishes
   * @return the event, or the item's own
   */
  public ChatEvent localised(ChatEvent event) {
    return event instanceof ItemPublished item
            && TopicPattern.isName(item.topic())
            && !item.item().key().isBlank()
            && accounts.adapter(item.where().account()).carries(item.topic())
        ? TopicAccount.event(item.topic(), item.item(), item.origin())
        : event;
  }

  /**
   * Whether an event is for those who listen to a topic.
   *
   * @param event an item
   * @param topics to what they listen
   * @return false for items on nodes of a network that are no topic of the bot's
   */
  public static boolean concerns(ItemPublished event, TopicPattern topics) {
    return event.where().account().equals(TopicAccount.ID) && topics.matches(event.topic());
  }

  /**
   * Tells an item where the configuration or somebody in chat wants to read it, each conversation
   * once; keeps it if nobody is there to be told. Called in the item's lane; what it does is part
   * of the event's unit.
   *
   * @param event an item
   * @return never stops anything
   */
  public Handled tell(ItemPublished event) {
    if (event.where().account().equals(TopicAccount.ID)
        && !tell(event.topic(), event.item())
        && !isHeard(event.topic())) {
      untold.keep(event.topic(), event.item(), event.origin().at());
    }
    return Handled.CONTINUE;
  }

  private record Destination(Conversation where, DeliveryPolicy policy) {}

  /** Tells an item; false if there was nobody to be told in chat. */
  private boolean tell(String topic, Item item) {
    Map<String, Destination> places = new LinkedHashMap<>();
    for (TopicSettings.TopicRoute route : settings.routes()) {
      if (route.topics().matches(topic)) {
        route.to().forEach(address -> locate(address, topic, route.policy(), places));
      }
    }
    for (Subscription subscription : subscribed()) {
      if (subscription.topics().matches(topic)) {
        locate(subscription.address(), topic, DeliveryPolicy.PLAIN, places);
      }
    }
    places.values().forEach(place -> telling.deliver(place.where(), place.policy(), topic, item));
    return !places.isEmpty();
  }

  private boolean isHeard(String topic) {
    return listeners.values().stream()
            .anyMatch(list -> list.stream().anyMatch(pattern -> pattern.matches(topic)))
        || accounts.names().stream().anyMatch(account -> accounts.adapter(account).carries(topic));
  }

  private void locate(
      String address, String topic, DeliveryPolicy manner, Map<String, Destination> places) {
    try {
      Conversation place = bot.locate(address);
      DeliveryPolicy whole = manner.or(settings.manner(place.address()));
      places.putIfAbsent(place.address(), new Destination(place, whole));
    } catch (IllegalArgumentException e) {
      log.warn("topic {} cannot be told in {}: {}", topic, address, e.getMessage());
      notices.accept("I cannot tell of topic " + topic + " in " + address + ": " + e.getMessage());
    }
  }
}

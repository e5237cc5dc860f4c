package dev.owlery.testkit;

import dev.owlery.api.action.Action;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.CommandLookup;
import dev.owlery.api.content.Item;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.ItemPublished;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.api.settings.Settings;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * A network in memory, with one account of the bot on it. It outlives the bot: a bot that is
 * started again finds its rooms, and what it said before, as they were. Names are taken as they
 * are; {@code #} begins a room's.
 *
 * <p>Every method may be called from any thread; what one thread does reaches the bot in that
 * order.
 */
public final class FakeNetwork {

  private final AccountId account;
  private final Clock clock;
  private final Member self;
  private final Set<Capability> capabilities = EnumSet.of(Capability.ROOMS, Capability.LOOK_UP);
  private final Map<Conversation, Map<String, Member>> rooms = new LinkedHashMap<>();
  private final Map<String, FakeUser> users = new ConcurrentHashMap<>();
  private final Map<String, PerformedAction> byToken = new LinkedHashMap<>();
  private final List<PerformedAction> heard = new ArrayList<>();
  private final List<String> chronicle = new ArrayList<>();
  private final List<MessagePosted> history = new ArrayList<>();
  private final Deque<NetworkFailure> faults = new ArrayDeque<>();
  private final FakeProcedures procedures = new FakeProcedures(this);
  private final FakeFiles files = new FakeFiles(this);
  private Optional<FakeAdapter> adapter = Optional.empty();
  private CompletionStage<Boolean> recording = CompletableFuture.completedStage(false);
  private boolean reachable = true;
  private boolean keepsHistory;
  private Set<String> topics = Set.of();
  private int longest = Integer.MAX_VALUE;
  private long ids;

  /**
   * A network where nothing has happened yet.
   *
   * @param account what the bot's configuration calls its account here
   * @param clock the network's own clock
   */
  public FakeNetwork(AccountId account, Clock clock) {
    this.account = account;
    this.clock = clock;
    this.self = Member.self("owl");
  }

  /**
   * Something that the bot did, as the network saw it.
   *
   * @param token the part's token
   * @param action what
   * @param id the id that the network gave it
   */
  public record PerformedAction(String token, Action action, MessageId id) {}

  /** The network has no settings. */
  @Settings
  record NoSettings() {}

  /**
   * The door to this network, for an engine: each adapter that it makes takes the place of the one
   * before.
   *
   * @return a provider of the protocol {@code fake} with an empty settings record
   */
  public AdapterProvider provider() {
    return new AdapterProvider() {
      @Override
      public String protocol() {
        return "fake";
      }

      @Override
      public Class<? extends Record> settingsType() {
        return NoSettings.class;
      }

      @Override
      public Adapter create(Record settings, AdapterContext context) {
        return connect(context);
      }
    };
  }

  /**
   * Makes the bot's adapter.
   *
   * @param context the core's side
   * @return an adapter that has not been started
   */
  public Adapter connect(AdapterContext context) {
    FakeAdapter fresh = new FakeAdapter(this, context);
    synchronized (this) {
      adapter = Optional.of(fresh);
    }
    return fresh;
  }

  /**
   * Settings for {@link #provider}.
   *
   * @return an empty record
   */
  public static Record settings() {
    return new NoSettings();
  }

  /**
   * The account that the bot has here.
   *
   * @return its name
   */
  public AccountId account() {
    return account;
  }

  /**
   * The bot as others see it.
   *
   * @return its member
   */
  public Member self() {
    return self;
  }

  /**
   * A room by name.
   *
   * @param name begins with {@code #}
   * @return the conversation
   */
  public Conversation room(String name) {
    return Conversation.room(account, name);
  }

  /**
   * Any conversation by name: {@code #dev} a room, {@code ann} the chat with her.
   *
   * @param name its name
   * @return the conversation
   */
  public Conversation conversation(String name) {
    return name.startsWith("#") ? room(name) : Conversation.direct(account, name);
  }

  /**
   * Somebody by name; the same each time.
   *
   * @param handle the name
   * @return the user, nobody vouches for them at first
   */
  public FakeUser user(String handle) {
    return users.computeIfAbsent(handle, fresh -> new FakeUser(this, Member.unverified(fresh)));
  }

  synchronized List<CommandForm> offered(Conversation where, Member who) {
    return adapter.map(here -> here.offered(where, who)).orElse(List.of());
  }

  synchronized CommandLookup lookUp(Conversation where, Member who, String name) {
    return adapter.map(here -> here.lookUp(where, who, name)).orElseGet(CommandLookup.Unknown::new);
  }

  /**
   * Lets the bot into a room without having been asked to join, and tells it.
   *
   * @param room its name
   * @return this network
   */
  public FakeNetwork takesBotInto(String room) {
    Conversation where = room(room);
    if (enters(where, self)) {
      publish(new MemberJoined(nextOrigin(), where, self));
    }
    return this;
  }

  /**
   * Adds to what the network can do.
   *
   * @param more capabilities
   * @return this network
   */
  public synchronized FakeNetwork can(Capability... more) {
    capabilities.addAll(List.of(more));
    return this;
  }

  /**
   * Takes from what the network can do.
   *
   * @param less capabilities
   * @return this network
   */
  public synchronized FakeNetwork cannot(Capability... less) {
    capabilities.removeAll(List.of(less));
    return this;
  }

  /**
   * Limits what one message can hold.
   *
   * @param characters at most so many; what is longer is divided
   * @return this network
   */
  public synchronized FakeNetwork longestMessage(int characters) {
    longest = characters;
    return this;
  }

  /**
   * Keeps what is said, and shows the bot on its return what it may have missed, with an overlap.
   *
   * @return this network
   */
  public synchronized FakeNetwork keepsHistory() {
    keepsHistory = true;
    return this;
  }

  /**
   * Carries topics of its own, which the account's settings name; what is published on them comes
   * back to the bot too, as networks do.
   *
   * @param names the topics
   * @return this network
   */
  public synchronized FakeNetwork carries(String... names) {
    topics = Set.of(names);
    return this;
  }

  synchronized Set<String> topics() {
    return topics;
  }

  /**
   * Lets somebody else publish on a topic.
   *
   * @param topic its name
   * @param item what
   * @return whether the bot was there
   */
  public boolean publishes(String topic, Item item) {
    return publish(new ItemPublished(nextOrigin(), Conversation.ofAccount(account), topic, item));
  }

  /**
   * Spoils the next actions, one each.
   *
   * @param next in order
   * @return this network
   */
  public synchronized FakeNetwork failNext(NetworkFailure... next) {
    faults.addAll(List.of(next));
    return this;
  }

  /** Cuts the connection: what is not settled becomes doubtful, what is said is not heard. */
  public void goesOffline() {
    Optional<FakeAdapter> cut;
    synchronized (this) {
      reachable = false;
      cut = adapter;
    }
    cut.ifPresent(FakeAdapter::disconnected);
  }

  /** Lets the bot in again. */
  public void comesBack() {
    Optional<FakeAdapter> back;
    synchronized (this) {
      reachable = true;
      back = adapter;
    }
    back.ifPresent(FakeAdapter::connected);
  }

  /**
   * The procedures of programs on this network, and their calls of the bot's.
   *
   * @return the same each time
   */
  public FakeProcedures procedures() {
    return procedures;
  }

  /**
   * How files are carried here, if the network {@linkplain Capability#FILES can} at all.
   *
   * @return the same each time
   */
  public FakeFiles files() {
    return files;
  }

  synchronized Optional<FakeAdapter> connected() {
    return reachable ? adapter : Optional.empty();
  }

  /** Cuts off the bot's process: whatever it does from now on reaches nobody. */
  void forgetsBot() {
    Optional<FakeAdapter> gone;
    synchronized (this) {
      gone = adapter;
      adapter = Optional.empty();
      recording = CompletableFuture.completedStage(false);
    }
    gone.ifPresent(FakeAdapter::cut);
  }

  /** Confirms what was {@linkplain NetworkFailure.HeldConfirmation held} back. */
  public void release() {
    Optional<FakeAdapter> holder;
    synchronized (this) {
      holder = adapter;
    }
    holder.ifPresent(FakeAdapter::release);
  }

  /**
   * Lets something happen that no method of {@link FakeUser} does. Delivered to the bot if it is
   * online, else missed.
   *
   * @param event what; use {@link #nextOrigin}
   * @return whether the bot was there
   */
  public boolean publish(ChatEvent event) {
    Optional<FakeAdapter> there;
    synchronized (this) {
      chronicle.add("> " + Chronicle.line(event));
      if (event instanceof MessagePosted message) {
        history.add(message);
      }
      there = reachable ? adapter : Optional.empty();
    }
    return there.map(bot -> bot.deliver(event)).orElse(false);
  }

  /**
   * An origin that was never used before.
   *
   * @return live, at the network's present time
   */
  public Origin nextOrigin() {
    return originOf(nextId());
  }

  Origin originOf(MessageId id) {
    return Origin.live(account + "-" + id.value(), clock.instant());
  }

  synchronized MessageId nextId() {
    return new MessageId("m" + ++ids);
  }

  /**
   * What the network has heard from the bot.
   *
   * @return everything, in order of arrival
   */
  public synchronized List<PerformedAction> heard() {
    return List.copyOf(heard);
  }

  /**
   * Waits until the network has heard enough.
   *
   * @param enough whether it has; called with everything heard so far, whenever there is more
   * @param millis how long to wait at most, by the machine's clock
   * @return everything heard so far, enough or not
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public synchronized List<PerformedAction> await(
      Predicate<List<PerformedAction>> enough, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (!enough.test(heard) && left > 0) {
      wait(left);
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
    return List.copyOf(heard);
  }

  /**
   * The newest event on its way into the inbox.
   *
   * @return completes when it is recorded
   */
  public synchronized CompletionStage<Boolean> recording() {
    return recording;
  }

  synchronized void recording(CompletionStage<Boolean> newest) {
    recording = newest;
  }

  synchronized boolean isReachable() {
    return reachable;
  }

  synchronized Set<Capability> capabilities() {
    return Set.copyOf(capabilities);
  }

  synchronized int longest() {
    return longest;
  }

  synchronized Optional<NetworkFailure> nextFault() {
    return Optional.ofNullable(faults.poll());
  }

  /**
   * What was said and done here, by everybody.
   *
   * @return one line each, in order
   */
  public synchronized List<String> chronicle() {
    return List.copyOf(chronicle);
  }

  /** Nothing, if the bot that speaks has been cut off meanwhile. */
  synchronized Optional<PerformedAction> hear(FakeAdapter from, String token, Action action) {
    if (!adapter.equals(Optional.of(from))) {
      return Optional.empty();
    }
    PerformedAction fresh = new PerformedAction(token, action, nextId());
    heard.add(fresh);
    byToken.put(token, fresh);
    chronicle.add("< " + Chronicle.line(action));
    notifyAll();
    return Optional.of(fresh);
  }

  synchronized Optional<PerformedAction> lookUp(String token) {
    return Optional.ofNullable(byToken.get(token));
  }

  synchronized List<MessagePosted> missedSince(Optional<Origin> seen, Conversation where) {
    return history.stream()
        .filter(message -> keepsHistory && message.where().address().equals(where.address()))
        .filter(message -> seen.isEmpty() || !message.origin().at().isBefore(seen.get().at()))
        .toList();
  }

  synchronized boolean enters(Conversation room, Member member) {
    return rooms.computeIfAbsent(room, fresh -> new LinkedHashMap<>()).put(member.handle(), member)
        == null;
  }

  synchronized boolean exits(Conversation room, String handle) {
    Map<String, Member> members = rooms.get(room);
    return members != null && members.remove(handle) != null;
  }

  synchronized List<Conversation> roomsOf(String handle) {
    return rooms.entrySet().stream()
        .filter(room -> room.getValue().containsKey(handle))
        .map(Map.Entry::getKey)
        .toList();
  }

  synchronized Collection<Conversation> spokenIn() {
    return history.stream().map(MessagePosted::where).distinct().toList();
  }

  synchronized List<Member> members(Conversation room) {
    return List.copyOf(rooms.getOrDefault(room, Map.of()).values());
  }
}

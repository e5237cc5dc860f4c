package dev.owlery.adapter.slack;

import com.google.gson.JsonObject;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.slack.SlackNotation;
import dev.owlery.spi.BoundedMap;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who and what the ids are. What is not known is asked for, within a moment; what is known but old
 * is asked for again, and used as it is if Slack does not answer. Remembered over restarts, so that
 * a rate limit leaves nobody without a name. Any thread.
 */
final class SlackDirectory {

  /** How long an event may wait for a name. */
  static final Duration MOMENT = Duration.ofMillis(1_200);

  /** So many names that are not known are asked for because of one text. */
  static final int MOST_ASKED = 20;

  private static final Duration LONGEST_ASKING = MOMENT.multipliedBy(2);
  private static final String USERS = "user/";
  private static final String CHANNELS = "channel/";
  private static final int MOST = 5_000;
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

  private final SlackApi api;
  private final Store memory;
  private final Clock clock;
  private final Map<String, Known<Person>> people = BoundedMap.leastRecentlyUsed(MOST);
  private final Map<String, Known<Channel>> channels = BoundedMap.leastRecentlyUsed(MOST);

  private record Known<T>(T what, long askAgainAt) {}

  SlackDirectory(SlackApi api, Store memory, Clock clock) {
    this.api = api;
    this.memory = memory;
    this.clock = clock;
    recall(USERS).forEach(user -> people.put(Json.text(user, "id"), old(Person.of(user))));
    recall(CHANNELS).forEach(each -> channels.put(Json.text(each, "id"), old(Channel.of(each))));
  }

  private List<JsonObject> recall(String prefix) {
    Map<String, String> entries = memory.entries(prefix);
    List<JsonObject> known = new ArrayList<>();
    entries.forEach((key, value) -> {
      Optional<JsonObject> read = Json.parse(value);
      if (entries.size() > MOST || read.isEmpty()) {
        memory.remove(key);
      } else {
        known.add(read.get());
      }
    });
    return known;
  }

  private static <T> Known<T> old(T what) {
    return new Known<>(what, Long.MIN_VALUE);
  }

  private <T> Known<T> known(T what, Duration howLong) {
    return new Known<>(what, clock.millis() + howLong.toMillis());
  }

  /**
   * Finds a member.
   *
   * @param id their id
   * @return as Slack describes them; {@link Person#unknown} if it does not
   */
  Person person(String id) {
    if (!IdFormats.isUserId(id)) {
      return Person.unknown(id);
    }
    Optional<Known<Person>> known = find(people, id);
    if (known.isPresent() && known.get().askAgainAt() > clock.millis()) {
      return known.get().what();
    }
    Answer<RawAnswer> answer = api.read(ApiMethod.USERS_INFO, MOMENT, Map.of("user", id));
    if (answer instanceof Answer.Ok<RawAnswer>(RawAnswer found) && !found.user().isEmpty()) {
      return learnUser(found.user());
    }
    goOn();
    Person person = known.map(Known::what).orElseGet(() -> Person.unknown(id));
    put(people, id, known(person, TRY_AGAIN));
    return person;
  }

  /** A member as far as is known already; asks nobody. */
  Person remembered(String id) {
    return find(people, id).map(Known::what).orElseGet(() -> Person.unknown(id));
  }

  /**
   * Finds a conversation.
   *
   * @param id its id
   * @return as Slack describes it; nameless if it does not
   */
  Channel channel(String id) {
    Optional<Known<Channel>> known = find(channels, id);
    if (known.isPresent()
        && (known.get().what().isDirect() || known.get().askAgainAt() > clock.millis())) {
      return known.get().what();
    }
    Answer<RawAnswer> answer =
        api.read(ApiMethod.CONVERSATIONS_INFO, MOMENT, Map.of("channel", id));
    if (answer instanceof Answer.Ok<RawAnswer>(RawAnswer found) && !found.channel().isEmpty()) {
      return learnChannel(found.channel());
    }
    goOn();
    Channel channel = known.map(Known::what).orElseGet(() -> new Channel(id, "", "", false));
    put(channels, id, known(channel, TRY_AGAIN));
    return channel;
  }

  /** What is not known only because we are closing must not be recorded as unknown. */
  private void goOn() {
    if (api.isClosed() || Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("the account is being closed");
    }
  }

  /** What people call a member. */
  String user(String id) {
    return person(id).displayName();
  }

  /**
   * The names for one text. Of those that are not known the first few are asked for, and for a
   * moment only: a text full of ids holds nobody up. The others are shown as they are remembered,
   * or by their ids.
   *
   * @return names for one thread
   */
  SlackNotation.Names forOneText() {
    return new NamesOfOneText();
  }

  private final class NamesOfOneText implements SlackNotation.Names {
    private final long end = System.nanoTime() + LONGEST_ASKING.toNanos();
    private int asked;

    @Override
    public String user(String id) {
      return mayFind(people, id) ? SlackDirectory.this.user(id) : remembered(id).displayName();
    }

    @Override
    public String room(String id) {
      Optional<Channel> known =
          mayFind(channels, id) ? Optional.of(channel(id)) : find(channels, id).map(Known::what);
      return known.map(Channel::name).filter(name -> !name.isEmpty()).orElse(id);
    }

    @Override
    public String emoji(String text) {
      return Emoji.characters(text);
    }

    private <T> boolean mayFind(Map<String, Known<T>> among, String id) {
      boolean isKnown =
          find(among, id).filter(known -> known.askAgainAt() > clock.millis()).isPresent();
      return isKnown || (++asked <= MOST_ASKED && System.nanoTime() - end < 0);
    }
  }

  /**
   * Finds a conversation of which something is known already.
   *
   * @param wanted which
   * @return the one that was used last
   */
  Optional<Channel> known(Predicate<Channel> wanted) {
    synchronized (channels) {
      return channels.values().stream().map(Known::what).filter(wanted).findFirst();
    }
  }

  /**
   * Finds a member by name among those that are known.
   *
   * @param name the unique name, or what people call them
   * @return the member; empty if there is none, or several
   */
  Optional<Person> named(String name) {
    synchronized (people) {
      List<Person> all = people.values().stream().map(Known::what).toList();
      Optional<Person> unique =
          all.stream().filter(person -> person.name().equalsIgnoreCase(name)).findFirst();
      List<Person> called =
          all.stream().filter(person -> person.displayName().equalsIgnoreCase(name)).toList();
      return unique.or(
          () -> called.size() == 1 ? Optional.of(called.getFirst()) : Optional.empty());
    }
  }

  /** What Slack has told of a member. */
  Person learnUser(JsonObject user) {
    Person person = Person.of(user);
    Optional<Known<Person>> before = find(people, person.id());
    put(people, person.id(), known(person, FRESH));
    if (!before.map(Known::what).equals(Optional.of(person))) {
      memory.put(USERS + person.id(), slim(user).toString());
    }
    return person;
  }

  /** What Slack has told of a conversation. */
  Channel learnChannel(JsonObject raw) {
    Channel channel = Channel.of(raw);
    learn(channel);
    return channel;
  }

  void learn(Channel channel) {
    Optional<Known<Channel>> before = find(channels, channel.id());
    put(channels, channel.id(), known(channel, FRESH));
    if (!before.map(Known::what).equals(Optional.of(channel))) {
      memory.put(CHANNELS + channel.id(), slim(channel).toString());
    }
  }

  /** What is remembered of a member: no more than is needed to know them again. */
  private static JsonObject slim(JsonObject user) {
    JsonObject kept = new JsonObject();
    for (String key :
        List.of(
            "id",
            "name",
            "team_id",
            "is_bot",
            "is_restricted",
            "is_ultra_restricted",
            "is_stranger",
            "deleted")) {
      if (Json.has(user, key)) {
        kept.add(key, user.get(key));
      }
    }
    JsonObject profile = new JsonObject();
    profile.addProperty("display_name", Json.text(user, "profile", "display_name"));
    profile.addProperty("real_name", Json.text(user, "profile", "real_name"));
    kept.add("profile", profile);
    return kept;
  }

  private static JsonObject slim(Channel channel) {
    JsonObject kept = new JsonObject();
    kept.addProperty("id", channel.id());
    kept.addProperty("name", channel.name());
    kept.addProperty("is_im", channel.isDirect());
    kept.addProperty("user", channel.other());
    kept.addProperty("is_member", channel.isMember());
    return kept;
  }

  /** All conversations that the bot is in. */
  List<Channel> memberships() {
    synchronized (channels) {
      return channels.values().stream()
          .map(Known::what)
          .filter(Channel::isMember)
          .sorted(Comparator.comparing(Channel::id))
          .toList();
    }
  }

  private static <T> Optional<Known<T>> find(Map<String, Known<T>> from, String id) {
    synchronized (from) {
      return Optional.ofNullable(from.get(id));
    }
  }

  private static <T> void put(Map<String, Known<T>> into, String id, Known<T> what) {
    synchronized (into) {
      into.put(id, what);
    }
  }
}

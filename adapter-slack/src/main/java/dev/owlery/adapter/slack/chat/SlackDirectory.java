package dev.owlery.adapter.slack.chat;

import com.google.gson.JsonObject;
import dev.owlery.adapter.slack.api.ApiMethod;
import dev.owlery.adapter.slack.api.ApiResult;
import dev.owlery.adapter.slack.api.RawApiResult;
import dev.owlery.adapter.slack.api.SlackApi;
import dev.owlery.adapter.slack.api.SlackChannelInfo;
import dev.owlery.adapter.slack.api.SlackPersonInfo;
import dev.owlery.adapter.slack.text.Emoji;
import dev.owlery.adapter.slack.text.IdFormats;
import dev.owlery.adapter.slack.text.SlackJson;
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
public final class SlackDirectory {

  /** How long an event may wait for a name. */
  static final Duration MOMENT = Duration.ofMillis(1_200);

  /** So many names that are not known are asked for because of one text. */
  public static final int MOST_ASKED = 20;

  private static final Duration LONGEST_ASKING = MOMENT.multipliedBy(2);
  private static final String USERS = "user/";
  private static final String CHANNELS = "channel/";
  private static final int MOST = 5_000;
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

  private final SlackApi api;
  private final Store memory;
  private final Clock clock;
  private final Map<String, Known<SlackPersonInfo>> people = BoundedMap.leastRecentlyUsed(MOST);
  private final Map<String, Known<SlackChannelInfo>> channels = BoundedMap.leastRecentlyUsed(MOST);

  private record Known<T>(T what, long askAgainAt) {}

  public SlackDirectory(SlackApi api, Store memory, Clock clock) {
    this.api = api;
    this.memory = memory;
    this.clock = clock;
    recall(USERS)
        .forEach(user -> people.put(SlackJson.text(user, "id"), old(SlackPersonInfo.of(user))));
    recall(CHANNELS)
        .forEach(each -> channels.put(SlackJson.text(each, "id"), old(SlackChannelInfo.of(each))));
  }

  private List<JsonObject> recall(String prefix) {
    Map<String, String> entries = memory.entries(prefix);
    List<JsonObject> known = new ArrayList<>();
    entries.forEach((key, value) -> {
      Optional<JsonObject> read = SlackJson.parse(value);
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
   * @return as Slack describes them; {@link SlackPersonInfo#unknown} if it does not
   */
  SlackPersonInfo person(String id) {
    if (!IdFormats.isUserId(id)) {
      return SlackPersonInfo.unknown(id);
    }
    Optional<Known<SlackPersonInfo>> known = find(people, id);
    if (known.isPresent() && known.get().askAgainAt() > clock.millis()) {
      return known.get().what();
    }
    ApiResult<RawApiResult> answer = api.read(ApiMethod.USERS_INFO, MOMENT, Map.of("user", id));
    if (answer instanceof ApiResult.Ok<RawApiResult>(RawApiResult found)
        && !found.user().isEmpty()) {
      return learnUser(found.user());
    }
    goOn();
    SlackPersonInfo person = known.map(Known::what).orElseGet(() -> SlackPersonInfo.unknown(id));
    put(people, id, known(person, TRY_AGAIN));
    return person;
  }

  /** A member as far as is known already; asks nobody. */
  SlackPersonInfo remembered(String id) {
    return find(people, id).map(Known::what).orElseGet(() -> SlackPersonInfo.unknown(id));
  }

  /**
   * Finds a conversation.
   *
   * @param id its id
   * @return as Slack describes it; nameless if it does not
   */
  SlackChannelInfo channel(String id) {
    Optional<Known<SlackChannelInfo>> known = find(channels, id);
    if (known.isPresent()
        && (known.get().what().isDirect() || known.get().askAgainAt() > clock.millis())) {
      return known.get().what();
    }
    ApiResult<RawApiResult> answer =
        api.read(ApiMethod.CONVERSATIONS_INFO, MOMENT, Map.of("channel", id));
    if (answer instanceof ApiResult.Ok<RawApiResult>(RawApiResult found)
        && !found.channel().isEmpty()) {
      return learnChannel(found.channel());
    }
    goOn();
    SlackChannelInfo channel =
        known.map(Known::what).orElseGet(() -> new SlackChannelInfo(id, "", "", false));
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
  public SlackNotation.Names forOneText() {
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
      Optional<SlackChannelInfo> known =
          mayFind(channels, id) ? Optional.of(channel(id)) : find(channels, id).map(Known::what);
      return known.map(SlackChannelInfo::name).filter(name -> !name.isEmpty()).orElse(id);
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
  Optional<SlackChannelInfo> known(Predicate<SlackChannelInfo> wanted) {
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
  Optional<SlackPersonInfo> named(String name) {
    synchronized (people) {
      List<SlackPersonInfo> all = people.values().stream().map(Known::what).toList();
      Optional<SlackPersonInfo> unique =
          all.stream().filter(person -> person.name().equalsIgnoreCase(name)).findFirst();
      List<SlackPersonInfo> called =
          all.stream().filter(person -> person.displayName().equalsIgnoreCase(name)).toList();
      return unique.or(
          () -> called.size() == 1 ? Optional.of(called.getFirst()) : Optional.empty());
    }
  }

  /** What Slack has told of a member. */
  SlackPersonInfo learnUser(JsonObject user) {
    SlackPersonInfo person = SlackPersonInfo.of(user);
    Optional<Known<SlackPersonInfo>> before = find(people, person.id());
    put(people, person.id(), known(person, FRESH));
    if (!before.map(Known::what).equals(Optional.of(person))) {
      memory.put(USERS + person.id(), slim(user).toString());
    }
    return person;
  }

  /** What Slack has told of a conversation. */
  SlackChannelInfo learnChannel(JsonObject raw) {
    SlackChannelInfo channel = SlackChannelInfo.of(raw);
    learn(channel);
    return channel;
  }

  public void learn(SlackChannelInfo channel) {
    Optional<Known<SlackChannelInfo>> before = find(channels, channel.id());
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
      if (SlackJson.has(user, key)) {
        kept.add(key, user.get(key));
      }
    }
    JsonObject profile = new JsonObject();
    profile.addProperty("display_name", SlackJson.text(user, "profile", "display_name"));
    profile.addProperty("real_name", SlackJson.text(user, "profile", "real_name"));
    kept.add("profile", profile);
    return kept;
  }

  private static JsonObject slim(SlackChannelInfo channel) {
    JsonObject kept = new JsonObject();
    kept.addProperty("id", channel.id());
    kept.addProperty("name", channel.name());
    kept.addProperty("is_im", channel.isDirect());
    kept.addProperty("user", channel.other());
    kept.addProperty("is_member", channel.isMember());
    return kept;
  }

  /** All conversations that the bot is in. */
  List<SlackChannelInfo> memberships() {
    synchronized (channels) {
      return channels.values().stream()
          .map(Known::what)
          .filter(SlackChannelInfo::isMember)
          .sorted(Comparator.comparing(SlackChannelInfo::id))
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

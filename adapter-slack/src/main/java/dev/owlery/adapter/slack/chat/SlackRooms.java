package dev.owlery.adapter.slack.chat;

import com.google.gson.JsonObject;
import com.slack.api.methods.response.conversations.ConversationsJoinResponse;
import dev.owlery.adapter.slack.api.ApiMethod;
import dev.owlery.adapter.slack.api.ApiResult;
import dev.owlery.adapter.slack.api.RawApiResult;
import dev.owlery.adapter.slack.api.SlackApi;
import dev.owlery.adapter.slack.api.SlackChannelInfo;
import dev.owlery.adapter.slack.api.SlackPersonInfo;
import dev.owlery.adapter.slack.text.IdFormats;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.adapter.AccountState.RoomState;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The rooms: which the bot should be in and is in, who else is there, and which id a name stands
 * for. Any thread; what asks Slack says so.
 */
public final class SlackRooms {

  private static final int MOST_PAGES = 50;
  private static final int MOST_MEMBERS = 5_000;
  private static final String PAGE = "200";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SlackApi api;
  private final SlackDirectory directory;
  private final SlackIdentity identity;
  private final Set<String> wanted = new LinkedHashSet<>();
  private final Map<String, String> troubles = new HashMap<>();
  private final Map<String, Set<String>> members = new HashMap<>();

  public SlackRooms(
      SlackApi api, SlackDirectory directory, SlackIdentity identity, List<String> rooms) {
    this.api = api;
    this.directory = directory;
    this.identity = identity;
    rooms.forEach(room -> wanted.add(identity.locate(room).room()));
  }

  /** Learns all rooms that the bot is in, and goes into those that it should be in. Asks Slack. */
  ApiResult<Boolean> enter() {
    ApiResult<Boolean> read = learn();
    if (!(read instanceof ApiResult.Ok<Boolean>)) {
      return read;
    }
    for (String name : wanted()) {
      if (!isIn(name)) {
        join(name);
      }
      resolve(name).found().filter(_ -> isIn(name)).ifPresent(this::readMembers);
    }
    return read;
  }

  /** Learns all rooms and direct chats that the bot is in. Asks Slack. */
  ApiResult<Boolean> learn() {
    Set<String> in = new LinkedHashSet<>();
    Map<String, String> what =
        Map.of("types", "public_channel,private_channel,mpim,im", "exclude_archived", "true");
    ApiResult<Boolean> read =
        pages(
            ApiMethod.USERS_CONVERSATIONS,
            what,
            page -> page.channels().forEach(each -> in.add(learnMembership(each))));
    if (!(read instanceof ApiResult.Ok<Boolean>)) {
      return read;
    }
    directory.memberships().stream()
        .filter(channel -> !in.contains(channel.id()))
        .forEach(gone -> directory.learn(gone.withMember(false)));
    return read;
  }

  private String learnMembership(JsonObject raw) {
    SlackChannelInfo channel = SlackChannelInfo.of(raw).withMember(true);
    directory.learn(channel);
    return channel.id();
  }

  /** Reads page after page, up to a limit. Asks Slack. */
  ApiResult<Boolean> pages(
      ApiMethod method, Map<String, String> parameters, Consumer<RawApiResult> page) {
    String cursor = "";
    for (int i = 0; i < MOST_PAGES; i++) {
      Map<String, String> all = new HashMap<>(parameters);
      all.put("limit", PAGE);
      if (!cursor.isEmpty()) {
        all.put("cursor", cursor);
      }
      ApiResult<RawApiResult> answer = api.read(method, PATIENCE, all);
      if (!(answer instanceof ApiResult.Ok<RawApiResult>(RawApiResult read))) {
        return answer.map(_ -> true);
      }
      page.accept(read);
      cursor = read.cursor();
      if (cursor.isEmpty()) {
        break;
      }
    }
    return new ApiResult.Ok<>(true);
  }

  private void readMembers(String channelId) {
    Set<String> ids = new LinkedHashSet<>();
    pages(
        ApiMethod.CONVERSATIONS_MEMBERS,
        Map.of("channel", channelId),
        page -> ids.addAll(SlackJson.texts(page.members(), "members")));
    ids.forEach(id -> came(channelId, id));
  }

  /** All members of the workspace, for their names. Asks Slack. */
  ApiResult<Boolean> readPeople() {
    return pages(
        ApiMethod.USERS_LIST,
        Map.of(),
        page -> SlackJson.objects(page.members(), "members").forEach(directory::learnUser));
  }

  /** Goes into a room, now and after each new login. Asks Slack. */
  public ApiResult<Boolean> join(String room) {
    synchronized (wanted) {
      wanted.add(room);
    }
    ApiResult<String> id = resolve(room);
    ApiResult<Boolean> joined =
        switch (id) {
          case ApiResult.Ok<String>(String channel) ->
              api.<ConversationsJoinResponse>call(
                      ApiMethod.CONVERSATIONS_JOIN,
                      methods -> methods.conversationsJoin(r -> r.channel(channel)))
                  .map(_ -> entered(channel));
          case ApiResult.SlackRefused<String> _,
              ApiResult.NotReached<String> _,
              ApiResult.Unsure<String> _ ->
              id.map(_ -> true);
        };
    synchronized (wanted) {
      if (joined instanceof ApiResult.Ok<Boolean>) {
        troubles.remove(room);
      } else {
        troubles.put(room, advice(joined));
      }
    }
    return joined;
  }

  private boolean entered(String channelId) {
    directory.learn(directory.channel(channelId).withMember(true));
    return true;
  }

  private static String advice(ApiResult<Boolean> answer) {
    boolean closed =
        answer instanceof ApiResult.SlackRefused<Boolean>(String error, String _)
            && (error.equals("method_not_supported_for_channel_type")
                || error.equals("channel_not_found"));
    return closed
        ? "there is no such public channel; into a private one somebody must /invite the bot"
        : answer.trouble();
  }

  /** Does not go into a room any more by itself. */
  public void unwant(String room) {
    synchronized (wanted) {
      wanted.remove(room);
      troubles.remove(room);
    }
  }

  private List<String> wanted() {
    synchronized (wanted) {
      return List.copyOf(wanted);
    }
  }

  /** Whether the bot is in a room. */
  boolean isIn(String room) {
    return find(room).map(SlackChannelInfo::isMember).orElse(false);
  }

  private Optional<SlackChannelInfo> find(String room) {
    return directory.known(channel ->
        !channel.isDirect() && (room.equals("#" + channel.name()) || room.equals(channel.id())));
  }

  /**
   * The id that stands for a conversation. Asks Slack if it is not known.
   *
   * @param where the conversation
   * @return its channel's id
   */
  public ApiResult<String> resolve(Conversation where) {
    return where.isDirect() ? direct(where.room()) : resolve(where.room());
  }

  private ApiResult<String> resolve(String room) {
    if (IdFormats.isChannelId(room)) {
      return new ApiResult.Ok<>(room);
    }
    Optional<SlackChannelInfo> known = find(room);
    if (known.isPresent()) {
      return new ApiResult.Ok<>(known.get().id());
    }
    ApiResult<Boolean> read =
        pages(
            ApiMethod.CONVERSATIONS_LIST,
            Map.of("types", "public_channel,private_channel", "exclude_archived", "true"),
            page -> page.channels().forEach(directory::learnChannel));
    return switch (read) {
      case ApiResult.Ok<Boolean> _ ->
          find(room)
              .<ApiResult<String>>map(channel -> new ApiResult.Ok<>(channel.id()))
              .orElseGet(() ->
                  new ApiResult.SlackRefused<>("channel_not_found", "there is no channel " + room));
      case ApiResult.SlackRefused<Boolean> _,
          ApiResult.NotReached<Boolean> _,
          ApiResult.Unsure<Boolean> _ ->
          read.map(_ -> "");
    };
  }

  private ApiResult<String> direct(String other) {
    if (IdFormats.isChannelId(other)) {
      return new ApiResult.Ok<>(other);
    }
    if (IdFormats.isUserId(other)) {
      return open(List.of(other)).map(SlackChannelInfo::id);
    }
    String name = other.replaceFirst("^@", "");
    Optional<SlackPersonInfo> known = directory.named(name);
    ApiResult<Boolean> read = known.isPresent() ? new ApiResult.Ok<>(true) : readPeople();
    if (!(read instanceof ApiResult.Ok<Boolean>)) {
      return read.map(_ -> "");
    }
    return directory
        .named(name)
        .map(person -> open(List.of(person.id())).map(SlackChannelInfo::id))
        .orElseGet(
            () -> new ApiResult.SlackRefused<>("user_not_found", "nobody here is called " + other));
  }

  /** Opens a direct chat with one, or with several. Asks Slack if there is none yet. */
  public ApiResult<SlackChannelInfo> open(List<String> users) {
    Optional<SlackChannelInfo> known =
        users.size() == 1
            ? directory.known(channel -> channel.other().equals(users.getFirst()))
            : Optional.empty();
    if (known.isPresent()) {
      return new ApiResult.Ok<>(known.get());
    }
    Map<String, String> who = Map.of("users", String.join(",", users), "return_im", "true");
    return api.read(ApiMethod.CONVERSATIONS_OPEN, PATIENCE, who)
        .map(answer -> opened(answer.channel(), users));
  }

  private SlackChannelInfo opened(JsonObject raw, List<String> users) {
    SlackChannelInfo told = SlackChannelInfo.of(raw);
    SlackChannelInfo channel =
        users.size() == 1 ? new SlackChannelInfo(told.id(), "", users.getFirst(), true) : told;
    if (channel.isDirect() || !channel.name().isEmpty()) {
      directory.learn(channel.withMember(true));
      return channel;
    }
    return directory.channel(channel.id());
  }

  /** Somebody is in a channel. */
  void came(String channelId, String user) {
    synchronized (members) {
      Set<String> there = members.computeIfAbsent(channelId, _ -> new LinkedHashSet<>());
      if (there.size() < MOST_MEMBERS) {
        there.add(user);
      }
    }
    if (user.equals(identity.self().user())) {
      directory.learn(directory.channel(channelId).withMember(true));
    }
  }

  /** Somebody is in a channel no more. */
  public void went(String channelId, String user) {
    synchronized (members) {
      Optional.ofNullable(members.get(channelId)).ifPresent(there -> there.remove(user));
    }
    if (user.equals(identity.self().user())) {
      directory.learn(directory.channel(channelId).withMember(false));
    }
  }

  /** The ids of the channels in which somebody was seen. */
  List<String> channelsOf(String user) {
    synchronized (members) {
      return members.entrySet().stream()
          .filter(entry -> entry.getValue().contains(user))
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /** The rooms that the bot is in. */
  public List<Conversation> joined() {
    return directory.memberships().stream()
        .filter(channel -> !channel.isDirect() && !channel.name().isEmpty())
        .map(identity::where)
        .toList();
  }

  /** Who is in a room, as far as that is known. Asks nobody. */
  public List<Member> members(Conversation room) {
    Set<String> ids = new LinkedHashSet<>();
    Optional<SlackChannelInfo> channel =
        room.isDirect()
            ? directory.known(each -> each.other().equals(room.room()))
            : find(room.room());
    synchronized (members) {
      channel.map(known -> members.get(known.id())).ifPresent(ids::addAll);
    }
    if (channel.map(SlackChannelInfo::isMember).orElse(false)) {
      ids.add(identity.self().user());
    }
    channel.map(SlackChannelInfo::other).filter(id -> !id.isEmpty()).ifPresent(ids::add);
    return ids.stream().map(this::knownMember).toList();
  }

  private Member knownMember(String id) {
    if (id.equals(identity.self().user())) {
      return identity.ourselves();
    }
    return identity.member(directory.remembered(id));
  }

  /**
   * How the rooms are that the bot should be in, or is in.
   *
   * @param online whether Slack tells anything of them now
   * @return by room
   */
  public Map<Conversation, RoomState> states(boolean online) {
    Map<Conversation, RoomState> states = new LinkedHashMap<>();
    String removed = online ? "the bot was removed: somebody must /invite it again" : "";
    joined().forEach(room -> states.put(room, new RoomState(online, "")));
    synchronized (wanted) {
      for (String room : wanted) {
        Conversation where =
            find(room)
                .map(identity::where)
                .orElseGet(() -> Conversation.room(identity.account(), room));
        states.putIfAbsent(where, new RoomState(false, troubles.getOrDefault(room, removed)));
      }
    }
    return states;
  }
}

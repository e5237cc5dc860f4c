package dev.owlery.adapter.slack;

import com.google.gson.JsonObject;
import com.slack.api.methods.response.conversations.ConversationsJoinResponse;
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
final class SlackRooms {

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

  SlackRooms(SlackApi api, SlackDirectory directory, SlackIdentity identity, List<String> rooms) {
    this.api = api;
    this.directory = directory;
    this.identity = identity;
    rooms.forEach(room -> wanted.add(identity.locate(room).room()));
  }

  /** Learns all rooms that the bot is in, and goes into those that it should be in. Asks Slack. */
  Answer<Boolean> enter() {
    Answer<Boolean> read = learn();
    if (!(read instanceof Answer.Ok<Boolean>)) {
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
  Answer<Boolean> learn() {
    Set<String> in = new LinkedHashSet<>();
    Map<String, String> what =
        Map.of("types", "public_channel,private_channel,mpim,im", "exclude_archived", "true");
    Answer<Boolean> read =
        pages(
            ApiMethod.USERS_CONVERSATIONS,
            what,
            page -> page.channels().forEach(each -> in.add(learnMembership(each))));
    if (!(read instanceof Answer.Ok<Boolean>)) {
      return read;
    }
    directory.memberships().stream()
        .filter(channel -> !in.contains(channel.id()))
        .forEach(gone -> directory.learn(gone.withMember(false)));
    return read;
  }

  private String learnMembership(JsonObject raw) {
    Channel channel = Channel.of(raw).withMember(true);
    directory.learn(channel);
    return channel.id();
  }

  /** Reads page after page, up to a limit. Asks Slack. */
  Answer<Boolean> pages(
      ApiMethod method, Map<String, String> parameters, Consumer<RawAnswer> page) {
    String cursor = "";
    for (int i = 0; i < MOST_PAGES; i++) {
      Map<String, String> all = new HashMap<>(parameters);
      all.put("limit", PAGE);
      if (!cursor.isEmpty()) {
        all.put("cursor", cursor);
      }
      Answer<RawAnswer> answer = api.read(method, PATIENCE, all);
      if (!(answer instanceof Answer.Ok<RawAnswer>(RawAnswer read))) {
        return answer.map(_ -> true);
      }
      page.accept(read);
      cursor = read.cursor();
      if (cursor.isEmpty()) {
        break;
      }
    }
    return new Answer.Ok<>(true);
  }

  private void readMembers(String channelId) {
    Set<String> ids = new LinkedHashSet<>();
    pages(
        ApiMethod.CONVERSATIONS_MEMBERS,
        Map.of("channel", channelId),
        page -> ids.addAll(Json.texts(page.members(), "members")));
    ids.forEach(id -> came(channelId, id));
  }

  /** All members of the workspace, for their names. Asks Slack. */
  Answer<Boolean> readPeople() {
    return pages(
        ApiMethod.USERS_LIST,
        Map.of(),
        page -> Json.objects(page.members(), "members").forEach(directory::learnUser));
  }

  /** Goes into a room, now and after each new login. Asks Slack. */
  Answer<Boolean> join(String room) {
    synchronized (wanted) {
      wanted.add(room);
    }
    Answer<String> id = resolve(room);
    Answer<Boolean> joined =
        switch (id) {
          case Answer.Ok<String>(String channel) ->
              api.<ConversationsJoinResponse>call(
                      ApiMethod.CONVERSATIONS_JOIN,
                      methods -> methods.conversationsJoin(r -> r.channel(channel)))
                  .map(_ -> entered(channel));
          case Answer.Refused<String> _, Answer.NotSent<String> _, Answer.Unsure<String> _ ->
              id.map(_ -> true);
        };
    synchronized (wanted) {
      if (joined instanceof Answer.Ok<Boolean>) {
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

  private static String advice(Answer<Boolean> answer) {
    boolean closed =
        answer instanceof Answer.Refused<Boolean>(String error, String _)
            && (error.equals("method_not_supported_for_channel_type")
                || error.equals("channel_not_found"));
    return closed
        ? "there is no such public channel; into a private one somebody must /invite the bot"
        : answer.trouble();
  }

  /** Does not go into a room any more by itself. */
  void unwant(String room) {
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
    return find(room).map(Channel::isMember).orElse(false);
  }

  private Optional<Channel> find(String room) {
    return directory.known(channel ->
        !channel.isDirect() && (room.equals("#" + channel.name()) || room.equals(channel.id())));
  }

  /**
   * The id that stands for a conversation. Asks Slack if it is not known.
   *
   * @param where the conversation
   * @return its channel's id
   */
  Answer<String> resolve(Conversation where) {
    return where.isDirect() ? direct(where.room()) : resolve(where.room());
  }

  private Answer<String> resolve(String room) {
    if (IdFormats.isChannelId(room)) {
      return new Answer.Ok<>(room);
    }
    Optional<Channel> known = find(room);
    if (known.isPresent()) {
      return new Answer.Ok<>(known.get().id());
    }
    Answer<Boolean> read =
        pages(
            ApiMethod.CONVERSATIONS_LIST,
            Map.of("types", "public_channel,private_channel", "exclude_archived", "true"),
            page -> page.channels().forEach(directory::learnChannel));
    return switch (read) {
      case Answer.Ok<Boolean> _ ->
          find(room)
              .<Answer<String>>map(channel -> new Answer.Ok<>(channel.id()))
              .orElseGet(
                  () -> new Answer.Refused<>("channel_not_found", "there is no channel " + room));
      case Answer.Refused<Boolean> _, Answer.NotSent<Boolean> _, Answer.Unsure<Boolean> _ ->
          read.map(_ -> "");
    };
  }

  private Answer<String> direct(String other) {
    if (IdFormats.isChannelId(other)) {
      return new Answer.Ok<>(other);
    }
    if (IdFormats.isUserId(other)) {
      return open(List.of(other)).map(Channel::id);
    }
    String name = other.replaceFirst("^@", "");
    Optional<Person> known = directory.named(name);
    Answer<Boolean> read = known.isPresent() ? new Answer.Ok<>(true) : readPeople();
    if (!(read instanceof Answer.Ok<Boolean>)) {
      return read.map(_ -> "");
    }
    return directory
        .named(name)
        .map(person -> open(List.of(person.id())).map(Channel::id))
        .orElseGet(() -> new Answer.Refused<>("user_not_found", "nobody here is called " + other));
  }

  /** Opens a direct chat with one, or with several. Asks Slack if there is none yet. */
  Answer<Channel> open(List<String> users) {
    Optional<Channel> known =
        users.size() == 1
            ? directory.known(channel -> channel.other().equals(users.getFirst()))
            : Optional.empty();
    if (known.isPresent()) {
      return new Answer.Ok<>(known.get());
    }
    Map<String, String> who = Map.of("users", String.join(",", users), "return_im", "true");
    return api.read(ApiMethod.CONVERSATIONS_OPEN, PATIENCE, who)
        .map(answer -> opened(answer.channel(), users));
  }

  private Channel opened(JsonObject raw, List<String> users) {
    Channel told = Channel.of(raw);
    Channel channel = users.size() == 1 ? new Channel(told.id(), "", users.getFirst(), true) : told;
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
  void went(String channelId, String user) {
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
  List<Conversation> joined() {
    return directory.memberships().stream()
        .filter(channel -> !channel.isDirect() && !channel.name().isEmpty())
        .map(identity::where)
        .toList();
  }

  /** Who is in a room, as far as that is known. Asks nobody. */
  List<Member> members(Conversation room) {
    Set<String> ids = new LinkedHashSet<>();
    Optional<Channel> channel =
        room.isDirect()
            ? directory.known(each -> each.other().equals(room.room()))
            : find(room.room());
    synchronized (members) {
      channel.map(known -> members.get(known.id())).ifPresent(ids::addAll);
    }
    if (channel.map(Channel::isMember).orElse(false)) {
      ids.add(identity.self().user());
    }
    channel.map(Channel::other).filter(id -> !id.isEmpty()).ifPresent(ids::add);
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
  Map<Conversation, RoomState> states(boolean online) {
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

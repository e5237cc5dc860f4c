package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** {@code conversations.*} and {@code users.conversations}. */
final class ConversationMethods {
  private static final int PAGE = 100;
  private static final int LONGEST_TOPIC = 250;
  private static final int MOST_IN_GROUP = 8;

  private final Workspace workspace;
  private final Board board;
  private final ChannelLookup lookup;

  ConversationMethods(Workspace workspace, Board board) {
    this.workspace = workspace;
    this.board = board;
    this.lookup = new ChannelLookup(workspace);
  }

  Map<String, WebApiMethod> all() {
    return Map.ofEntries(
        Map.entry("conversations.list", this::list),
        Map.entry("users.conversations", this::ofBot),
        Map.entry("conversations.info", this::info),
        Map.entry("conversations.join", this::join),
        Map.entry("conversations.leave", this::leave),
        Map.entry("conversations.open", this::open),
        Map.entry("conversations.close", this::close),
        Map.entry("conversations.members", this::members),
        Map.entry("conversations.history", this::history),
        Map.entry("conversations.replies", this::replies),
        Map.entry("conversations.setTopic", this::setTopic));
  }

  private String bot() {
    return workspace.ids().botUser();
  }

  private static void needRight(ApiRequest request, ChannelState channel, String right) {
    request.needScope(channel.kind.inScopes + ":" + right);
  }

  private void list(ApiRequest request, ObjectNode answer) {
    Pages.put(answer, "channels", chosen(request).map(c -> c.json(bot())).toList(), request, PAGE);
  }

  private void ofBot(ApiRequest request, ObjectNode answer) {
    List<ObjectNode> mine =
        chosen(request).filter(c -> c.has(bot())).map(c -> c.json(bot())).toList();
    Pages.put(answer, "channels", mine, request, PAGE);
  }

  private Stream<ChannelState> chosen(ApiRequest request) {
    Set<String> types =
        request.list("types").isEmpty()
            ? Set.of(ChannelState.ChannelKind.PUBLIC.inTypes)
            : Set.copyOf(request.list("types"));
    for (String type : types) {
      ChannelState.ChannelKind kind =
          Stream.of(ChannelState.ChannelKind.values())
              .filter(known -> known.inTypes.equals(type))
              .findFirst()
              .orElseThrow(() -> new ApiError("invalid_types"));
      request.needScope(kind.inScopes + ":read");
    }
    return workspace.channels().stream()
        .filter(channel -> types.contains(channel.kind.inTypes))
        .filter(channel -> channel.kind == ChannelState.ChannelKind.PUBLIC || channel.has(bot()))
        .filter(channel -> !request.flag("exclude_archived") || !channel.archived);
  }

  private void info(ApiRequest request, ObjectNode answer) {
    ChannelState channel = lookup.visible(request);
    needRight(request, channel, "read");
    answer.set("channel", channel.json(bot()));
  }

  private void join(ApiRequest request, ObjectNode answer) {
    request.needScope("channels:join");
    ChannelState channel = lookup.visible(request);
    if (channel.kind != ChannelState.ChannelKind.PUBLIC) {
      throw new ApiError("method_not_supported_for_channel_type");
    }
    if (channel.archived) {
      throw new ApiError("is_archived");
    }
    if (!board.join(channel, bot())) {
      answer.put("warning", "already_in_channel");
      answer.putObject("response_metadata").putArray("warnings").add("already_in_channel");
    }
    answer.set("channel", channel.json(bot()));
  }

  private void leave(ApiRequest request, ObjectNode answer) {
    request.needScope("channels:manage", "groups:write");
    ChannelState channel = lookup.visible(request);
    if (channel.kind.isDirect()) {
      throw new ApiError("method_not_supported_for_channel_type");
    }
    if (channel.general) {
      throw new ApiError("cant_leave_general");
    }
    if (!board.leave(channel, bot())) {
      answer.put("not_in_channel", true);
    }
  }

  private void open(ApiRequest request, ObjectNode answer) {
    List<String> users = request.list("users");
    request.needScope(users.size() > 1 ? "mpim:write" : "im:write");
    ChannelState channel = users.isEmpty() ? lookup.visible(request) : opened(users);
    if (!channel.kind.isDirect()) {
      throw new ApiError("method_not_supported_for_channel_type");
    }
    answer.put("no_op", channel.open).put("already_open", channel.open);
    channel.open = true;
    answer.set(
        "channel",
        request.flag("return_im") ? channel.json(bot()) : JsonNodes.object().put("id", channel.id));
  }

  private ChannelState opened(List<String> users) {
    if (users.size() > MOST_IN_GROUP) {
      throw new ApiError("too_many_users");
    }
    List<String> everybody = new ArrayList<>(users);
    for (String user : users) {
      WorkspaceMember person =
          workspace.person(user).orElseThrow(() -> new ApiError("user_not_found"));
      if (person.kind() == WorkspaceMember.MemberKind.DELETED) {
        throw new ApiError("user_disabled");
      }
    }
    if (!everybody.contains(bot())) {
      everybody.add(bot());
    }
    return workspace.direct(everybody);
  }

  private void close(ApiRequest request, ObjectNode answer) {
    ChannelState channel = lookup.visible(request);
    if (!channel.kind.isDirect()) {
      throw new ApiError("method_not_supported_for_channel_type");
    }
    needRight(request, channel, "write");
    if (!channel.open) {
      answer.put("no_op", true).put("already_closed", true);
    }
    channel.open = false;
  }

  private void members(ApiRequest request, ObjectNode answer) {
    ChannelState channel = lookup.visible(request);
    needRight(request, channel, "read");
    Pages.put(
        answer, "members", JsonNodes.array(channel.members).valueStream().toList(), request, PAGE);
  }

  private void history(ApiRequest request, ObjectNode answer) {
    ChannelState channel = lookup.member(request);
    needRight(request, channel, "history");
    List<ObjectNode> shown =
        channel.history().stream()
            .filter(message -> isWithin(message, request))
            .map(message -> shown(message, request))
            .toList();
    answer.put("has_more", Pages.put(answer, "messages", shown, request, PAGE));
  }

  private void replies(ApiRequest request, ObjectNode answer) {
    ChannelState channel = lookup.member(request);
    needRight(request, channel, "history");
    String root = request.need("ts");
    if (channel.message(root).isEmpty()) {
      throw new ApiError("thread_not_found");
    }
    List<ObjectNode> shown =
        channel.thread(root).stream()
            .filter(m -> JsonNodes.text(m, "ts").equals(root) || isWithin(m, request))
            .map(message -> shown(message, request))
            .toList();
    answer.put("has_more", Pages.put(answer, "messages", shown, request, PAGE));
  }

  private static ObjectNode shown(ObjectNode message, ApiRequest request) {
    ObjectNode copy = message.deepCopy();
    if (!request.flag("include_all_metadata") && copy.has("metadata")) {
      copy.remove("metadata");
    }
    return copy;
  }

  private static boolean isWithin(ObjectNode message, ApiRequest request) {
    BigDecimal ts = new BigDecimal(JsonNodes.text(message, "ts"));
    int least = request.flag("inclusive") ? 0 : 1;
    boolean isLate =
        request.argument("oldest").map(o -> ts.compareTo(decimal(o)) >= least).orElse(true);
    boolean isEarly =
        request.argument("latest").map(l -> decimal(l).compareTo(ts) >= least).orElse(true);
    return isLate && isEarly;
  }

  private static BigDecimal decimal(String ts) {
    if (!ts.matches("\\d+(\\.\\d+)?")) {
      throw new ApiError("invalid_ts_oldest");
    }
    return new BigDecimal(ts);
  }

  private void setTopic(ApiRequest request, ObjectNode answer) {
    ChannelState channel = lookup.member(request);
    request.needScope(
        channel.kind == ChannelState.ChannelKind.PUBLIC
            ? "channels:manage"
            : channel.kind.inScopes + ":write",
        channel.kind.inScopes + ":write.topic");
    if (channel.archived) {
      throw new ApiError("is_archived");
    }
    String topic = request.argument("topic").orElse("");
    if (topic.codePointCount(0, topic.length()) > LONGEST_TOPIC) {
      throw new ApiError("too_long");
    }
    board.topic(channel, bot(), topic);
    answer.set("channel", channel.json(bot()));
  }
}

package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** {@code chat.*}. */
final class ChatMethods {
  private static final int LONGEST = 40_000;
  private static final int MOST_ATTACHMENTS = 100;
  private static final int MOST_BLOCKS = 50;

  private final Workspace workspace;
  private final Board board;
  private final ChannelLookup lookup;

  ChatMethods(Workspace workspace, Board board) {
    this.workspace = workspace;
    this.board = board;
    this.lookup = new ChannelLookup(workspace);
  }

  Map<String, WebApiMethod> all() {
    return Map.of(
        "chat.postMessage", this::post,
        "chat.postEphemeral", this::postEphemeral,
        "chat.update", this::update,
        "chat.delete", this::delete,
        "chat.getPermalink", this::permalink);
  }

  private void post(ApiRequest request, ObjectNode answer) {
    request.needScope("chat:write");
    ChannelState channel = lookup.postable(request);
    ObjectNode message = own(request);
    request.argument("thread_ts").ifPresent(ts -> message.put("thread_ts", thread(channel, ts)));
    if (request.flag("reply_broadcast") && message.has("thread_ts")) {
      message.put("subtype", "thread_broadcast");
    }
    metadata(request).ifPresent(metadata -> message.set("metadata", metadata));
    ObjectNode posted = board.post(channel, message);
    answer
        .put("channel", channel.id)
        .put("ts", JsonNodes.text(posted, "ts"))
        .set("message", posted.deepCopy());
  }

  /** An answer to an answer stands in the same thread. */
  private static String thread(ChannelState channel, String ts) {
    return channel
        .message(ts)
        .map(root -> JsonNodes.text(root, "thread_ts"))
        .filter(root -> !root.isEmpty())
        .orElse(ts);
  }

  private ObjectNode own(ApiRequest request) {
    SlackIds ids = workspace.ids();
    ObjectNode message = board.draft(ids.botUser(), "").put("bot_id", ids.bot());
    message.put("app_id", ids.app());
    message.setAll(body(request));
    if (request.scopes().contains("chat:write.customize")) {
      request.argument("username").ifPresent(name -> message.put("username", name));
      ObjectNode icons = JsonNodes.object();
      request.argument("icon_emoji").ifPresent(icon -> icons.put("emoji", icon));
      request.argument("icon_url").ifPresent(icon -> icons.put("image_48", icon));
      if (!icons.isEmpty()) {
        message.set("icons", icons);
      }
    }
    message
        .putObject("bot_profile")
        .put("id", ids.bot())
        .put("app_id", ids.app())
        .put("name", ids.botName())
        .put("team_id", ids.team());
    return message;
  }

  /** Text, blocks and attachments, within their limits. */
  private static ObjectNode body(ApiRequest request) {
    ObjectNode body = JsonNodes.object();
    String text = request.argument("text").orElse("");
    if (text.codePointCount(0, text.length()) > LONGEST) {
      throw new ApiError("msg_too_long");
    }
    Optional<JsonNode> blocks = request.json("blocks", "invalid_blocks_format");
    Optional<JsonNode> attachments = request.json("attachments", "invalid_attachments");
    if (text.isBlank() && isNone(blocks) && isNone(attachments)) {
      throw new ApiError("no_text");
    }
    body.put("text", SlackText.posted(text));
    blocks.ifPresent(all ->
        body.set("blocks", list(all, MOST_BLOCKS, "invalid_blocks_format", "invalid_blocks")));
    attachments.ifPresent(all ->
        body.set(
            "attachments",
            list(all, MOST_ATTACHMENTS, "invalid_attachments", "too_many_attachments")));
    return body;
  }

  private static boolean isNone(Optional<JsonNode> list) {
    return list.isEmpty() || list.get().isEmpty();
  }

  private static ArrayNode list(JsonNode node, int most, String wrongKind, String tooMany) {
    if (!(node instanceof ArrayNode array)
        || array.valueStream().anyMatch(element -> !element.isObject())) {
      throw new ApiError(wrongKind);
    }
    if (array.size() > most) {
      throw new ApiError(tooMany);
    }
    return array;
  }

  private static Optional<ObjectNode> metadata(ApiRequest request) {
    return request
        .object("metadata", "invalid_metadata_format")
        .map(metadata -> {
          if (JsonNodes.text(metadata, "event_type").isEmpty()
              || !metadata.path("event_payload").isObject()) {
            throw new ApiError("invalid_metadata_schema");
          }
          return metadata;
        });
  }

  private void postEphemeral(ApiRequest request, ObjectNode answer) {
    request.needScope("chat:write");
    ChannelState channel = lookup.postable(request);
    String user = request.need("user", "invalid_arguments");
    if (!channel.has(user)) {
      throw new ApiError("user_not_in_channel");
    }
    ObjectNode message = own(request);
    request.argument("thread_ts").ifPresent(ts -> message.put("thread_ts", ts));
    answer.put("message_ts", board.whisper(channel, user, message));
  }

  private void update(ApiRequest request, ObjectNode answer) {
    request.needScope("chat:write");
    ChannelState channel = lookup.visible(request);
    ObjectNode message = ChannelLookup.message(channel, request, "ts");
    if (!isOwn(message)) {
      throw new ApiError("cant_update_message");
    }
    ObjectNode body = body(request);
    metadata(request).ifPresent(metadata -> body.set("metadata", metadata));
    board.edit(channel, message, workspace.ids().botUser(), body);
    answer
        .put("channel", channel.id)
        .put("ts", JsonNodes.text(message, "ts"))
        .put("text", JsonNodes.text(message, "text"))
        .set("message", message.deepCopy());
  }

  private void delete(ApiRequest request, ObjectNode answer) {
    request.needScope("chat:write");
    ChannelState channel = lookup.visible(request);
    ObjectNode message = ChannelLookup.message(channel, request, "ts");
    if (!isOwn(message)) {
      throw new ApiError("cant_delete_message");
    }
    board.delete(channel, message);
    answer.put("channel", channel.id).put("ts", JsonNodes.text(message, "ts"));
  }

  private boolean isOwn(ObjectNode message) {
    return JsonNodes.text(message, "bot_id").equals(workspace.ids().bot());
  }

  private void permalink(ApiRequest request, ObjectNode answer) {
    ChannelState channel = lookup.visible(request);
    ObjectNode message = ChannelLookup.message(channel, request, "message_ts");
    answer
        .put("channel", channel.id)
        .put(
            "permalink",
            "https://%s.slack.com/archives/%s/p%s"
                .formatted(
                    workspace.ids().domain(),
                    channel.id,
                    JsonNodes.text(message, "ts").replace(".", "")));
  }
}

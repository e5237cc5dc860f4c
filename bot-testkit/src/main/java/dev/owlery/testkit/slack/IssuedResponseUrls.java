package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code response_url}: five answers within half an hour, without a token. */
final class IssuedResponseUrls {
  private static final int MOST_USES = 5;
  private static final Duration LIFE = Duration.ofMinutes(30);
  private static final String[] TAKEN = {"text", "blocks", "attachments", "thread_ts"};

  /** Whom an address answers. */
  private record ResponseTarget(
      String channel, String user, String original, Instant until, int uses) {}

  private final Workspace workspace;
  private final Board board;
  private final String baseUrl;
  private final Map<String, ResponseTarget> targets = new HashMap<>();

  IssuedResponseUrls(Workspace workspace, Board board, String baseUrl) {
    this.workspace = workspace;
    this.board = board;
    this.baseUrl = baseUrl;
  }

  String create(String channel, String user, String original) {
    synchronized (workspace) {
      String id = workspace.nextId("A");
      targets.put(id, new ResponseTarget(channel, user, original, workspace.now().plus(LIFE), 0));
      return baseUrl + "actions/" + workspace.ids().team() + "/" + id;
    }
  }

  void handle(Context ctx) {
    synchronized (workspace) {
      String id = ctx.pathParam("id");
      ResponseTarget target = targets.get(id);
      String refusal = refusal(target);
      Optional<JsonNode> body = JsonNodes.parse(ctx.body()).filter(JsonNode::isObject);
      if (target == null || !refusal.isEmpty()) {
        answer(ctx, 404, refusal);
      } else if (body.isEmpty()) {
        answer(ctx, 500, "invalid_payload");
      } else {
        targets.put(
            id,
            new ResponseTarget(
                target.channel(),
                target.user(),
                target.original(),
                target.until(),
                target.uses() + 1));
        respond(target, body.get());
        ctx.result("ok");
      }
    }
  }

  private String refusal(@Nullable ResponseTarget target) {
    if (target == null || workspace.now().isAfter(target.until())) {
      return "expired_url";
    }
    return target.uses() >= MOST_USES ? "used_url" : "";
  }

  private static void answer(Context ctx, int status, String error) {
    ctx.status(status)
        .contentType("application/json")
        .result(new ApiError(error).answer().toString());
  }

  private void respond(ResponseTarget target, JsonNode body) {
    ChannelState channel = workspace.channel(target.channel()).orElseThrow();
    Optional<ObjectNode> original = channel.message(target.original());
    boolean replaces = body.path("replace_original").asBoolean(!body.has("response_type"));
    if (original.isPresent() && body.path("delete_original").asBoolean()) {
      board.delete(channel, original.get());
    } else if (original.isPresent() && replaces) {
      board.edit(channel, original.get(), workspace.ids().botUser(), taken(body));
    } else {
      show(channel, target.user(), body);
    }
  }

  /** In the channel, or to one person alone when nothing else is said. */
  void show(ChannelState channel, String user, JsonNode body) {
    ObjectNode message =
        board
            .draft(workspace.ids().botUser(), "")
            .put("bot_id", workspace.ids().bot())
            .put("app_id", workspace.ids().app());
    message.setAll(taken(body));
    boolean isEmpty = JsonNodes.text(message, "text").isEmpty() && !message.has("blocks");
    if (isEmpty && !message.has("attachments")) {
      return;
    }
    if (JsonNodes.text(body, "response_type").equals("in_channel")) {
      board.post(channel, message);
    } else {
      board.whisper(channel, user, message);
    }
  }

  private static ObjectNode taken(JsonNode body) {
    ObjectNode fields = JsonNodes.object();
    for (String field : TAKEN) {
      if (body.hasNonNull(field)) {
        fields.set(field, body.get(field).deepCopy());
      }
    }
    return fields;
  }
}

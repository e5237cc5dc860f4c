package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code /services/T/B/secret}: JSON in, {@code ok} or one word out. */
final class IncomingWebhooks {
  private static final int MOST_ATTACHMENTS = 100;
  private static final String[] TAKEN = {"text", "attachments", "blocks", "username", "thread_ts"};

  private final Workspace workspace;
  private final Board board;
  private final String baseUrl;
  private final Map<String, String> channels = new HashMap<>();
  private boolean prohibited;

  IncomingWebhooks(Workspace workspace, Board board, String baseUrl) {
    this.workspace = workspace;
    this.board = board;
    this.baseUrl = baseUrl;
  }

  String create(String channel) {
    synchronized (workspace) {
      String path = workspace.ids().team() + "/" + workspace.nextId("B") + "/doubleSecret";
      channels.put(path, channel);
      return baseUrl + "services/" + path;
    }
  }

  void prohibit(boolean on) {
    synchronized (workspace) {
      prohibited = on;
    }
  }

  /** A refusal: its status and its word. */
  private record WebhookRefusal(int status, String word) {}

  void handle(Context ctx) {
    String path =
        ctx.pathParam("team") + "/" + ctx.pathParam("service") + "/" + ctx.pathParam("secret");
    String type = Optional.ofNullable(ctx.contentType()).orElse("");
    String form =
        type.startsWith("application/x-www-form-urlencoded") ? ctx.formParam("payload") : null;
    Optional<JsonNode> body = JsonNodes.parse(form == null ? ctx.body() : form);
    synchronized (workspace) {
      Optional<WebhookRefusal> refusal = post(Optional.ofNullable(channels.get(path)), body);
      ctx.contentType("text/html; charset=utf-8")
          .status(refusal.map(WebhookRefusal::status).orElse(200))
          .result(refusal.map(WebhookRefusal::word).orElse("ok"));
    }
  }

  private Optional<WebhookRefusal> post(Optional<String> hook, Optional<JsonNode> body) {
    if (hook.isEmpty()) {
      return refused(404, "no_service");
    }
    if (body.isEmpty() || !body.get().isObject()) {
      return refused(400, "invalid_payload");
    }
    JsonNode sent = body.get();
    String wanted = JsonNodes.text(sent, "channel");
    Optional<ChannelState> target =
        wanted.isEmpty() ? workspace.channel(hook.get()) : target(wanted);
    if (target.isEmpty()) {
      return wanted.startsWith("@")
          ? refused(400, "user_not_found")
          : refused(404, "channel_not_found");
    }
    return forbidden(target.get(), sent)
        .or(() -> {
          publish(target.get(), sent);
          return Optional.empty();
        });
  }

  private Optional<ChannelState> target(String wanted) {
    if (wanted.startsWith("@")) {
      return workspace
          .personNamed(wanted.substring(1))
          .map(person ->
              workspace.direct(java.util.List.of(person.id(), workspace.ids().botUser())));
    }
    String name = wanted.startsWith("#") ? wanted.substring(1) : wanted;
    return workspace.channelNamed(name).or(() -> workspace.channel(wanted));
  }

  private Optional<WebhookRefusal> forbidden(ChannelState channel, JsonNode sent) {
    if (channel.archived) {
      return refused(410, "channel_is_archived");
    }
    if (prohibited) {
      return channel.general
          ? refused(403, "posting_to_general_channel_denied")
          : refused(403, "action_prohibited");
    }
    if (sent.path("attachments").size() > MOST_ATTACHMENTS) {
      return refused(400, "too_many_attachments");
    }
    boolean isEmpty = JsonNodes.text(sent, "text").isEmpty() && sent.path("attachments").isEmpty();
    return isEmpty && sent.path("blocks").isEmpty() ? refused(400, "no_text") : Optional.empty();
  }

  private void publish(ChannelState channel, JsonNode sent) {
    ObjectNode message =
        JsonNodes.object()
            .put("type", "message")
            .put("subtype", "bot_message")
            .put("bot_id", workspace.ids().bot() + "HOOK")
            .put("text", "");
    for (String field : TAKEN) {
      if (sent.hasNonNull(field)) {
        message.set(field, sent.get(field).deepCopy());
      }
    }
    ObjectNode icons = JsonNodes.object();
    if (sent.hasNonNull("icon_emoji")) {
      icons.put("emoji", JsonNodes.text(sent, "icon_emoji"));
    }
    if (sent.hasNonNull("icon_url")) {
      icons.put("image_48", JsonNodes.text(sent, "icon_url"));
    }
    if (!icons.isEmpty()) {
      message.set("icons", icons);
    }
    board.post(channel, message);
  }

  private static Optional<WebhookRefusal> refused(int status, String word) {
    return Optional.of(new WebhookRefusal(status, word));
  }
}

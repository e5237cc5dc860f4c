package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Slash commands, clicks and modals: what a person's client sends, and shows of the answer. */
final class Interactions {
  private static final long PATIENCE_SECONDS = 30;

  private final Workspace workspace;
  private final ViewMethods views;
  private final IssuedResponseUrls responses;
  private final DeliveryFeed feed;

  Interactions(
      Workspace workspace, ViewMethods views, IssuedResponseUrls responses, DeliveryFeed feed) {
    this.workspace = workspace;
    this.views = views;
    this.responses = responses;
    this.feed = feed;
  }

  Optional<JsonNode> slash(WorkspaceMember person, String channel, String command, String text) {
    SlackIds ids = workspace.ids();
    ChannelState where = workspace.channel(channel).orElseThrow();
    String trigger = views.trigger(person.id());
    ObjectNode payload =
        JsonNodes.object()
            .put("token", ids.verificationToken())
            .put("team_id", ids.team())
            .put("team_domain", ids.domain())
            .put("channel_id", channel)
            .put("channel_name", where.kind.isDirect() ? "directmessage" : where.name)
            .put("user_id", person.id())
            .put("user_name", person.name())
            .put("command", command)
            .put("text", text)
            .put("api_app_id", ids.app())
            .put("is_enterprise_install", "false")
            .put("response_url", responses.create(channel, person.id(), ""))
            .put("trigger_id", trigger);
    Optional<JsonNode> answer =
        deliver(
            new PendingDelivery(
                trigger, PendingDelivery.DeliveryKind.COMMAND, command, channel, payload));
    answer.ifPresent(shown -> responses.show(where, person.id(), shown));
    return answer;
  }

  void click(WorkspaceMember person, SlackMessage message, String label) {
    ObjectNode button = button(message, label);
    ChannelState where = workspace.channel(message.channel()).orElseThrow();
    String trigger = views.trigger(person.id());
    ObjectNode payload = base(person, "block_actions", trigger);
    payload
        .putObject("container")
        .put("type", "message")
        .put("message_ts", message.ts())
        .put("channel_id", message.channel())
        .put("is_ephemeral", message.isEphemeral());
    payload.putObject("channel").put("id", message.channel()).put("name", where.name);
    if (!message.isEphemeral()) {
      payload.set("message", message.json());
    }
    payload.putObject("state").putObject("values");
    payload.put("response_url", responses.create(message.channel(), person.id(), message.ts()));
    payload.putArray("actions").add(button.put("action_ts", workspace.nextTs()));
    deliver(
        new PendingDelivery(
            trigger,
            PendingDelivery.DeliveryKind.INTERACTION,
            "block_actions",
            message.channel(),
            payload));
  }

  private static ObjectNode button(SlackMessage message, String label) {
    List<ObjectNode> buttons = new ArrayList<>();
    List<ObjectNode> blocks = new ArrayList<>(JsonNodes.objects(message.json().path("blocks")));
    JsonNodes.objects(message.json().path("attachments"))
        .forEach(attachment -> blocks.addAll(JsonNodes.objects(attachment.path("blocks"))));
    for (ObjectNode block : blocks) {
      for (JsonNode element : elements(block)) {
        if (JsonNodes.text(element, "type").equals("button")) {
          ObjectNode button = element.deepCopy();
          buttons.add(button.put("block_id", JsonNodes.text(block, "block_id")));
        }
      }
    }
    return buttons.stream()
        .filter(button ->
            JsonNodes.text(button.path("text"), "text").equals(label)
                || JsonNodes.text(button, "action_id").equals(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no button <" + label + "> among " + buttons));
  }

  private static List<JsonNode> elements(ObjectNode block) {
    List<JsonNode> elements = new ArrayList<>(JsonNodes.objects(block.path("elements")));
    elements.add(block.path("accessory"));
    return elements;
  }

  Optional<JsonNode> submit(WorkspaceMember person, ObjectNode view, ObjectNode values) {
    ObjectNode payload = base(person, "view_submission", views.trigger(person.id()));
    ObjectNode sent = view.deepCopy();
    sent.putObject("state").set("values", values);
    payload.set("view", sent);
    payload.putArray("response_urls");
    Optional<JsonNode> answer = deliver(interaction(payload));
    String action = answer.map(given -> JsonNodes.text(given, "response_action")).orElse("");
    if (action.equals("update") && answer.get().path("view") instanceof ObjectNode other) {
      views.keep(other.deepCopy().put("id", JsonNodes.text(view, "id")), person.id());
    } else if (!action.equals("errors")) {
      views.close(JsonNodes.text(view, "id"));
    }
    return answer;
  }

  void cancel(WorkspaceMember person, ObjectNode view) {
    views.close(JsonNodes.text(view, "id"));
    if (view.path("notify_on_close").asBoolean()) {
      ObjectNode payload = base(person, "view_closed", views.trigger(person.id()));
      payload.set("view", view.deepCopy());
      payload.put("is_cleared", false);
      deliver(interaction(payload));
    }
  }

  private static PendingDelivery interaction(ObjectNode payload) {
    return new PendingDelivery(
        JsonNodes.text(payload, "trigger_id"),
        PendingDelivery.DeliveryKind.INTERACTION,
        JsonNodes.text(payload, "type"),
        "",
        payload);
  }

  private ObjectNode base(WorkspaceMember person, String type, String trigger) {
    SlackIds ids = workspace.ids();
    ObjectNode payload =
        JsonNodes.object()
            .put("type", type)
            .put("token", ids.verificationToken())
            .put("api_app_id", ids.app())
            .put("trigger_id", trigger)
            .put("is_enterprise_install", false)
            .putNull("enterprise");
    payload.putObject("team").put("id", ids.team()).put("domain", ids.domain());
    payload
        .putObject("user")
        .put("id", person.id())
        .put("username", person.name())
        .put("name", person.name())
        .put("team_id", person.team());
    return payload;
  }

  private Optional<JsonNode> deliver(PendingDelivery delivery) {
    feed.submit(delivery);
    try {
      return delivery.settled.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a person waited", stopped);
    } catch (ExecutionException | TimeoutException unanswered) {
      throw new AssertionError(delivery.type + " was not acknowledged", unanswered);
    }
  }
}

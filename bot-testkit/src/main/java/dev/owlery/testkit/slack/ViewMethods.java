package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code views.*}: modals, which a trigger opens within seconds and once. */
final class ViewMethods {
  private static final int LONGEST_TITLE = 24;
  private static final int MOST_BLOCKS = 100;

  /** Somebody has clicked or typed a slash command, just now. */
  private record Trigger(String user, Instant until) {}

  private final Workspace workspace;
  private final Duration triggerLife;
  private final Map<String, Trigger> triggers = new HashMap<>();
  private final Map<String, ObjectNode> views = new LinkedHashMap<>();
  private final Map<String, String> viewers = new HashMap<>();

  ViewMethods(Workspace workspace, Duration triggerLife) {
    this.workspace = workspace;
    this.triggerLife = triggerLife;
  }

  Map<String, WebApiMethod> all() {
    return Map.of("views.open", this::open, "views.update", this::update, "views.push", this::open);
  }

  String trigger(String user) {
    synchronized (workspace) {
      String id = workspace.nextTs() + "." + workspace.nextId("T");
      triggers.put(id, new Trigger(user, workspace.now().plus(triggerLife)));
      return id;
    }
  }

  private void open(ApiRequest request, ObjectNode answer) {
    Trigger trigger = triggers.remove(request.need("trigger_id"));
    if (trigger == null) {
      throw new ApiError("invalid_trigger_id");
    }
    if (workspace.now().isAfter(trigger.until())) {
      throw new ApiError("expired_trigger_id");
    }
    ObjectNode view = checked(request).put("id", workspace.nextId("V"));
    keep(view, trigger.user());
    answer.set("view", view.deepCopy());
  }

  private void update(ApiRequest request, ObjectNode answer) {
    ObjectNode known =
        request
            .argument("view_id")
            .or(() -> request.argument("external_id").flatMap(this::byExternalId))
            .map(views::get)
            .orElseThrow(() -> new ApiError("not_found"));
    if (request
        .argument("hash")
        .filter(hash -> !hash.equals(JsonNodes.text(known, "hash")))
        .isPresent()) {
      throw new ApiError("hash_conflict");
    }
    String id = JsonNodes.text(known, "id");
    ObjectNode view = checked(request).put("id", id);
    keep(view, viewers.getOrDefault(id, ""));
    answer.set("view", view.deepCopy());
  }

  private Optional<String> byExternalId(String wanted) {
    return views.values().stream()
        .filter(view -> JsonNodes.text(view, "external_id").equals(wanted))
        .map(view -> JsonNodes.text(view, "id"))
        .findFirst();
  }

  private ObjectNode checked(ApiRequest request) {
    ObjectNode view =
        request
            .object("view", "invalid_arguments")
            .orElseThrow(() -> new ApiError("invalid_arguments"));
    String title = JsonNodes.text(view.path("title"), "text");
    boolean isFine =
        JsonNodes.text(view, "type").equals("modal")
            && !title.isEmpty()
            && title.length() <= LONGEST_TITLE
            && view.path("blocks").isArray()
            && view.path("blocks").size() <= MOST_BLOCKS;
    if (!isFine) {
      ObjectNode details = JsonNodes.object();
      details.putObject("response_metadata").putArray("messages").add("[ERROR] invalid view");
      throw new ApiError("invalid_arguments", details);
    }
    return view.deepCopy();
  }

  void keep(ObjectNode view, String user) {
    synchronized (workspace) {
      String id = JsonNodes.text(view, "id");
      view.put("team_id", workspace.ids().team())
          .put("app_id", workspace.ids().app())
          .put("bot_id", workspace.ids().bot())
          .put("root_view_id", id)
          .put("hash", workspace.nextTs());
      views.put(id, view);
      viewers.put(id, user);
      workspace.notifyAll();
    }
  }

  void close(String id) {
    synchronized (workspace) {
      views.remove(id);
      workspace.notifyAll();
    }
  }

  /** The view on top of what somebody sees. */
  Optional<ObjectNode> seenBy(String user) {
    synchronized (workspace) {
      return views.entrySet().stream()
          .filter(view -> user.equals(viewers.get(view.getKey())))
          .map(Map.Entry::getValue)
          .reduce((lower, upper) -> upper)
          .map(ObjectNode::deepCopy);
    }
  }
}

package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A channel, private channel, direct or group-direct conversation. Guarded by the workspace. */
final class ChannelState {

  /** What kind of conversation, with its names in events and in scopes. */
  enum ChannelKind {
    PUBLIC("channel", "channels", "public_channel"),
    PRIVATE("group", "groups", "private_channel"),
    DIRECT("im", "im", "im"),
    GROUP_DIRECT("mpim", "mpim", "mpim");

    final String inEvents;
    final String inScopes;
    final String inTypes;

    ChannelKind(String inEvents, String inScopes, String inTypes) {
      this.inEvents = inEvents;
      this.inScopes = inScopes;
      this.inTypes = inTypes;
    }

    boolean isDirect() {
      return this == DIRECT || this == GROUP_DIRECT;
    }
  }

  /** Something that appeared, for everybody or for one person only. */
  record Sight(ObjectNode message, String onlyFor) {}

  final String id;
  final ChannelKind kind;
  final Set<String> members = new LinkedHashSet<>();
  final NavigableMap<String, ObjectNode> messages = new TreeMap<>();
  final List<Sight> sights = new ArrayList<>();
  private final long created;
  private final String creator;
  String name;
  String topic = "";
  String purpose = "";
  boolean archived;
  boolean open = true;
  boolean shared;
  boolean general;

  ChannelState(String id, ChannelKind kind, String name, String creator, long created) {
    this.id = id;
    this.kind = kind;
    this.name = name;
    this.creator = creator;
    this.created = created;
  }

  boolean has(String user) {
    return members.contains(user);
  }

  Optional<ObjectNode> message(String ts) {
    return Optional.ofNullable(messages.get(ts));
  }

  /** Those that stand in the channel itself, the newest first. */
  List<ObjectNode> history() {
    return messages.descendingMap().values().stream()
        .filter(message ->
            !message.has("thread_ts")
                || JsonNodes.text(message, "thread_ts").equals(JsonNodes.text(message, "ts"))
                || JsonNodes.text(message, "subtype").equals("thread_broadcast"))
        .toList();
  }

  /** The first message of a thread and the answers to it, the oldest first. */
  List<ObjectNode> thread(String root) {
    Collection<ObjectNode> later = messages.tailMap(root, true).values();
    return later.stream()
        .filter(message ->
            JsonNodes.text(message, "ts").equals(root)
                || JsonNodes.text(message, "thread_ts").equals(root))
        .toList();
  }

  /** As the Web API shows it to somebody. */
  ObjectNode json(String viewer) {
    ObjectNode channel = JsonNodes.object().put("id", id).put("created", created);
    if (kind == ChannelKind.DIRECT) {
      String other = members.stream().filter(m -> !m.equals(viewer)).findFirst().orElse(viewer);
      channel.put("user", other).put("is_user_deleted", false).put("is_open", open);
    } else {
      channel.put("name", name).put("name_normalized", name).put("num_members", members.size());
    }
    channel
        .put("is_channel", kind == ChannelKind.PUBLIC)
        .put("is_group", kind == ChannelKind.PRIVATE)
        .put("is_im", kind == ChannelKind.DIRECT)
        .put("is_mpim", kind == ChannelKind.GROUP_DIRECT)
        .put("is_private", kind != ChannelKind.PUBLIC)
        .put("is_archived", archived)
        .put("is_general", general)
        .put("is_shared", shared)
        .put("is_ext_shared", shared)
        .put("is_org_shared", false)
        .put("is_member", has(viewer))
        .put("creator", creator)
        .put("unlinked", 0);
    channel.putObject("topic").put("value", topic).put("creator", creator).put("last_set", 0);
    channel.putObject("purpose").put("value", purpose).put("creator", "").put("last_set", 0);
    return channel;
  }
}

package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What can be done to messages and channels, whoever does it: keeps the state and tells the bot.
 * Each method holds the workspace's monitor.
 */
final class Board {
  private final Workspace workspace;

  Board(Workspace workspace) {
    this.workspace = workspace;
  }

  /** A new message by somebody: not posted yet. */
  ObjectNode draft(String user, String text) {
    return JsonNodes.object()
        .put("type", "message")
        .put("user", user)
        .put("text", text)
        .put(
            "team",
            workspace.person(user).map(WorkspaceMember::team).orElse(workspace.ids().team()));
  }

  /** Puts a message into a channel; gives it its {@code ts}. A mention is told a second time. */
  ObjectNode post(ChannelState channel, ObjectNode message) {
    synchronized (workspace) {
      String ts = workspace.nextTs();
      message.put("ts", ts);
      channel.messages.put(ts, message);
      channel.open = true;
      Optional.of(JsonNodes.text(message, "thread_ts"))
          .flatMap(channel::message)
          .ifPresent(root -> answered(root, message));
      channel.sights.add(new ChannelState.Sight(message.deepCopy(), ""));
      workspace.tell(channel, event(channel, message));
      if (mentionsBot(channel, message)) {
        ObjectNode mention = event(channel, message).put("type", "app_mention");
        mention.remove("channel_type");
        workspace.tell(channel, mention);
      }
      return message;
    }
  }

  private boolean mentionsBot(ChannelState channel, ObjectNode message) {
    String bot = workspace.ids().botUser();
    return !channel.kind.isDirect()
        && !JsonNodes.text(message, "user").equals(bot)
        && JsonNodes.text(message, "text").contains("<@" + bot + ">");
  }

  private static void answered(ObjectNode root, ObjectNode answer) {
    String ts = JsonNodes.text(answer, "ts");
    root.put("thread_ts", JsonNodes.text(root, "ts"))
        .put("reply_count", root.path("reply_count").asInt() + 1)
        .put("latest_reply", ts);
    ArrayNode users = root.withArray("reply_users");
    String user = JsonNodes.text(answer, "user");
    if (users.valueStream().noneMatch(known -> known.asText().equals(user))) {
      users.add(user);
    }
    root.put("reply_users_count", users.size());
  }

  /** Shows one person something that nobody else sees and nothing keeps. */
  String whisper(ChannelState channel, String onlyFor, ObjectNode message) {
    synchronized (workspace) {
      String ts = workspace.nextTs();
      message.put("ts", ts).put("is_ephemeral", true);
      channel.sights.add(new ChannelState.Sight(message.deepCopy(), onlyFor));
      workspace.notifyAll();
      return ts;
    }
  }

  private ObjectNode event(ChannelState channel, ObjectNode message) {
    ObjectNode event = message.deepCopy();
    event.remove("metadata");
    return event
        .put("channel", channel.id)
        .put("channel_type", channel.kind.inEvents)
        .put("event_ts", JsonNodes.text(message, "ts"));
  }

  private ObjectNode hidden(ChannelState channel, String subtype) {
    String ts = workspace.nextTs();
    return JsonNodes.object()
        .put("type", "message")
        .put("subtype", subtype)
        .put("hidden", true)
        .put("channel", channel.id)
        .put("channel_type", channel.kind.inEvents)
        .put("ts", ts)
        .put("event_ts", ts);
  }

  /** Takes over the fields of a message that stands in the channel already. */
  void edit(ChannelState channel, ObjectNode message, String editor, ObjectNode fields) {
    synchronized (workspace) {
      ObjectNode before = message.deepCopy();
      message.setAll(fields);
      ObjectNode event = hidden(channel, "message_changed");
      message.putObject("edited").put("user", editor).put("ts", JsonNodes.text(event, "ts"));
      event.set("message", shown(message));
      event.set("previous_message", shown(before));
      workspace.tell(channel, event);
    }
  }

  private static ObjectNode shown(ObjectNode message) {
    ObjectNode copy = message.deepCopy();
    copy.remove("metadata");
    return copy;
  }

  void delete(ChannelState channel, ObjectNode message) {
    synchronized (workspace) {
      String ts = JsonNodes.text(message, "ts");
      channel.messages.remove(ts);
      ObjectNode event = hidden(channel, "message_deleted").put("deleted_ts", ts);
      event.set("previous_message", shown(message));
      workspace.tell(channel, event);
    }
  }

  /** False if they have reacted with that already. */
  boolean react(ChannelState channel, ObjectNode message, String user, String name) {
    synchronized (workspace) {
      ArrayNode reactions = message.withArray("reactions");
      ObjectNode reaction =
          JsonNodes.objects(reactions).stream()
              .filter(known -> JsonNodes.text(known, "name").equals(name))
              .findFirst()
              .orElseGet(() -> reactions.addObject().put("name", name));
      ArrayNode users = reaction.withArray("users");
      if (users.valueStream().anyMatch(known -> known.asText().equals(user))) {
        return false;
      }
      users.add(user);
      reaction.put("count", users.size());
      workspace.tell(channel, reactionEvent("reaction_added", channel, message, user, name));
      return true;
    }
  }

  /** False if they have not reacted with that. */
  boolean unreact(ChannelState channel, ObjectNode message, String user, String name) {
    synchronized (workspace) {
      ArrayNode reactions = message.withArray("reactions");
      for (int i = 0; i < reactions.size(); i++) {
        JsonNode reaction = reactions.get(i);
        if (JsonNodes.text(reaction, "name").equals(name) && takeOut(reaction, user)) {
          if (reaction.path("users").isEmpty()) {
            reactions.remove(i);
          }
          workspace.tell(channel, reactionEvent("reaction_removed", channel, message, user, name));
          return true;
        }
      }
      return false;
    }
  }

  private static boolean takeOut(JsonNode reaction, String user) {
    ArrayNode users = ((ObjectNode) reaction).withArray("users");
    for (int i = 0; i < users.size(); i++) {
      if (users.get(i).asText().equals(user)) {
        users.remove(i);
        ((ObjectNode) reaction).put("count", users.size());
        return true;
      }
    }
    return false;
  }

  private ObjectNode reactionEvent(
      String type, ChannelState channel, ObjectNode message, String user, String name) {
    ObjectNode event =
        JsonNodes.object()
            .put("type", type)
            .put("user", user)
            .put("reaction", name)
            .put("item_user", JsonNodes.text(message, "user"))
            .put("event_ts", workspace.nextTs());
    event
        .putObject("item")
        .put("type", "message")
        .put("channel", channel.id)
        .put("ts", JsonNodes.text(message, "ts"));
    return event;
  }

  /** False if they are in already. */
  boolean join(ChannelState channel, String user) {
    synchronized (workspace) {
      if (!channel.members.add(user)) {
        return false;
      }
      workspace.tell(channel, membership("member_joined_channel", channel, user));
      post(channel, note(user, "channel_join", "<@" + user + "> has joined the channel"));
      return true;
    }
  }

  /** False if they are not in it. */
  boolean leave(ChannelState channel, String user) {
    synchronized (workspace) {
      if (!channel.has(user)) {
        return false;
      }
      workspace.tell(channel, membership("member_left_channel", channel, user));
      channel.members.remove(user);
      if (user.equals(workspace.ids().botUser())) {
        workspace.tellAll(
            JsonNodes.object()
                .put(
                    "type",
                    channel.kind == ChannelState.ChannelKind.PUBLIC ? "channel_left" : "group_left")
                .put("channel", channel.id)
                .put("event_ts", workspace.nextTs()));
      }
      return true;
    }
  }

  private ObjectNode membership(String type, ChannelState channel, String user) {
    return JsonNodes.object()
        .put("type", type)
        .put("user", user)
        .put("channel", channel.id)
        .put("channel_type", channel.kind == ChannelState.ChannelKind.PUBLIC ? "C" : "G")
        .put("team", workspace.ids().team())
        .put("event_ts", workspace.nextTs());
  }

  private ObjectNode note(String user, String subtype, String text) {
    return draft(user, text).put("subtype", subtype);
  }

  void topic(ChannelState channel, String user, String topic) {
    synchronized (workspace) {
      channel.topic = topic;
      String kind =
          channel.kind == ChannelState.ChannelKind.PUBLIC ? "channel_topic" : "group_topic";
      post(
          channel,
          note(user, kind, "<@" + user + "> set the channel topic: " + topic).put("topic", topic));
    }
  }

  void archive(ChannelState channel, String user) {
    synchronized (workspace) {
      channel.archived = true;
      workspace.tell(
          channel,
          JsonNodes.object()
              .put("type", "channel_archive")
              .put("channel", channel.id)
              .put("user", user)
              .put("event_ts", workspace.nextTs()));
    }
  }

  void rename(ChannelState channel, String name) {
    synchronized (workspace) {
      channel.name = name;
      ObjectNode event =
          JsonNodes.object().put("type", "channel_rename").put("event_ts", workspace.nextTs());
      event.putObject("channel").put("id", channel.id).put("name", name).put("created", 0);
      workspace.tell(channel, event);
    }
  }
}

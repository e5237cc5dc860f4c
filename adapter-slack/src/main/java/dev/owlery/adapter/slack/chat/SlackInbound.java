package dev.owlery.adapter.slack.chat;

import com.google.gson.JsonObject;
import dev.owlery.adapter.slack.api.SlackPersonInfo;
import dev.owlery.adapter.slack.text.Emoji;
import dev.owlery.adapter.slack.text.IdFormats;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.adapter.slack.text.Timestamps;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.api.event.MemberRenamed;
import dev.owlery.api.event.MessageDeleted;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.api.event.ReactionAdded;
import dev.owlery.api.event.ReactionRemoved;
import dev.owlery.api.event.SubjectChanged;
import dev.owlery.api.slack.SlackNotation;
import dev.owlery.spi.ReaderGuard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events of what Slack delivers, by whatever way. One at a time, in the order in which they
 * come; may wait a moment for a name, and for the core while it is busy.
 */
public final class SlackInbound {
  private static final Logger LOG = LoggerFactory.getLogger(SlackInbound.class);

  private final AdapterContext context;
  private final SlackIdentity identity;
  private final SlackDirectory directory;
  private final SlackRooms rooms;
  private final MessageReader messages;
  private final ReaderGuard guard;
  private final UnknownDeliveries strangers;
  private final InboundListener listener;

  /** Who wants to know what else there is to know. */
  public interface InboundListener {
    /** The rooms have changed. */
    void roomsChanged();

    /** The account is of no use any more until a person does something. */
    void failed(String reason);
  }

  public SlackInbound(
      AdapterContext context,
      SlackIdentity identity,
      SlackDirectory directory,
      SlackRooms rooms,
      MessageReader messages,
      ReaderGuard guard,
      UnknownDeliveries strangers,
      InboundListener listener) {
    this.context = context;
    this.identity = identity;
    this.directory = directory;
    this.rooms = rooms;
    this.messages = messages;
    this.guard = guard;
    this.strangers = strangers;
    this.listener = listener;
  }

  /**
   * Takes an event.
   *
   * @param payload what Slack's Events API delivers
   * @return completes when all that follows from it is recorded; exceptionally if that failed
   */
  public synchronized CompletionStage<?> event(JsonObject payload) {
    if (!strangers.isForUs(payload)) {
      return CompletableFuture.completedStage(true);
    }
    if (SlackJson.text(payload, "type").equals("app_rate_limited")) {
      LOG.warn("Slack leaves out events for a while: there are more than it delivers in an hour");
      return CompletableFuture.completedStage(true);
    }
    JsonObject event = SlackJson.object(payload, "event");
    String key = "event/" + SlackJson.text(payload, "event_id");
    Instant at = messages.time(SlackJson.text(event, "event_ts"));
    return publishAll(readable(event, Origin.live(key, at)));
  }

  /**
   * What makes no sense is counted, and acknowledged: it would make no more sense a second time.
   */
  private List<ChatEvent> readable(JsonObject event, Origin origin) {
    return guard.read("an event", () -> wellFormed(event, origin), () -> malformed(event));
  }

  /** The refusal of what lacks something is foreseen, so the guard need not report it. */
  private List<ChatEvent> wellFormed(JsonObject event, Origin origin) {
    try {
      return read(event, origin);
    } catch (IllegalArgumentException refusal) {
      return malformed(event);
    }
  }

  private List<ChatEvent> malformed(JsonObject event) {
    strangers.count("malformed " + SlackJson.text(event, "type"));
    return List.of();
  }

  /**
   * Takes what a classic outgoing webhook has posted. It proves itself by a token, not by a
   * signature over what it says, so nobody vouches for who speaks.
   *
   * @param form its fields
   * @return as {@link #event}
   */
  public synchronized CompletionStage<?> webhook(JsonObject form) {
    JsonObject message = new JsonObject();
    message.addProperty("ts", SlackJson.text(form, "timestamp"));
    message.addProperty("user", SlackJson.text(form, "user_id"));
    message.addProperty("bot_id", SlackJson.text(form, "bot_id"));
    message.addProperty("text", SlackJson.text(form, "text"));
    message.addProperty("thread_ts", SlackJson.text(form, "thread_ts"));
    if (!strangers.isForUs(form) || !messages.isSaid(message)) {
      return CompletableFuture.completedStage(true);
    }
    Optional<MessagePosted> read =
        guard.tryRead(
            "what a webhook posted",
            () -> messages.posted(SlackJson.text(form, "channel_id"), message, Delivery.LIVE));
    if (read.isEmpty()) {
      return CompletableFuture.completedStage(true);
    }
    MessagePosted posted = read.get();
    return context.publish(
        new MessagePosted(
            posted.origin(),
            posted.where(),
            SlackIdentity.nobody(posted.sender()),
            posted.content(),
            posted.tone(),
            posted.id(),
            posted.replyTo()));
  }

  private CompletionStage<?> publishAll(List<ChatEvent> events) {
    return CompletableFuture.allOf(
        events.stream()
            .map(each -> context.publish(each).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  private List<ChatEvent> read(JsonObject event, Origin origin) {
    String type = SlackJson.text(event, "type");
    return switch (type) {
      case "message" -> message(event);
      case "app_mention" -> said(SlackJson.text(event, "channel"), event);
      case "reaction_added", "reaction_removed" ->
          reaction(event, origin, type.equals("reaction_added"));
      case "member_joined_channel" -> joined(event, origin);
      case "member_left_channel" -> left(event, origin);
      case "user_change", "team_join", "user_profile_changed" -> userChanged(event, origin);
      case "channel_rename", "group_rename" -> renamed(event);
      case "channel_left",
          "group_left",
          "channel_deleted",
          "channel_archive",
          "group_archive",
          "group_deleted" ->
          gone(SlackJson.text(event, "channel"));
      case "tokens_revoked", "app_uninstalled" -> failed(type);
      default -> {
        strangers.count(type);
        yield List.of();
      }
    };
  }

  private List<ChatEvent> message(JsonObject event) {
    String channel = SlackJson.text(event, "channel");
    String subtype = SlackJson.text(event, "subtype");
    return switch (subtype) {
      case "message_changed" -> changed(channel, SlackJson.object(event, "message"), event);
      case "message_deleted" -> deleted(channel, event);
      case "channel_topic", "group_topic" -> topic(channel, event);
      default -> said(channel, event);
    };
  }

  private List<ChatEvent> said(String channel, JsonObject message) {
    if (!messages.isSaid(message)) {
      if (!messages.isOwn(message)) {
        strangers.count("message." + SlackJson.text(message, "subtype"));
      }
      return List.of();
    }
    rooms.came(channel, SlackJson.text(message, "user"));
    MessagePosted posted = messages.posted(channel, message, Delivery.LIVE);
    List<ChatEvent> events = new ArrayList<>(List.of(posted));
    events.addAll(messages.offers(posted, message));
    return events;
  }

  /** Slack also changes messages by itself, to show what a link leads to. */
  private List<ChatEvent> changed(String channel, JsonObject message, JsonObject event) {
    String now = SlackJson.text(message, "edited", "ts");
    String before = SlackJson.text(event, "previous_message", "edited", "ts");
    boolean byAuthor = !now.isEmpty() && !now.equals(before);
    if (!byAuthor || messages.isOwn(message) || !Timestamps.isOne(SlackJson.text(message, "ts"))) {
      return List.of();
    }
    return List.of(messages.edited(channel, message, Delivery.LIVE));
  }

  private List<ChatEvent> deleted(String channel, JsonObject event) {
    JsonObject before = SlackJson.object(event, "previous_message");
    String ts = SlackJson.text(event, "deleted_ts");
    if (messages.isOwn(before) || ts.isEmpty()) {
      return List.of();
    }
    Origin origin =
        Origin.live(
            "delete/" + channel + "/" + ts, messages.time(SlackJson.text(event, "event_ts")));
    String thread = SlackJson.text(before, "thread_ts");
    Conversation where = identity.where(channel, thread.equals(ts) ? "" : thread);
    return List.of(new MessageDeleted(origin, where, messages.sender(before), new MessageId(ts)));
  }

  private List<ChatEvent> topic(String channel, JsonObject event) {
    String ts = SlackJson.text(event, "ts");
    Origin origin = Origin.live(MessageReader.messageKey(channel, ts), messages.time(ts));
    String subject = messages.plain(SlackJson.text(event, "topic")).replace('\n', ' ');
    Member member = identity.member(SlackJson.text(event, "user"));
    return List.of(new SubjectChanged(origin, identity.where(channel, ""), member, subject));
  }

  private List<ChatEvent> reaction(JsonObject event, Origin origin, boolean added) {
    String ts = SlackJson.text(event, "item", "ts");
    String channel = SlackJson.text(event, "item", "channel");
    String user = SlackJson.text(event, "user");
    if (ts.isEmpty() || channel.isEmpty() || user.equals(identity.self().user())) {
      return List.of();
    }
    Conversation where = identity.where(channel, "");
    Member sender = identity.member(user);
    String emoji = Emoji.character(SlackNotation.clean(SlackJson.text(event, "reaction")));
    MessageId target = new MessageId(ts);
    return List.of(
        added
            ? new ReactionAdded(origin, where, sender, target, emoji)
            : new ReactionRemoved(origin, where, sender, target, emoji));
  }

  private List<ChatEvent> joined(JsonObject event, Origin origin) {
    String channel = SlackJson.text(event, "channel");
    String user = SlackJson.text(event, "user");
    rooms.came(channel, user);
    if (user.equals(identity.self().user())) {
      listener.roomsChanged();
    }
    return List.of(new MemberJoined(origin, identity.where(channel, ""), identity.member(user)));
  }

  private List<ChatEvent> left(JsonObject event, Origin origin) {
    String channel = SlackJson.text(event, "channel");
    String user = SlackJson.text(event, "user");
    Conversation where = identity.where(channel, "");
    rooms.went(channel, user);
    if (user.equals(identity.self().user())) {
      listener.roomsChanged();
    }
    return List.of(new MemberLeft(origin, where, identity.member(user), MemberLeft.How.LEFT, ""));
  }

  private List<ChatEvent> userChanged(JsonObject event, Origin origin) {
    JsonObject user = SlackJson.object(event, "user");
    String id = SlackJson.text(user, "id");
    if (!IdFormats.isUserId(id)) {
      return List.of();
    }
    SlackPersonInfo before = directory.remembered(id);
    SlackPersonInfo after = directory.learnUser(user);
    if (!before.isKnown() || before.displayName().equals(after.displayName())) {
      return List.of();
    }
    List<ChatEvent> renamed = new ArrayList<>();
    for (String channel : rooms.channelsOf(id)) {
      Origin each = Origin.live(origin.key() + "/" + channel, origin.at());
      renamed.add(
          new MemberRenamed(
              each, identity.where(channel, ""), identity.member(before), identity.member(after)));
    }
    return renamed;
  }

  private List<ChatEvent> renamed(JsonObject event) {
    JsonObject channel = SlackJson.object(event, "channel");
    String id = SlackJson.text(channel, "id");
    String name = SlackNotation.clean(SlackJson.text(channel, "name")).replace('\n', ' ');
    directory
        .known(each -> each.id().equals(id))
        .ifPresent(known -> directory.learn(known.withName(name)));
    listener.roomsChanged();
    return List.of();
  }

  private List<ChatEvent> gone(String channel) {
    rooms.went(channel, identity.self().user());
    listener.roomsChanged();
    return List.of();
  }

  private List<ChatEvent> failed(String type) {
    listener.failed(
        type.equals("app_uninstalled")
            ? "the app was removed from the workspace"
            : "the app's tokens were revoked: install it again");
    return List.of();
  }
}

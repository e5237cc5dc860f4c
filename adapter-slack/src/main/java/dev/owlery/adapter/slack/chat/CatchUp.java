package dev.owlery.adapter.slack.chat;

import com.google.gson.JsonObject;
import dev.owlery.adapter.slack.api.ApiMethod;
import dev.owlery.adapter.slack.api.ApiResult;
import dev.owlery.adapter.slack.api.RawApiResult;
import dev.owlery.adapter.slack.api.SlackApi;
import dev.owlery.adapter.slack.api.SlackChannelInfo;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.adapter.slack.text.Timestamps;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.spi.ReaderGuard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what was said while nobody listened: the histories of all conversations that the bot is in,
 * direct ones too, from {@link ReadMarks} on, and the answers in threads that were begun up to a
 * day before. What was said before the bot was invited it has not missed. Reactions, and changes of
 * older messages, Slack does not tell afterwards. Waits for Slack; any thread, each conversation on
 * one.
 */
public final class CatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final Duration THREADS = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration RECORDING = Duration.ofMinutes(1);
  private static final int MOST_CHANNELS = 1_000;
  private static final int MOST_PAGES = 5;
  private static final String PAGE = "999";

  private final SlackApi api;
  private final AdapterContext context;
  private final SlackIdentity identity;
  private final SlackDirectory directory;
  private final MessageReader messages;
  private final ReaderGuard guard;
  private final ReadMarks marks;
  private volatile boolean givenUp;

  public CatchUp(
      SlackApi api,
      AdapterContext context,
      SlackIdentity identity,
      SlackDirectory directory,
      MessageReader messages,
      ReaderGuard guard,
      ReadMarks marks) {
    this.api = api;
    this.context = context;
    this.identity = identity;
    this.directory = directory;
    this.messages = messages;
    this.guard = guard;
    this.marks = marks;
  }

  /**
   * A channel, and since when something may have been missed in it.
   *
   * @param channel the channel's id
   * @param since what was said later is read
   */
  record Gap(String channel, Instant since) {}

  /** The gaps as they are now, those of the conversations with the newest events first. */
  List<Gap> gaps() {
    givenUp = false;
    List<SlackChannelInfo> channels = new ArrayList<>(directory.memberships());
    Map<String, Instant> newest = new HashMap<>();
    for (SlackChannelInfo channel : channels) {
      context
          .lastSeen(identity.where(channel))
          .map(Origin::at)
          .ifPresent(at -> newest.put(channel.id(), at));
    }
    if (!marks.isKnown()) {
      // Nothing at all is recorded at the very first login: then nothing was missed.
      Instant from =
          newest.values().stream().max(Comparator.naturalOrder()).orElse(context.clock().instant());
      marks.begin(from, newest);
    }
    channels.sort(
        Comparator.comparing(
                (SlackChannelInfo channel) -> newest.getOrDefault(channel.id(), Instant.EPOCH))
            .reversed());
    if (channels.size() > MOST_CHANNELS) {
      LOG.warn("only the {} conversations with the newest events are caught up", MOST_CHANNELS);
    }
    return channels.stream()
        .limit(MOST_CHANNELS)
        .map(channel -> new Gap(channel.id(), marks.since(channel.id())))
        .toList();
  }

  /**
   * Whether a history tells again what was delivered, so that nothing is lost with the delivery.
   *
   * @param event the event
   */
  public boolean isTold(JsonObject event) {
    String type = SlackJson.text(event, "type");
    return (type.equals("message") || type.equals("app_mention"))
        && SlackJson.text(event, "thread_ts").isEmpty()
        && messages.isSaid(event);
  }

  /**
   * Publishes what was missed in a conversation. While Slack fails it is asked again, for two
   * minutes; if it fails longer, the gap is left for the next login.
   *
   * @return true if all is recorded that can be read
   * @throws InterruptedException if the account is closed
   */
  boolean fill(Gap gap) throws InterruptedException {
    Optional<List<JsonObject>> missed = missed(gap);
    if (missed.isEmpty() || api.isClosed()) {
      return false;
    }
    List<CompletableFuture<Boolean>> recorded = new ArrayList<>();
    for (JsonObject message : missed.get()) {
      if (api.isClosed()) {
        return false;
      }
      publish(gap, message, recorded);
    }
    for (CompletableFuture<Boolean> each : recorded) {
      if (recorded(each).isEmpty()) {
        return false;
      }
    }
    // While the account is being closed names are not found, and messages not read.
    return !api.isClosed();
  }

  private Optional<List<JsonObject>> missed(Gap gap) {
    Optional<List<JsonObject>> history = history(gap);
    if (history.isEmpty()) {
      return history;
    }
    List<JsonObject> found = new ArrayList<>();
    for (JsonObject message : history.get()) {
      found.add(message);
      if (isIn(gap, message, "latest_reply")) {
        Optional<List<JsonObject>> replies = replies(gap, SlackJson.text(message, "ts"));
        if (replies.isEmpty()) {
          return replies;
        }
        found.addAll(replies.get());
      }
    }
    found.sort(Comparator.comparing(message -> messages.time(SlackJson.text(message, "ts"))));
    return Optional.of(
        heard(found).stream()
            .filter(message -> isIn(gap, message, "ts") || isIn(gap, message, "edited", "ts"))
            .filter(messages::isSaid)
            .distinct()
            .toList());
  }

  /** Without what was said while the bot was no member. */
  private List<JsonObject> heard(List<JsonObject> said) {
    List<JsonObject> heard = new ArrayList<>();
    boolean away = false;
    for (JsonObject message : said) {
      switch (messages.isOwn(message) ? SlackJson.text(message, "subtype") : "") {
        case "channel_join", "group_join" -> {
          if (!away) {
            heard.clear();
          }
          away = false;
        }
        case "channel_leave", "group_leave" -> away = true;
        default -> {
          if (!away) {
            heard.add(message);
          }
        }
      }
    }
    return heard;
  }

  private boolean isIn(Gap gap, JsonObject message, String... path) {
    return Timestamps.read(SlackJson.text(message, path), Instant.EPOCH).isAfter(gap.since());
  }

  /** What was said since, and a day before: threads may have been answered there. */
  private Optional<List<JsonObject>> history(Gap gap) {
    Map<String, String> what = new HashMap<>();
    what.put("channel", gap.channel());
    what.put("oldest", Timestamps.write(gap.since().minus(THREADS)));
    return pages(ApiMethod.CONVERSATIONS_HISTORY, what, gap);
  }

  private Optional<List<JsonObject>> replies(Gap gap, String thread) {
    Map<String, String> what = new HashMap<>();
    what.put("channel", gap.channel());
    what.put("ts", thread);
    what.put("oldest", Timestamps.write(gap.since()));
    return pages(ApiMethod.CONVERSATIONS_REPLIES, what, gap)
        .map(all ->
            all.stream().filter(reply -> !SlackJson.text(reply, "ts").equals(thread)).toList());
  }

  /** Empty if Slack fails in a way that may pass. */
  private Optional<List<JsonObject>> pages(ApiMethod method, Map<String, String> what, Gap gap) {
    List<JsonObject> all = new ArrayList<>();
    what.put("limit", PAGE);
    for (int i = 0; i < MOST_PAGES; i++) {
      ApiResult<RawApiResult> answer =
          givenUp ? api.read(method, PATIENCE, what) : api.readInTheEnd(method, PATIENCE, what);
      if (!(answer instanceof ApiResult.Ok<RawApiResult>(RawApiResult page))) {
        boolean refused = answer instanceof ApiResult.SlackRefused<RawApiResult>;
        givenUp |= !refused;
        if (!api.isClosed()) {
          LOG.warn(
              "what was missed in {} could not be read: {}; {}",
              shown(gap),
              answer.trouble(),
              refused ? "it is left behind" : "it is read at the next login");
        }
        return refused ? Optional.of(all) : Optional.empty();
      }
      all.addAll(page.messages());
      if (!page.hasMore() || page.cursor().isEmpty()) {
        return Optional.of(all);
      }
      // The newest come first: what is older than the gap is wanted for its threads alone.
      if (method == ApiMethod.CONVERSATIONS_HISTORY && !isIn(gap, all.getLast(), "ts")) {
        return Optional.of(all);
      }
      what.put("cursor", page.cursor());
    }
    LOG.warn(
        "more was missed in {} than is caught up: only the newest {} messages are read",
        shown(gap),
        all.size());
    return Optional.of(all);
  }

  /** A conversation as people write it, as far as that is known. */
  private String shown(Gap gap) {
    return directory
        .known(channel -> channel.id().equals(gap.channel()))
        .map(channel -> identity.where(channel).address())
        .orElse(gap.channel());
  }

  /**
   * A message that was recorded before may have been changed since. What cannot be read at all is
   * left behind, so that what follows it is not.
   */
  private void publish(Gap gap, JsonObject message, List<CompletableFuture<Boolean>> recorded)
      throws InterruptedException {
    boolean changed = !SlackJson.text(message, "edited", "ts").isEmpty();
    if (isIn(gap, message, "ts")) {
      List<CompletableFuture<Boolean>> said = publish(() -> said(gap, message));
      recorded.addAll(said);
      if (!changed || said.isEmpty() || recorded(said.getFirst()).orElse(true)) {
        return;
      }
    }
    recorded.addAll(
        publish(() -> List.of(messages.edited(gap.channel(), message, Delivery.CATCH_UP))));
  }

  private List<CompletableFuture<Boolean>> publish(Supplier<List<ChatEvent>> reader) {
    return guard.tryRead("a message", reader).stream()
        .flatMap(List::stream)
        .map(event -> context.publish(event).toCompletableFuture())
        .toList();
  }

  private List<ChatEvent> said(Gap gap, JsonObject message) {
    MessagePosted posted = messages.posted(gap.channel(), message, Delivery.CATCH_UP);
    List<ChatEvent> events = new ArrayList<>(List.of(posted));
    events.addAll(messages.offers(posted, message));
    return events;
  }

  /** Whether it was new; empty if it could not be recorded. */
  private static Optional<Boolean> recorded(CompletableFuture<Boolean> publication)
      throws InterruptedException {
    try {
      return Optional.of(publication.get(RECORDING.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException notRecorded) {
      LOG.warn("what was missed could not be recorded", notRecorded);
      return Optional.empty();
    }
  }
}

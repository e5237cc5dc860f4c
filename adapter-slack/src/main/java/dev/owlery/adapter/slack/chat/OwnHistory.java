package dev.owlery.adapter.slack.chat;

import com.google.gson.JsonObject;
import dev.owlery.adapter.slack.api.ApiMethod;
import dev.owlery.adapter.slack.api.ApiResult;
import dev.owlery.adapter.slack.api.RawApiResult;
import dev.owlery.adapter.slack.api.SlackApi;
import dev.owlery.adapter.slack.text.FileNames;
import dev.owlery.adapter.slack.text.SentMetadata;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.adapter.slack.text.Timestamps;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.SendFile;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.spi.BoundedMap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what the bot has said before, by the mark in a message's metadata. What an earlier process
 * may have said is looked up in a history that is read once for all of a channel's messages; what
 * this one may have said, behind the last message of which it knows. Waits for Slack; any thread.
 */
public final class OwnHistory {

  /** Slack's clock and ours need not agree. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  private static final long KEPT_NANOS = Duration.ofMinutes(5).toNanos();
  private static final String PAGE = "999";
  private static final int MOST_PAGES = 20;
  private static final int MOST_KEPT = 64;
  private static final int MOST_ATTEMPTS = 10_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final SlackApi api;
  private final SlackIdentity identity;
  private final Map<String, HistoryPage> pages = BoundedMap.leastRecentlyUsed(MOST_KEPT);
  private final Map<String, String> attempts = BoundedMap.leastRecentlyUsed(MOST_ATTEMPTS);
  private final Map<String, String> newest = BoundedMap.leastRecentlyUsed(MOST_ATTEMPTS);

  /** What a channel's history held from a time on. */
  private record HistoryPage(Instant from, long readAt, List<JsonObject> own) {}

  public OwnHistory(SlackApi api, SlackIdentity identity) {
    this.api = api;
    this.identity = identity;
  }

  /** Something is about to be said in a channel; its token will tell it from all else. */
  public void begins(String channel, String token) {
    synchronized (pages) {
      attempts.put(token, newest.getOrDefault(channel, ""));
    }
  }

  /** Something was said in a channel for certain. */
  public void said(String channel, String ts) {
    synchronized (pages) {
      newest.put(channel, ts);
    }
  }

  /**
   * Looks for a message.
   *
   * @param where its conversation
   * @param channel the channel's id
   * @param outgoing the part that may have been said
   * @return what is known
   */
  public Outcome find(Conversation where, String channel, Outgoing outgoing) {
    Optional<String> behind;
    synchronized (pages) {
      behind = Optional.ofNullable(attempts.get(outgoing.token()));
    }
    String thread = where.thread().orElse("");
    String from = Timestamps.write(outgoing.madeAt().minus(SLACK));
    Optional<List<JsonObject>> found =
        behind.isPresent()
            ? read(channel, thread, behind.filter(ts -> !ts.isEmpty()).orElse(from))
            : search(channel, thread, outgoing.madeAt());
    return found
        .map(own ->
            own.stream()
                .filter(message -> isMarked(message, outgoing.token()))
                .findFirst()
                .map(OwnHistory::said)
                .orElseGet(OwnHistory::missing))
        .orElseGet(OwnHistory::unknown);
  }

  private static boolean isMarked(JsonObject message, String token) {
    return SentMetadata.hasToken(message, token);
  }

  /**
   * Looks for a file, which can bear no mark: one of the same name and size counts.
   *
   * @param file what was to be sent
   * @param channel the channel's id
   * @param madeAt not sent before
   * @return what is known
   */
  public Outcome findFile(SendFile file, String channel, Instant madeAt) {
    String from = Timestamps.write(madeAt.minus(SLACK));
    return read(channel, file.where().thread().orElse(""), from)
        .map(own ->
            own.stream()
                .filter(message -> holds(message, file))
                .findFirst()
                .map(OwnHistory::said)
                .orElseGet(OwnHistory::missing))
        .orElseGet(OwnHistory::unknown);
  }

  private static boolean holds(JsonObject message, SendFile file) {
    return SlackJson.objects(message, "files").stream()
        .anyMatch(each ->
            SlackJson.text(each, "name").equals(FileNames.shown(file.file()))
                && (file.file().size().isEmpty()
                    || SlackJson.text(each, "size")
                        .equals(Long.toString(file.file().size().getAsLong()))));
  }

  private static Outcome said(JsonObject message) {
    return new Outcome.Settled(Receipt.delivered(new MessageId(SlackJson.text(message, "ts"))));
  }

  private static Outcome missing() {
    return new Outcome.NotSent(Duration.ZERO, "not in the channel's history");
  }

  private static Outcome unknown() {
    return new Outcome.Doubtful("the channel's history cannot be read");
  }

  private Optional<List<JsonObject>> search(String channel, String thread, Instant madeAt) {
    Instant from = madeAt.minus(SLACK);
    String key = channel + "?" + thread;
    synchronized (pages) {
      HistoryPage kept = pages.get(key);
      if (kept != null
          && !kept.from().isAfter(from)
          && System.nanoTime() - kept.readAt() < KEPT_NANOS) {
        return Optional.of(kept.own());
      }
    }
    long readAt = System.nanoTime();
    Optional<List<JsonObject>> read = read(channel, thread, Timestamps.write(from));
    synchronized (pages) {
      read.ifPresent(own -> pages.put(key, new HistoryPage(from, readAt, own)));
    }
    return read;
  }

  private Optional<List<JsonObject>> read(String channel, String thread, String oldest) {
    Map<String, String> what = new HashMap<>();
    what.put("channel", channel);
    what.put("oldest", oldest);
    what.put("include_all_metadata", "true");
    what.put("limit", PAGE);
    if (!thread.isEmpty()) {
      what.put("ts", thread);
    }
    ApiMethod method =
        thread.isEmpty() ? ApiMethod.CONVERSATIONS_HISTORY : ApiMethod.CONVERSATIONS_REPLIES;
    List<JsonObject> own = new ArrayList<>();
    for (int i = 0; i < MOST_PAGES; i++) {
      // A failure that may pass is no reason not to know.
      ApiResult<RawApiResult> answer = api.readInTheEnd(method, PATIENCE, what);
      if (!(answer instanceof ApiResult.Ok<RawApiResult>(RawApiResult page))) {
        return Optional.empty();
      }
      page.messages().stream().filter(this::isOwn).forEach(own::add);
      if (!page.hasMore() || page.cursor().isEmpty()) {
        return Optional.of(own);
      }
      what.put("cursor", page.cursor());
    }
    return Optional.empty();
  }

  private boolean isOwn(JsonObject message) {
    return SlackJson.text(message, "user").equals(identity.self().user())
        || SlackJson.text(message, "bot_id").equals(identity.self().bot());
  }
}

package dev.owlery.adapter.slack;

import com.google.gson.JsonObject;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what was said while nobody listened: the channels' histories from the newest recorded event
 * on, and the answers in threads that were begun up to a day before. A channel of which nothing is
 * recorded has missed nothing. Reactions, and changes of older messages, Slack does not tell
 * afterwards. Waits for Slack; belongs to the thread that connects.
 */
final class CatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

  /** What comes twice for the overlap is recognised by its key. */
  private static final Duration OVERLAP = Duration.ofSeconds(2);

  private static final Duration THREADS = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MOST_CHANNELS = 200;
  private static final int MOST_PAGES = 5;
  private static final String PAGE = "999";

  private final SlackApi api;
  private final AdapterContext context;
  private final SlackIdentity identity;
  private final SlackDirectory directory;
  private final MessageReader messages;
  private final ReaderGuard guard;
  private boolean givenUp;

  CatchUp(
      SlackApi api,
      AdapterContext context,
      SlackIdentity identity,
      SlackDirectory directory,
      MessageReader messages,
      ReaderGuard guard) {
    this.api = api;
    this.context = context;
    this.identity = identity;
    this.directory = directory;
    this.messages = messages;
    this.guard = guard;
  }

  /**
   * A channel, and since when something may have been missed in it.
   *
   * @param channel the channel's id
   * @param since the time of the newest recorded event
   */
  record Gap(String channel, Instant since) {}

  /** The gaps as they are now: to be taken before anything new is recorded. */
  List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    for (Channel channel : directory.memberships()) {
      context
          .lastSeen(identity.where(channel))
          .map(Origin::at)
          .ifPresent(at -> gaps.add(new Gap(channel.id(), at.minus(OVERLAP))));
    }
    gaps.sort(Comparator.comparing(Gap::since).reversed());
    if (gaps.size() > MOST_CHANNELS) {
      LOG.warn("only the {} channels with the newest events are caught up", MOST_CHANNELS);
    }
    return gaps.subList(0, Math.min(gaps.size(), MOST_CHANNELS));
  }

  /**
   * Publishes what was missed. While Slack fails it is asked again, for two minutes; if it fails
   * longer, what cannot be read at once is given up with a line in the log.
   */
  void fill(List<Gap> gaps) {
    givenUp = false;
    gaps.forEach(this::fill);
  }

  private void fill(Gap gap) {
    List<JsonObject> found = new ArrayList<>();
    for (JsonObject message : history(gap)) {
      if (isIn(gap, message, "ts") || isIn(gap, message, "edited", "ts")) {
        found.add(message);
      }
      if (isIn(gap, message, "latest_reply")) {
        found.addAll(replies(gap, Json.text(message, "ts")));
      }
    }
    found.stream()
        .filter(messages::isSaid)
        .distinct()
        .sorted(Comparator.comparing(message -> messages.time(Json.text(message, "ts"))))
        .forEach(message -> publish(gap, message));
  }

  private boolean isIn(Gap gap, JsonObject message, String... path) {
    return Timestamps.read(Json.text(message, path), Instant.EPOCH).isAfter(gap.since());
  }

  /** What was said since, and a page of what was before: threads may have been answered there. */
  private List<JsonObject> history(Gap gap) {
    Map<String, String> since = new HashMap<>();
    since.put("channel", gap.channel());
    since.put("oldest", Timestamps.write(gap.since()));
    List<JsonObject> all = pages(ApiMethod.CONVERSATIONS_HISTORY, since, MOST_PAGES);
    Map<String, String> before = new HashMap<>();
    before.put("channel", gap.channel());
    before.put("latest", Timestamps.write(gap.since()));
    before.put("oldest", Timestamps.write(gap.since().minus(THREADS)));
    all.addAll(pages(ApiMethod.CONVERSATIONS_HISTORY, before, 1));
    return all;
  }

  private List<JsonObject> replies(Gap gap, String thread) {
    Map<String, String> what = new HashMap<>();
    what.put("channel", gap.channel());
    what.put("ts", thread);
    what.put("oldest", Timestamps.write(gap.since()));
    return pages(ApiMethod.CONVERSATIONS_REPLIES, what, MOST_PAGES).stream()
        .filter(reply -> !Json.text(reply, "ts").equals(thread))
        .toList();
  }

  private List<JsonObject> pages(ApiMethod method, Map<String, String> what, int most) {
    List<JsonObject> all = new ArrayList<>();
    what.put("limit", PAGE);
    for (int i = 0; i < most; i++) {
      Answer<RawAnswer> answer =
          givenUp ? api.read(method, PATIENCE, what) : api.readInTheEnd(method, PATIENCE, what);
      if (!(answer instanceof Answer.Ok<RawAnswer>(RawAnswer page))) {
        givenUp |= !(answer instanceof Answer.Refused<RawAnswer>);
        LOG.warn("what was missed could not be read: {}", answer.trouble());
        return all;
      }
      all.addAll(page.messages());
      if (!page.hasMore() || page.cursor().isEmpty()) {
        return all;
      }
      what.put("cursor", page.cursor());
    }
    if (most == MOST_PAGES) {
      LOG.warn("a channel has more messages than are caught up");
    }
    return all;
  }

  /** What cannot be read at all is left behind, so that what follows it is not. */
  private void publish(Gap gap, JsonObject message) {
    guard.tryRead("a message", () -> events(gap, message)).stream()
        .flatMap(List::stream)
        .forEach(context::publish);
  }

  /** A message that was recorded before may have been changed since. */
  private List<ChatEvent> events(Gap gap, JsonObject message) {
    Optional<String> changed =
        Optional.of(Json.text(message, "edited", "ts")).filter(ts -> !ts.isEmpty());
    if (changed.isPresent() && !isIn(gap, message, "ts")) {
      return List.of(messages.edited(gap.channel(), message, Delivery.CATCH_UP));
    }
    MessagePosted posted = messages.posted(gap.channel(), message, Delivery.CATCH_UP);
    List<ChatEvent> events = new ArrayList<>(List.of(posted));
    events.addAll(messages.offers(posted, message));
    return events;
  }
}

package dev.owlery.testkit.slack;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Watches whether a bot keeps Slack's limits: one message a second in a channel, with a burst; 300
 * a minute in all channels together; so many calls of a method a minute; no call of a method before
 * its {@code Retry-After} has passed. It only takes notes, unless {@link #enforce} is called. Safe
 * for use by several threads.
 */
public final class SlackJudge {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  /** Two messages that left a second apart may arrive a little less apart. */
  private static final double JITTER = 0.1;

  /** So long a call may have been on its way when the bot was told to wait. */
  private static final long UNDER_WAY = SECOND / 2;

  private static final String POST = "chat.postMessage";

  /** Messages a minute in all channels together: "several hundred", as documented. */
  private static final int WORKSPACE = 300;

  /** Calls a minute by tier, as documented: 1, 20, 50 and 100, or more for what has no tier. */
  private static final Map<String, Integer> PER_MINUTE =
      Map.ofEntries(
          Map.entry("apps.connections.open", 1),
          Map.entry("conversations.list", 20),
          Map.entry("conversations.close", 20),
          Map.entry("conversations.setTopic", 20),
          Map.entry("users.list", 20),
          Map.entry("reactions.remove", 20),
          Map.entry("chat.update", 50),
          Map.entry("chat.delete", 50),
          Map.entry("conversations.info", 50),
          Map.entry("conversations.join", 50),
          Map.entry("conversations.leave", 50),
          Map.entry("conversations.open", 50),
          Map.entry("conversations.history", 50),
          Map.entry("conversations.replies", 50),
          Map.entry("users.conversations", 50),
          Map.entry("reactions.add", 50),
          Map.entry("bots.info", 50),
          Map.entry("team.info", 50),
          Map.entry("chat.postEphemeral", 100),
          Map.entry("conversations.members", 100),
          Map.entry("users.info", 100),
          Map.entry("files.info", 100),
          Map.entry("views.open", 100),
          Map.entry("views.update", 100));

  private final List<SlackViolation> violations = new ArrayList<>();
  private final Map<String, Deque<Long>> byMethod = new HashMap<>();
  private final Map<String, Pause> pauses = new HashMap<>();
  private final Map<String, Bucket> byChannel = new HashMap<>();
  private int burst = 5;
  private int tolerance = 10;
  private int workspace = WORKSPACE;
  private boolean enforcing;

  SlackJudge() {}

  /** How many messages a channel would still take at once, at one moment. */
  private record Bucket(double tokens, long at) {}

  /** What the bot was told, and when. */
  private record Pause(long told, long until) {}

  /**
   * How much more than the documented rates is still no violation. Slack says that short bursts are
   * allowed, but not how short.
   *
   * @param messages at once in a channel; 5 without this
   * @param calls of a method in a minute beyond its tier; 10 without this
   * @return this judge
   */
  public synchronized SlackJudge tolerate(int messages, int calls) {
    burst = messages;
    tolerance = calls;
    return this;
  }

  /**
   * How many messages the whole workspace takes in a minute.
   *
   * @param messages a minute; 300 without this, as Slack says no more than "several hundred"
   * @return this judge
   */
  public synchronized SlackJudge workspace(int messages) {
    workspace = messages;
    return this;
  }

  /**
   * From here on a violation is answered with status 429 and has no effect.
   *
   * @return this judge
   */
  public synchronized SlackJudge enforce() {
    enforcing = true;
    return this;
  }

  /**
   * What was held against the bot.
   *
   * @return the oldest first; empty for a bot that keeps the limits
   */
  public synchronized List<SlackViolation> violations() {
    return List.copyOf(violations);
  }

  /** Whether a call comes too soon. */
  synchronized Optional<Long> ask(String method, String channel, long nanos) {
    Optional<SlackViolation> found =
        early(method, nanos)
            .or(() -> tooMany(method, nanos))
            .or(() -> method.equals(POST) ? tooFast(channel, nanos) : Optional.empty());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    violations.add(found.get());
    return enforcing ? Optional.of(1L) : Optional.empty();
  }

  private Optional<SlackViolation> early(String method, long nanos) {
    Pause pause = pauses.getOrDefault(method, new Pause(nanos, nanos));
    long left = pause.until() - nanos;
    // What was under way when the bot was told is nobody's fault.
    return left <= 0 || nanos < pause.told() + UNDER_WAY
        ? Optional.empty()
        : Optional.of(
            new SlackViolation(
                method, "", "before Retry-After had passed", Duration.ofNanos(left)));
  }

  private Optional<SlackViolation> tooMany(String method, long nanos) {
    boolean isPost = method.equals(POST);
    Integer limit = isPost ? Integer.valueOf(workspace) : PER_MINUTE.get(method);
    if (limit == null) {
      return Optional.empty();
    }
    long minute = isPost ? MINUTE - (long) (JITTER * SECOND) : MINUTE;
    Deque<Long> recent = byMethod.computeIfAbsent(method, unknown -> new ArrayDeque<>());
    while (!recent.isEmpty() && nanos - recent.getFirst() > minute) {
      recent.removeFirst();
    }
    recent.addLast(nanos);
    return recent.size() <= limit + tolerance
        ? Optional.empty()
        : Optional.of(
            new SlackViolation(
                method,
                "",
                recent.size() + " calls in a minute, " + limit + " are allowed",
                Duration.ofNanos(minute - (nanos - recent.getFirst()))));
  }

  private Optional<SlackViolation> tooFast(String channel, long nanos) {
    Bucket bucket = byChannel.getOrDefault(channel, new Bucket(burst, nanos));
    double tokens = Math.min(burst, bucket.tokens() + (nanos - bucket.at()) / (double) SECOND);
    byChannel.put(channel, new Bucket(Math.max(0, tokens - 1), nanos));
    return tokens >= 1 - JITTER
        ? Optional.empty()
        : Optional.of(
            new SlackViolation(
                POST,
                channel,
                "more than one message a second in a channel",
                Duration.ofNanos((long) ((1 - tokens) * SECOND))));
  }

  /** What the bot was told with a 429. */
  synchronized void told(String method, long seconds, long nanos) {
    Pause before = pauses.getOrDefault(method, new Pause(nanos, nanos));
    pauses.put(method, new Pause(nanos, Math.max(before.until(), nanos + seconds * SECOND)));
  }
}

package dev.owlery.adapter.slack.chat;

import com.google.gson.JsonObject;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.plugin.Store;
import dev.owlery.spi.SerialExecutor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Up to when everything that was said is recorded: for the account, and apart from that for the
 * conversations that are ahead of it while it catches up, or stayed behind. Kept over restarts, and
 * never moved by what comes live before the gap in front of it was read. Any thread.
 *
 * <p>What changes is written down by {@link #write}, which may wait for the journal: no lock is
 * held meanwhile that is needed on the journal's own thread.
 */
public final class ReadMarks {

  /**
   * What is read again in front of each mark: longer than Slack tries to deliver an event, and than
   * its clock and ours may differ. What was recorded is recognised by its key.
   */
  static final Duration OVERLAP = Duration.ofMinutes(10);

  /** What was said longer ago is not read any more. */
  static final Duration LONGEST = Duration.ofDays(7);

  private static final String KEY = "read-up-to";
  private static final Duration REREAD = Duration.ofDays(1);
  private static final Duration WRITE_EVERY = Duration.ofSeconds(1);
  private static final Duration HEARD_EVERY = Duration.ofMinutes(1);

  private final Store memory;
  private final Clock clock;
  private final Map<String, Instant> each = new HashMap<>();
  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> all = Optional.empty();
  private Instant writtenAt = Instant.EPOCH;
  private final SerialExecutor writes = new SerialExecutor("read marks");

  public ReadMarks(Store memory, Clock clock) {
    this.memory = memory;
    this.clock = clock;
    memory.get(KEY).flatMap(SlackJson::parse).ifPresent(this::load);
  }

  private void load(JsonObject kept) {
    first = time(kept, "first");
    all = time(kept, "all");
    JsonObject apart = SlackJson.object(kept, "each");
    for (String channel : apart.keySet()) {
      time(apart, channel).ifPresent(at -> each.put(channel, at));
    }
  }

  private static Optional<Instant> time(JsonObject from, String key) {
    String text = SlackJson.text(from, key);
    return text.matches("[0-9]{1,15}")
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(text)))
        : Optional.empty();
  }

  /** Whether the account was ever online. */
  synchronized boolean isKnown() {
    return all.isPresent();
  }

  /**
   * The account is online for the first time since marks are kept.
   *
   * @param from from when on everything is to be read
   * @param apart from when on for conversations of which more is known
   */
  void begin(Instant from, Map<String, Instant> apart) {
    synchronized (this) {
      first = Optional.of(from);
      all = Optional.of(from);
      each.putAll(apart);
    }
    write();
  }

  /**
   * From when on a conversation is to be read.
   *
   * @param channel its channel
   * @return no longer ago than {@link #LONGEST}
   */
  synchronized Instant since(String channel) {
    Instant now = clock.instant();
    Instant mark = each.getOrDefault(channel, all.orElse(now));
    // A mark ahead of our clock stems from a time when that was wrong.
    Instant since = mark.isAfter(now) ? now.minus(REREAD) : mark.minus(OVERLAP);
    Instant earliest = each.containsKey(channel) ? since : first.orElse(since);
    return later(later(since, earliest.isAfter(now) ? since : earliest), now.minus(LONGEST));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** A conversation is recorded up to a time, while others are not yet. */
  void read(String channel, Instant upTo) {
    boolean isDue;
    synchronized (this) {
      each.put(channel, upTo);
      isDue = Duration.between(writtenAt, clock.instant()).abs().compareTo(WRITE_EVERY) > 0;
    }
    if (isDue) {
      write();
    }
  }

  /**
   * Something of a conversation could not be recorded: it will be read again from then on. Followed
   * by {@link #write}, when no lock is held.
   */
  synchronized void stayedBehind(String channel, Instant since) {
    each.put(channel, since);
  }

  /**
   * All conversations are recorded up to a time, but for some. Followed by {@link #write}, when no
   * lock is held.
   */
  synchronized void readAll(Instant upTo, Map<String, Instant> behind) {
    all = Optional.of(upTo);
    each.clear();
    each.putAll(behind);
  }

  /** Something was delivered, and nothing is left to catch up: until now nothing was missed. */
  void heard() {
    synchronized (this) {
      Instant now = clock.instant();
      if (all.isPresent() && Duration.between(all.get(), now).abs().compareTo(HEARD_EVERY) <= 0) {
        return;
      }
      all = Optional.of(now);
    }
    write();
  }

  /** Writes down what has changed, unless another thread is at it: then that one does. */
  void write() {
    writes.execute(() -> memory.put(KEY, written()));
  }

  private synchronized String written() {
    JsonObject apart = new JsonObject();
    each.forEach((channel, at) -> apart.addProperty(channel, at.toEpochMilli()));
    JsonObject kept = new JsonObject();
    first.ifPresent(at -> kept.addProperty("first", at.toEpochMilli()));
    all.ifPresent(at -> kept.addProperty("all", at.toEpochMilli()));
    kept.add("each", apart);
    writtenAt = clock.instant();
    return kept.toString();
  }
}

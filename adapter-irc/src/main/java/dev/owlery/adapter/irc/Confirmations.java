package dev.owlery.adapter.irc;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.MessageId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of the lines that one connection has sent.
 *
 * <p>A server works through our lines in order. So a PING behind them is a barrier: when it is
 * answered, all lines before it have been done, except those that an error numeric with their
 * target has refused on the way. At most one barrier is under way; it covers whatever was written
 * before it, so that under load one PING confirms many lines. Where the server echoes lines with
 * our labels (IRCv3 echo-message and labeled-response), the echo confirms each line by itself and
 * brings its message id; the barrier of the next sign of life covers what had no answer.
 *
 * <p>The same PING is the sign of life: {@link #silence} tells how long one is overdue.
 *
 * <p>Safe for use by several threads. Outcomes complete on the thread that reads the connection.
 */
final class Confirmations implements LineWriter.Log {
  /** With a flood limit a barrier costs a line, so it is rare while lines wait. */
  private static final Duration SPARING = Duration.ofSeconds(5);

  /** Without one it costs the server, and our reader, as much as a line: a few lines share it. */
  private static final Duration SHARED = Duration.ofMillis(2);

  private final boolean isSparing;

  /** With a flood limit: how long nothing is written before the last lines get their barrier. */
  private final long quietNanos;

  private final Deque<SentLine> sent = new ArrayDeque<>();
  private final Map<String, SentLine> labelled = new HashMap<>();
  private final Map<String, Deque<Outcome>> refusals = new HashMap<>();
  private volatile boolean hasLabels;
  private long lastOrder;
  private long labels;
  private long barriers;
  private @Nullable String barrier;
  private long barrierOrder;
  private long barrierAt = System.nanoTime();
  private long takenAt = System.nanoTime();
  private boolean signOfLifeWanted;
  private long wantedAt;
  private @Nullable String lostBecause;

  /**
   * Makes the book of one connection.
   *
   * @param flood the account's limit
   */
  Confirmations(IrcSettings.Flood flood) {
    isSparing = flood.burst() > 0;
    quietNanos = Math.min(SPARING.toNanos(), (long) (1.25e9 / flood.perSecond()));
  }

  /** From now on lines get labels. */
  void useLabels() {
    hasLabels = true;
  }

  /**
   * Prepares a line.
   *
   * @param line the line
   * @param target whom it is for, folded
   * @param text what it says, or empty
   * @param token by which it is to be found again in a history; empty for none
   * @return the line to give to the writer
   */
  SentLine prepare(OutboundLine line, String target, String text, String token) {
    String label = hasLabels ? nextLabel() : "";
    return new SentLine(line.tagged(label, token), target, text, label);
  }

  private synchronized String nextLabel() {
    return Long.toString(++labels, 36);
  }

  @Override
  public void taken(SentLine line) {
    String reason = noteTaken(line);
    if (reason != null) {
      // Not with the lock held: whoever learns of it asks the writer for more.
      line.outcome().complete(new Outcome.NotSent(Duration.ZERO, reason));
    }
  }

  /** Why the line cannot leave any more; null if it leaves. */
  private synchronized @Nullable String noteTaken(SentLine line) {
    if (lostBecause != null) {
      return lostBecause;
    }
    line.order = ++lastOrder;
    takenAt = System.nanoTime();
    sent.addLast(line);
    if (!line.label().isEmpty()) {
      labelled.put(line.label(), line);
    }
    return null;
  }

  @Override
  public synchronized @Nullable OutboundLine trailer(boolean nothingWaits) {
    if (barrier != null || !(signOfLifeWanted || wantsBarrier(nothingWaits))) {
      return null;
    }
    signOfLifeWanted = false;
    barrier = "owlery" + ++barriers;
    barrierOrder = lastOrder;
    barrierAt = System.nanoTime();
    return OutboundLine.of("PING", barrier);
  }

  private boolean wantsBarrier(boolean nothingWaits) {
    if (hasLabels || sent.isEmpty()) {
      return false;
    }
    long now = System.nanoTime();
    long since = now - barrierAt;
    return isSparing
        ? nothingWaits || now - takenAt >= quietNanos || since > SPARING.toNanos()
        : since >= SHARED.toNanos();
  }

  @Override
  public synchronized long nanosUntilTrailer() {
    if (barrier != null || hasLabels || sent.isEmpty()) {
      return -1;
    }
    long at = isSparing ? takenAt + quietNanos : barrierAt + SHARED.toNanos();
    return Math.max(0, at - System.nanoTime());
  }

  /**
   * Whether it is time to ask for a sign of life.
   *
   * @param every how often to ask
   * @return true if the last barrier is so long ago and answered
   */
  synchronized boolean isDue(Duration every) {
    return barrier == null && !signOfLifeWanted && System.nanoTime() - barrierAt > every.toNanos();
  }

  /** Asks for a barrier although nothing was sent; {@link LineWriter#poke} makes it leave. */
  synchronized void wantSignOfLife() {
    signOfLifeWanted = true;
    wantedAt = System.nanoTime();
  }

  /**
   * How long the server has owed an answer, or the writer has not even been able to ask.
   *
   * @return nanoseconds; 0 if nothing is owed
   */
  synchronized long silence() {
    if (barrier != null) {
      return System.nanoTime() - barrierAt;
    }
    return signOfLifeWanted ? System.nanoTime() - wantedAt : 0;
  }

  /**
   * The server has answered a PING.
   *
   * @param token what the answer repeats
   * @return whether another barrier should follow at once
   */
  boolean answered(String token) {
    SequencedMap<SentLine, Outcome> settled = new LinkedHashMap<>();
    boolean more;
    synchronized (this) {
      if (!token.equals(barrier)) {
        return false;
      }
      barrier = null;
      settleBeforeBarrier(settled);
      more = !hasLabels && !sent.isEmpty();
    }
    settled.forEach((line, outcome) -> line.outcome().complete(outcome));
    return more;
  }

  private void settleBeforeBarrier(SequencedMap<SentLine, Outcome> settled) {
    List<SentLine> covered = new ArrayList<>();
    while (!sent.isEmpty() && sent.peekFirst().order <= barrierOrder) {
      covered.add(sent.removeFirst());
    }
    // A refusal names the target only. Of several lines to one target the last ones were refused:
    // whoever is thrown out, or loses the right to speak, had it before.
    for (SentLine line : covered.reversed()) {
      labelled.remove(line.label());
      Deque<Outcome> outcomes = refusals.get(line.target());
      Outcome refusal = outcomes == null ? null : outcomes.pollLast();
      settled.putFirst(line, refusal == null ? Outcome.DELIVERED : refusal);
    }
    refusals.clear();
  }

  /**
   * The server has refused a line.
   *
   * @param label the answer's label; empty if it has none
   * @param target the folded target that the answer names
   * @param refusal what that means for the line, with the server's words, cleaned
   * @return whether somebody waited for that
   */
  boolean refused(String label, String target, Outcome refusal) {
    SentLine line;
    synchronized (this) {
      line = takeLabelled(label);
      if (line == null) {
        if (sent.stream().noneMatch(each -> each.target().equals(target))) {
          return false;
        }
        refusals.computeIfAbsent(target, any -> new ArrayDeque<>()).addLast(refusal);
        return true;
      }
    }
    line.outcome().complete(refusal);
    return true;
  }

  /**
   * The server has answered a labelled line, and not refused it.
   *
   * @param label the answer's label; empty if it has none
   * @param id the message's id, if the answer is the echo of a message
   */
  void confirmed(String label, Optional<MessageId> id) {
    SentLine line;
    synchronized (this) {
      line = takeLabelled(label);
    }
    if (line != null) {
      line.outcome().complete(delivered(id));
    }
  }

  /**
   * The server has echoed a line of ours without a label.
   *
   * @param target whom it was for, folded
   * @param text what it said
   * @param id the message's id
   */
  void echoed(String target, String text, Optional<MessageId> id) {
    SentLine line;
    synchronized (this) {
      line =
          sent.stream()
              .filter(each -> each.target().equals(target) && each.text().equals(text))
              .findFirst()
              .orElse(null);
      if (line == null) {
        return;
      }
      sent.remove(line);
    }
    line.outcome().complete(delivered(id));
  }

  private static Outcome delivered(Optional<MessageId> id) {
    return id.isEmpty() ? Outcome.DELIVERED : new Outcome.Settled(new Receipt.Delivered(id));
  }

  /** Called with the lock held. Answers come in order, so the line is near the front. */
  private @Nullable SentLine takeLabelled(String label) {
    SentLine line = label.isEmpty() ? null : labelled.remove(label);
    if (line != null) {
      sent.removeFirstOccurrence(line);
    }
    return line;
  }

  /**
   * The connection has ended: whatever was written and not confirmed is doubtful.
   *
   * @param reason why, in one line
   */
  void lost(String reason) {
    List<SentLine> doubtful;
    synchronized (this) {
      doubtful = new ArrayList<>(sent);
      sent.clear();
      labelled.clear();
      refusals.clear();
      barrier = null;
      lostBecause = reason;
    }
    doubtful.forEach(line -> line.outcome().complete(new Outcome.Doubtful(reason)));
  }
}

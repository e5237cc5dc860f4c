package dev.owlery.adapter.xmpp.chat;

import dev.owlery.api.event.ChatEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One entry into a room. From the login on what is said there is held; when the room has let us in
 * it sends its history, which ends with its subject (XEP-0045 section 7.2); when all is read that
 * was missed the room is open, and what was held is told. Guarded by the lock of {@link
 * MucMessages}; the futures are for any thread.
 *
 * <p>Some rooms never send a subject. There the history ends when nothing more of it comes, and a
 * delay still counts for a while, since that may have been a pause.
 */
final class RoomEntry {
  /** A slow room may go on with its history for so long after the last of it. */
  static final Duration QUIET = Duration.ofSeconds(2);

  private static final Duration LATE = Duration.ofSeconds(60);

  private final Deque<Runnable> held = new ArrayDeque<>();
  private final CompletableFuture<Void> historyOver = new CompletableFuture<>();
  private final CompletableFuture<Void> opened;

  /** What is older was not missed. Before we go in nothing is known. */
  private Instant missedSince = Instant.MAX;

  private @Nullable ChatEvent ownJoin;
  private boolean isPresent;
  private boolean hasAnswered;
  private boolean hasDatedSubject;
  private boolean hasSubject;
  private boolean isOverflowed;
  private boolean readsArchive;
  private long lastHeard = System.nanoTime();

  RoomEntry() {
    opened = new CompletableFuture<>();
  }

  /** Follows an entry that has come to nothing, or to its end: what that has held is held on. */
  RoomEntry(RoomEntry before) {
    opened = before.isOpen() ? new CompletableFuture<>() : before.opened;
    held.addAll(before.held);
    isOverflowed = before.isOverflowed;
    before.held.clear();
    before.endHistory();
  }

  /**
   * We are going in.
   *
   * @param since what was said before this was not missed
   * @param archive whether the room's archive tells what was missed, and not its history
   */
  void begin(Instant since, boolean archive) {
    missedSince = since;
    readsArchive = archive;
  }

  boolean readsArchive() {
    return readsArchive;
  }

  /** The room has let us in. */
  void enter(ChatEvent join) {
    isPresent = true;
    ownJoin = join;
    lastHeard = System.nanoTime();
  }

  boolean isPresent() {
    return isPresent;
  }

  /** Our own coming, if it is still to be told; it is told once. */
  Optional<ChatEvent> takeOwnJoin() {
    ChatEvent join = ownJoin;
    ownJoin = null;
    return Optional.ofNullable(join);
  }

  /** Whether a delay that somebody has stamped on a message counts. */
  boolean isHistoryDue() {
    return !hasSubject && !(historyOver.isDone() && System.nanoTime() - lastHeard > LATE.toNanos());
  }

  boolean isHistoryOver() {
    return historyOver.isDone();
  }

  CompletableFuture<Void> historyOver() {
    return historyOver;
  }

  /** A piece of the history has come. */
  void heardHistory() {
    lastHeard = System.nanoTime();
  }

  boolean wasMissed(Instant at) {
    return !at.isBefore(missedSince);
  }

  /**
   * The room has told its subject. A subject with a date may be the room's present one, or a change
   * that it keeps in its history: it ends the history only if the room has shown that this was all.
   */
  void heardSubject(boolean isDated) {
    if (!isPresent) {
      return;
    }
    hasDatedSubject |= isDated;
    if (!isDated || hasAnswered) {
      hasSubject = true;
      endHistory();
    }
  }

  /** The room has answered a request that was sent after it had let us in. */
  void answered() {
    hasAnswered = true;
    if (hasDatedSubject) {
      hasSubject = true;
      endHistory();
    }
  }

  void endHistory() {
    historyOver.complete(null);
  }

  /** For how long nothing more of the history has to come until it counts as ended. */
  Duration quietLeft() {
    return QUIET.minusNanos(System.nanoTime() - lastHeard);
  }

  boolean isOpen() {
    return opened.isDone();
  }

  CompletableFuture<Void> opened() {
    return opened;
  }

  /** Holds something back until the room is open. */
  void hold(Runnable what) {
    held.addLast(what);
  }

  /** Holds back what comes before all that was held until now. */
  void holdFirst(Runnable what) {
    held.addFirst(what);
  }

  /** The next of what was held; null if there is nothing more. */
  @Nullable Runnable takeHeld() {
    return held.pollFirst();
  }

  /** From now on what is said is not held, but must be read from the archive or the history. */
  void overflow() {
    isOverflowed = true;
  }

  boolean isOverflowed() {
    return isOverflowed;
  }

  /** What was not held is going to be read; what was held is read with it. */
  int forgetHeld() {
    int forgotten = held.size();
    held.clear();
    isOverflowed = false;
    return forgotten;
  }

  void open() {
    endHistory();
    opened.complete(null);
  }
}

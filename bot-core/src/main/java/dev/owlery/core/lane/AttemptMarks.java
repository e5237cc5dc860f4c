package dev.owlery.core.lane;

import dev.owlery.core.journal.EventAttempts;
import dev.owlery.core.journal.Journal.InboxEntry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks the events that an earlier process left, while plugins handle them: if the process ends
 * inside of a handler, the next start knows of which event. Events that come in while the bot runs
 * are not marked, unless they were put aside and an administrator has them handled again. For any
 * thread.
 */
final class AttemptMarks {

  private static final Logger log = LoggerFactory.getLogger(AttemptMarks.class);

  /**
   * How long a mark may take to become durable; a disk that is full does not hold up the events.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final EventAttempts journal;

  /** Events up to this number were left by an earlier process. */
  private final long last;

  /** How many attempts there were before this process. */
  private final Map<Long, Integer> earlier;

  private final Set<Long> marked = ConcurrentHashMap.newKeySet();
  private final Map<Long, CountDownLatch> awaited = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  AttemptMarks(EventAttempts journal, long last, Map<Long, Integer> earlier) {
    this.journal = journal;
    this.last = last;
    this.earlier = new ConcurrentHashMap<>(earlier);
  }

  /** A start that takes up nothing. */
  static AttemptMarks none() {
    return new AttemptMarks(EventAttempts.NONE, -1, Map.of());
  }

  /** An event that was put aside is handled once more, as its last attempt. */
  void retry(long number) {
    earlier.put(number, EventAttempts.MOST - 1);
  }

  /**
   * Called just before a plugin's code runs; returns when it is durable that this is an attempt. Of
   * an event that has had one before, also whose code runs is durable then: that is what will be
   * told if it is put aside. Of others it is written, but not waited for, so that they cost one
   * wait each, however many handlers they have.
   */
  void before(InboxEntry entry, String plugin, String method) {
    long number = entry.number();
    if (!concerns(number) || stopping) {
      return;
    }
    boolean isFirst = marked.add(number);
    int before = earlier.getOrDefault(number, 0);
    CompletionStage<Void> mark =
        journal.mark(number, before + 1, "plugin " + plugin + ", " + method);
    if (!isFirst && before == 0) {
      return;
    }
    try {
      mark.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.warn("the attempt at event {} could not be noted: {}", number, e.toString());
    }
  }

  /** The event is done, or will not be handled by this process. */
  void finished(long number) {
    if (concerns(number)) {
      marked.remove(number);
      CountDownLatch latch = awaited.get(number);
      if (latch != null) {
        latch.countDown();
      }
    }
  }

  /** Waits until an event is over that was submitted after {@link #expect}; false if it is not. */
  boolean await(long number, Duration patience) throws InterruptedException {
    CountDownLatch latch = awaited.get(number);
    boolean over = latch == null || latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    awaited.remove(number);
    return over;
  }

  /** Whether somebody waits for the end of an event. */
  boolean isAwaited(long number) {
    return !awaited.isEmpty() && awaited.containsKey(number);
  }

  /** Called before an event is submitted whose end will be waited for. */
  void expect(long number) {
    awaited.put(number, new CountDownLatch(1));
  }

  /** The bot stops in good order: what still runs has not ended the process. */
  void clear() {
    stopping = true;
    marked.forEach(number -> journal.takeBack(number, earlier.getOrDefault(number, 0)));
  }

  private boolean concerns(long number) {
    return number <= last || (!earlier.isEmpty() && earlier.containsKey(number));
  }
}

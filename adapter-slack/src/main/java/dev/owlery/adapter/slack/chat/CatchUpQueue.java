package dev.owlery.adapter.slack.chat;

import dev.owlery.adapter.slack.chat.CatchUp.Gap;
import dev.owlery.spi.EngineThreads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Catches up with several conversations at a time, and keeps what is delivered in one waiting, in
 * order, until what was missed in it is published; the conversations in which something waits come
 * first, the others leave a part of Slack's limit to them. What waits too long for an
 * acknowledgement is acknowledged if the history tells it again: the mark behind which that is read
 * stays in front of it until it is recorded. Any thread.
 */
public final class CatchUpQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUpQueue.class);

  /** Less than the three seconds that Slack waits. */
  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(2);

  private static final Duration GOODBYE = Duration.ofMillis(500);
  private static final long MINUTE = Duration.ofMillis(60_500).toNanos();
  private static final int MOST_HELD = 10_000;
  private static final int MOST_READERS = 8;

  private final CatchUp catchUp;
  private final ReadMarks marks;
  private final Clock clock;
  private final int perMinute;
  private final Object lock = new Object();

  /** Of each conversation that is not caught up yet: what was delivered in it. */
  private final Map<String, Deque<HeldDelivery>> held = new HashMap<>();

  private Round round = new Round(Instant.EPOCH, List.of());
  private boolean connected;
  private boolean holdsAll;
  private boolean closed;
  private int heldNow;

  /**
   * Makes one.
   *
   * @param perMinute with how many conversations in which nothing waits it may begin in a minute; 0
   *     for any number
   */
  public CatchUpQueue(CatchUp catchUp, ReadMarks marks, Clock clock, int perMinute) {
    this.catchUp = catchUp;
    this.marks = marks;
    this.clock = clock;
    this.perMinute = perMinute;
  }

  /** What is done with a delivery when its turn has come, and when it never will. */
  private record HeldDelivery(Runnable work, Runnable refused) {}

  /** What is to be read after one login. Guarded by the lock. */
  private static final class Round {
    final Instant openedAt;
    final List<Gap> waiting;
    final Map<String, Instant> behind = new HashMap<>();
    final List<Thread> readers = new ArrayList<>();
    final Deque<Long> begun = new ArrayDeque<>();
    final CountDownLatch over = new CountDownLatch(1);
    final Set<String> unread = new HashSet<>();

    Round(Instant openedAt, List<Gap> gaps) {
      this.openedAt = openedAt;
      waiting = new ArrayList<>(gaps);
      gaps.forEach(gap -> unread.add(gap.channel()));
    }
  }

  /** From here on something may be missed. */
  void lost() {
    synchronized (lock) {
      connected = false;
    }
  }

  /** From here on all deliveries wait until it is known what was missed: {@link #begin}. */
  void hold() {
    synchronized (lock) {
      holdsAll = true;
    }
  }

  /** Nothing waits any more but for what is being read: there is no connection after all. */
  void letGo() {
    Round now;
    synchronized (lock) {
      holdsAll = false;
      now = round;
    }
    releaseRead(now);
  }

  /**
   * Begins to read; what is delivered elsewhere waits no longer. What an earlier call has left is
   * part of the gaps.
   *
   * @param gaps what was missed, the most important first
   * @param openedAt since when everything is delivered
   */
  void begin(List<Gap> gaps, Instant openedAt) {
    Round fresh = new Round(openedAt, gaps);
    for (int i = 0; i < Math.min(MOST_READERS, gaps.size()); i++) {
      fresh.readers.add(EngineThreads.unstarted("slack-catch-up", () -> read(fresh)));
    }
    synchronized (lock) {
      round = fresh;
      connected = true;
      holdsAll = false;
      gaps.forEach(gap -> held.computeIfAbsent(gap.channel(), _ -> new ArrayDeque<>()));
      lock.notifyAll();
    }
    releaseRead(fresh);
    fresh.readers.forEach(Thread::start);
    endIfRead(fresh);
  }

  private void releaseRead(Round mine) {
    List<String> free;
    synchronized (lock) {
      free = new ArrayList<>(held.keySet());
      free.removeAll(mine.unread);
    }
    free.forEach(channel -> release(mine, channel));
  }

  /** Waits until all is read, or for as long as is asked. */
  void await(Duration patience) throws InterruptedException {
    CountDownLatch over;
    synchronized (lock) {
      over = round.over;
    }
    boolean _ = over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Takes an event.
   *
   * @param channel its channel's id; empty if it belongs to none
   * @param told whether the history tells it again
   * @param early what to acknowledge such a one with, before it is recorded
   * @param work publishes it
   * @return as the work, or early
   */
  public <T> CompletionStage<T> take(
      String channel, boolean told, T early, Supplier<CompletionStage<T>> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    HeldDelivery delivery =
        new HeldDelivery(
            () -> perform(channel, work, result), () -> result.completeExceptionally(refusal()));
    if (!holds(channel, delivery)) {
      heard();
      return work.get();
    }
    return told
        ? result.completeOnTimeout(early, ACKNOWLEDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        : result;
  }

  /**
   * Takes what must be answered within moments: it waits, but for no longer.
   *
   * @param channel its channel's id; empty if it belongs to none
   * @param work takes it
   * @return as the work
   */
  public <T> CompletionStage<T> takeCall(String channel, Supplier<CompletionStage<T>> work) {
    CompletableFuture<Boolean> turn = new CompletableFuture<>();
    HeldDelivery delivery = new HeldDelivery(() -> turn.complete(true), () -> turn.complete(false));
    if (!holds(channel, delivery)) {
      return work.get();
    }
    return turn.completeOnTimeout(true, ACKNOWLEDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .thenComposeAsync(_ -> work.get(), task -> EngineThreads.start("slack-call", task));
  }

  private static IllegalStateException refusal() {
    return new IllegalStateException("the account is being closed, or too much waits");
  }

  /** The boundary for whatever a delivery that has waited does to us. */
  private <T> void perform(
      String channel, Supplier<CompletionStage<T>> work, CompletableFuture<T> result) {
    CompletionStage<T> stage;
    try {
      stage = work.get();
    } catch (Throwable fault) {
      stage = CompletableFuture.failedStage(fault);
    }
    Instant since = marks.since(channel);
    var _ =
        stage.whenComplete((value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else if (!result.completeExceptionally(failure)) {
            LOG.warn("what was acknowledged will be read once more", failure);
            stayedBehind(channel, since);
          }
        });
  }

  /** True if it has to wait, or cannot be taken. */
  private boolean holds(String channel, HeldDelivery delivery) {
    synchronized (lock) {
      if (channel.isEmpty() || (!holdsAll && !held.containsKey(channel))) {
        return false;
      }
      if (!closed && heldNow < MOST_HELD) {
        heldNow++;
        held.computeIfAbsent(channel, _ -> new ArrayDeque<>()).add(delivery);
        lock.notifyAll();
        return true;
      }
    }
    delivery.refused().run();
    return true;
  }

  private void heard() {
    boolean caughtUp;
    synchronized (lock) {
      caughtUp = connected && !holdsAll && round.over.getCount() == 0;
    }
    if (caughtUp) {
      marks.heard();
    }
  }

  /** The boundary for whatever a history does to us: then the conversation stays behind. */
  private void read(Round mine) {
    try {
      for (Optional<Gap> gap = next(mine); gap.isPresent(); gap = next(mine)) {
        Instant before = clock.instant();
        boolean all = false;
        try {
          all = catchUp.fill(gap.get());
        } catch (InterruptedException stopped) {
          throw stopped;
        } catch (Throwable fault) {
          if (!isClosed()) {
            LOG.warn("what was missed could not be read", fault);
          }
        }
        finish(mine, gap.get(), all ? Optional.of(before) : Optional.empty());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** The conversation to read next: one in which something waits, or any when the limit allows. */
  private Optional<Gap> next(Round mine) throws InterruptedException {
    synchronized (lock) {
      while (!closed && round == mine && !mine.waiting.isEmpty()) {
        for (Gap gap : mine.waiting) {
          Deque<HeldDelivery> deliveries = held.get(gap.channel());
          if (deliveries != null && !deliveries.isEmpty()) {
            mine.waiting.remove(gap);
            return Optional.of(gap);
          }
        }
        long now = System.nanoTime();
        while (!mine.begun.isEmpty() && now - mine.begun.getFirst() > MINUTE) {
          mine.begun.removeFirst();
        }
        if (perMinute == 0 || mine.begun.size() < perMinute) {
          mine.begun.addLast(now);
          return Optional.of(mine.waiting.removeFirst());
        }
        TimeUnit.NANOSECONDS.timedWait(lock, MINUTE - (now - mine.begun.getFirst()) + 1);
      }
      return Optional.empty();
    }
  }

  private void finish(Round mine, Gap gap, Optional<Instant> upTo) {
    synchronized (lock) {
      if (closed || round != mine) {
        return;
      }
      if (upTo.isEmpty()) {
        mine.behind.put(gap.channel(), gap.since());
      }
    }
    upTo.ifPresent(at -> marks.read(gap.channel(), at));
    release(mine, gap.channel());
    synchronized (lock) {
      mine.unread.remove(gap.channel());
    }
    endIfRead(mine);
  }

  /** What has waited in a conversation goes on; what comes meanwhile goes behind it. */
  private void release(Round mine, String channel) {
    while (true) {
      HeldDelivery next;
      synchronized (lock) {
        if (closed || round != mine) {
          return;
        }
        Deque<HeldDelivery> deliveries = held.getOrDefault(channel, new ArrayDeque<>());
        if (deliveries.isEmpty()) {
          held.remove(channel);
          return;
        }
        next = deliveries.removeFirst();
        heldNow--;
      }
      next.work().run();
    }
  }

  private void endIfRead(Round mine) {
    synchronized (lock) {
      if (!mine.unread.isEmpty() || round != mine || closed) {
        return;
      }
      marks.readAll(mine.openedAt, mine.behind);
    }
    marks.write();
    mine.over.countDown();
  }

  /** Perhaps on the journal's own thread. */
  private void stayedBehind(String channel, Instant since) {
    synchronized (lock) {
      round.behind.put(channel, since);
      marks.stayedBehind(channel, since);
    }
    marks.write();
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  /** What waits is not acknowledged, and is read at the next login. */
  @Override
  public void close() {
    List<HeldDelivery> left = new ArrayList<>();
    List<Thread> readers;
    synchronized (lock) {
      closed = true;
      held.values().forEach(left::addAll);
      held.clear();
      readers = List.copyOf(round.readers);
      lock.notifyAll();
    }
    left.forEach(each -> each.refused().run());
    long deadline = System.nanoTime() + GOODBYE.toNanos();
    try {
      for (Thread reader : readers) {
        long rest = deadline - System.nanoTime();
        boolean _ = !reader.isAlive() || rest <= 0 || reader.join(Duration.ofNanos(rest));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}

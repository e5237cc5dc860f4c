package dev.owlery.core.lane;

import dev.owlery.api.chat.Conversation;
import dev.owlery.core.account.Accounts;
import dev.owlery.core.command.CommandRouter;
import dev.owlery.core.filter.Filters;
import dev.owlery.core.journal.EventAttempts;
import dev.owlery.core.journal.Journal.InboxEntry;
import dev.owlery.core.journal.Journal.Recovery;
import dev.owlery.core.schedule.Timers;
import dev.owlery.core.work.Committer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The lanes: one queue per room. Events of one room are handled one at a time, in the order of
 * {@link #submit}, on virtual threads; rooms run in parallel. At most {@link LaneSettings#waiting}
 * events wait in all lanes together.
 */
public final class Lanes implements AutoCloseable {

  /** From so many lanes on, those that nothing is left in are looked for. */
  private static final int LANES_KEPT = 4_096;

  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final Semaphore room;
  private final LaneSettings settings;
  private final Timers timers;
  private final LaneServices steps;
  private volatile AttemptMarks attempts = AttemptMarks.none();
  private volatile int lanesKept = LANES_KEPT;
  private volatile boolean stopped;
  private volatile Runnable watch = () -> {};

  /**
   * How lanes behave.
   *
   * @param patience how long a handler may keep its room waiting
   * @param waiting how many events may wait in all lanes together
   */
  public record LaneSettings(Duration patience, int waiting) {}

  /**
   * Puts the lanes between inbox and outbox.
   *
   * @param settings how they behave
   * @param timers measures patience
   * @param filters what plugins do not get to see
   * @param handlers who gets an event
   * @param commands who gets a message after the handlers
   * @param committer where the effects go
   * @param incidents where faults go
   * @param accounts who knows the networks
   * @param watcher who is told of troubles
   */
  public Lanes(
      LaneSettings settings,
      Timers timers,
      Filters filters,
      Handlers handlers,
      CommandRouter commands,
      Committer committer,
      Incidents incidents,
      Accounts accounts,
      LaneListener watcher) {
    this.settings = settings;
    this.timers = timers;
    this.room = new Semaphore(settings.waiting());
    this.steps =
        new LaneServices(
            timers, filters, handlers, commands, committer, incidents, accounts, watcher);
  }

  /** Begins to watch for handlers that outlast their patience. */
  public void start() {
    watch = timers.schedule(look(), this::overtakeSlow);
  }

  /**
   * Takes note of what an earlier process left, before any of it is submitted: those events are
   * marked while plugins handle them.
   *
   * @param recovery what it left
   * @param marks where they are marked
   */
  public void recovered(Recovery recovery, EventAttempts marks) {
    long last = recovery.events().isEmpty() ? -1 : recovery.events().getLast().number();
    attempts = new AttemptMarks(marks, last, recovery.attempts());
  }

  /**
   * Submits an event and waits until it is done, or for somewhat longer than a handler may keep its
   * room waiting. It does not wait for room in the outbox.
   *
   * @param entry the event
   * @param longest how long to wait at most; zero or less for not at all
   * @return whether it is done
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public boolean submitAlone(InboxEntry entry, Duration longest) throws InterruptedException {
    reserve();
    attempts.expect(entry.number());
    submit(entry);
    Duration patience = settings.patience().multipliedBy(2);
    return attempts.await(entry.number(), patience.compareTo(longest) < 0 ? patience : longest);
  }

  /**
   * Puts an event into its lane that had been put aside, in room that was reserved.
   *
   * @param entry the event, with the number that it had
   */
  public void retry(InboxEntry entry) {
    attempts.retry(entry.number());
    submit(entry);
  }

  /**
   * Waits until there is room for one more event. Followed by {@link #submit} or {@link #release}.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public void reserve() throws InterruptedException {
    room.acquire();
  }

  /** Gives back room that was reserved and not needed. */
  public void release() {
    room.release();
  }

  /**
   * Puts an event at the end of its lane, in room that was reserved.
   *
   * @param entry the event; the same number is never submitted twice
   */
  public void submit(InboxEntry entry) {
    String address = entry.event().where().address();
    while (!lanes.computeIfAbsent(address, a -> new Lane(this, steps)).add(entry)) {
      lanes.remove(address);
    }
    if (lanes.size() > lanesKept) {
      retireLanes();
    }
  }

  /**
   * Not again before there are twice as many: where questions wait in all of them, none retires.
   */
  private void retireLanes() {
    lanes.values().removeIf(Lane::retire);
    lanesKept = Math.max(LANES_KEPT, 2 * lanes.size());
  }

  /**
   * How many submitted events are not done; commands that wait for an answer do not count.
   *
   * @return those that are queued or running
   */
  public int undone() {
    return settings.waiting() - room.availablePermits();
  }

  /**
   * Whether every submitted event is done; commands that wait for an answer do not count.
   *
   * @return true if nothing is queued or running
   */
  public boolean idle() {
    return room.availablePermits() == settings.waiting();
  }

  /**
   * Begins no further events; they stay in the journal for the next start. Then waits for the
   * running ones.
   *
   * @param patience how long at most
   * @return whether all of them ended
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public boolean stop(Duration patience) throws InterruptedException {
    stopped = true;
    watch.run();
    steps.handlers().wakeWaiting();
    lanes.values().forEach(Lane::clear);
    boolean ended = room.tryAcquire(settings.waiting(), patience.toMillis(), TimeUnit.MILLISECONDS);
    attempts.clear();
    if (ended) {
      // What still comes in, such as an account's going offline, must not wait for room for ever.
      room.release(settings.waiting());
    }
    return ended;
  }

  /**
   * Lets an event wait as long as its account's outbox is nearly full: answers that nobody can send
   * yet are better not made yet. Not for ever: when there is little room left for events either,
   * the outbox has to see what to do.
   *
   * @return false if the event is not to begin any more
   */
  boolean awaitOutbox(InboxEntry entry) {
    Conversation where = entry.event().where();
    if (!where.room().isEmpty() && !attempts.isAwaited(entry.number())) {
      steps
          .committer()
          .awaitCapacity(
              where.account(), ReplyPriority.of(entry.event()), () -> stopped || isNearlyFull());
    }
    return !stopped;
  }

  private boolean isNearlyFull() {
    return room.availablePermits() < settings.waiting() / 4;
  }

  @Override
  public void close() {
    stopped = true;
    watch.run();
  }

  boolean stopped() {
    return stopped;
  }

  AttemptMarks attempts() {
    return attempts;
  }

  /** Not Duration.dividedBy, which needs BigDecimal and costs 20 ms of the start. */
  private Duration look() {
    return Duration.ofMillis(Math.max(1, settings.patience().toMillis() / 4));
  }

  private void overtakeSlow() {
    try {
      long now = timers.clock().millis();
      lanes.values().forEach(lane -> lane.overtakeIfLasting(settings.patience().toMillis(), now));
    } finally {
      if (!stopped) {
        watch = timers.schedule(look(), this::overtakeSlow);
      }
    }
  }
}

package dev.owlery.core.inbox;

import dev.owlery.api.event.ChatEvent;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.Journal.InboxEntry;
import dev.owlery.core.journal.Journal.Recovery;
import dev.owlery.core.lane.Lanes;
import dev.owlery.spi.EngineThreads;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way in: an event is recorded, dropped if it was recorded before, and put into its lane.
 * Every method may be called from any thread; events of one room keep the order in which {@link
 * #publish} was entered.
 */
public final class Inbox {

  private static final Logger log = LoggerFactory.getLogger(Inbox.class);

  /** Accounts are offline until then. */
  private static final Duration ALONE = Duration.ofMinutes(2);

  private final Journal journal;
  private final Lanes lanes;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();

  /**
   * Puts the inbox before the lanes.
   *
   * @param journal where events are recorded
   * @param lanes where they are handled
   */
  public Inbox(Journal journal, Lanes lanes) {
    this.journal = journal;
    this.lanes = lanes;
  }

  /**
   * Records an event and hands it to its lane. Waits while too many events are waiting: that is the
   * back-pressure.
   *
   * @param event what happened
   * @return completes when it is durable, with whether it was new; exceptionally if it could not be
   *     recorded
   */
  public CompletionStage<Boolean> publish(ChatEvent event) {
    try {
      lanes.reserve();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedStage(e);
    }
    return journal
        .record(event, this::fresh)
        .whenComplete((fresh, failure) -> {
          if (failure != null) {
            lanes.release();
          } else if (!fresh) {
            duplicates.incrementAndGet();
            lanes.release();
          }
        });
  }

  /**
   * Hands over what an earlier process had recorded and not finished. Events inside of whose
   * handlers a process has ended come first, each alone, so that if one of them does it again it is
   * known which; what was recorded before them in their rooms comes before them. They are waited
   * for no longer than two minutes, all together.
   *
   * @param recovery what that process left
   * @param then run when all are in their lanes; at once if there are none
   * @return completes behind {@code then}; exceptionally if that has failed after there were some
   */
  public CompletionStage<Void> replay(Recovery recovery, Runnable then) {
    List<InboxEntry> entries = recovery.events();
    if (!entries.isEmpty() || !recovery.actions().isEmpty()) {
      log.info(
          "taking up {} events and {} actions from before",
          entries.size(),
          recovery.actions().size());
    }
    lanes.recovered(recovery, journal.attempts());
    if (entries.isEmpty()) {
      then.run();
      return CompletableFuture.completedStage(null);
    }
    Set<Long> alone = suspects(recovery);
    return CompletableFuture.runAsync(
        () -> {
          try {
            submitAlone(entries.stream().filter(each -> alone.contains(each.number())).toList());
            for (InboxEntry entry : entries) {
              if (!alone.contains(entry.number())) {
                lanes.reserve();
                fresh(entry);
              }
            }
            then.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        task -> EngineThreads.start("replay", task));
  }

  private void submitAlone(List<InboxEntry> entries) throws InterruptedException {
    long end = System.nanoTime() + ALONE.toNanos();
    for (InboxEntry entry : entries) {
      events.incrementAndGet();
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (!lanes.submitAlone(entry, left) && left.isPositive()) {
        log.warn("event {} takes long; the others do not wait for it", entry.number());
      }
    }
  }

  /** Those that have had an attempt, and what comes before them in their rooms. */
  private static Set<Long> suspects(Recovery recovery) {
    Map<String, Long> lastSuspect = new HashMap<>();
    for (InboxEntry entry : recovery.events()) {
      if (recovery.attempts().containsKey(entry.number())) {
        lastSuspect.put(entry.event().where().address(), entry.number());
      }
    }
    Set<Long> suspects = new HashSet<>();
    for (InboxEntry entry : recovery.events()) {
      Long last = lastSuspect.get(entry.event().where().address());
      if (last != null && entry.number() <= last) {
        suspects.add(entry.number());
      }
    }
    return suspects;
  }

  /**
   * Has an event handled again that was put aside.
   *
   * @param number its entry's
   * @return completes with whether there was such an event
   */
  public CompletionStage<Boolean> retry(long number) {
    try {
      lanes.reserve();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedStage(e);
    }
    return journal
        .attempts()
        .revive(number)
        .whenComplete((entry, failure) -> {
          if (failure == null && entry.isPresent()) {
            lanes.retry(entry.get());
          } else {
            lanes.release();
          }
        })
        .thenApply(Optional::isPresent);
  }

  /**
   * How many events were recorded since the start.
   *
   * @return without duplicates
   */
  public long events() {
    return events.get();
  }

  /**
   * How many events the networks delivered again since the start.
   *
   * @return dropped duplicates
   */
  public long duplicates() {
    return duplicates.get();
  }

  private void fresh(InboxEntry entry) {
    events.incrementAndGet();
    lanes.submit(entry);
  }
}

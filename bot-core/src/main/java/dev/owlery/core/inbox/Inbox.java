package dev.owlery.core.inbox;

import dev.owlery.api.event.ChatEvent;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.Journal.InboxEntry;
import dev.owlery.core.lane.Lanes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The only way in: an event is recorded, dropped if it was recorded before, and put into its lane.
 * Every method may be called from any thread; events of one room keep the order in which {@link
 * #publish} was entered.
 */
public final class Inbox {

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
   * Hands over what an earlier process had recorded and not finished.
   *
   * @param entries in recording order
   * @param then run when all are in their lanes; at once if there are none
   */
  public void replay(List<InboxEntry> entries, Runnable then) {
    if (entries.isEmpty()) {
      then.run();
      return;
    }
    Thread.ofVirtual()
        .name("replay")
        .start(() -> {
          try {
            for (InboxEntry entry : entries) {
              lanes.reserve();
              fresh(entry);
            }
            then.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
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

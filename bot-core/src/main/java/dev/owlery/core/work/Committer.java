package dev.owlery.core.work;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.PublishItem;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.content.Tone;
import dev.owlery.core.account.Accounts;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.Journal.JournalWork;
import dev.owlery.core.journal.Journal.NewAction;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.journal.Journal.StoreWrite;
import dev.owlery.core.journal.LostEventException;
import dev.owlery.core.outbox.Outbox;
import dev.owlery.core.outbox.Priority;
import dev.owlery.core.schedule.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits units of work: divides their actions into parts that fit the network, degrades what it
 * cannot do, writes all of it in one transaction, and lets the parts depart when that is durable.
 * Every method may be called from any thread.
 */
public final class Committer {

  private static final Logger log = LoggerFactory.getLogger(Committer.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Receipt DROPPED = new Receipt.Refused("too many automatic lines");

  /** What is known of a part beside what is written: in which turn it leaves, and who waits. */
  private record CommittedPart(Priority priority, Optional<CompletableFuture<Receipt>> receipt) {}

  private final Journal journal;
  private final Outbox outbox;
  private final Accounts accounts;
  private final Timers timers;
  private final Predicate<Say> passes;
  private final AtomicInteger underway = new AtomicInteger();
  private final AtomicLong committing = new AtomicLong();

  /**
   * Puts the parts together.
   *
   * @param journal where units are written
   * @param outbox where parts depart
   * @param accounts who knows the adapters
   * @param timers for trying again when the disk is full
   * @param passes is told of everything that the bot says; what it refuses is not said
   */
  public Committer(
      Journal journal, Outbox outbox, Accounts accounts, Timers timers, Predicate<Say> passes) {
    this.journal = journal;
    this.outbox = outbox;
    this.accounts = accounts;
    this.timers = timers;
    this.passes = passes;
  }

  /**
   * Whether everything that was committed is written, and has departed.
   *
   * @return false while a unit is on its way into the journal
   */
  public boolean idle() {
    return underway.get() == 0;
  }

  /**
   * How many units there have been, written or not.
   *
   * @return counts up
   */
  public long committing() {
    return committing.get();
  }

  /**
   * Waits while an account's outbox is nearly full.
   *
   * @param account the account
   * @param priority of what would be made
   * @param giveUp asked now and then whether to go on all the same; must be quick
   */
  public void awaitCapacity(AccountId account, Priority priority, BooleanSupplier giveUp) {
    outbox.awaitCapacity(account, priority, giveUp);
  }

  /**
   * Commits one action, outside of any handler.
   *
   * @param action what to do
   * @return completes with what the network said
   */
  public CompletionStage<Receipt> commit(Action action) {
    UnitOfWork unit = new UnitOfWork();
    CompletionStage<Receipt> receipt = unit.add(action);
    commit(Optional.empty(), List.of(unit));
    return receipt;
  }

  /**
   * Commits units as one.
   *
   * @param done the number of the event that they finish, if they do
   * @param units what was done, in order; emptied
   */
  public void commit(Optional<Long> done, List<UnitOfWork> units) {
    commit(done, units, () -> {});
  }

  /**
   * Commits units as one, for somebody who waits until that is durable.
   *
   * @param done the number of the event that they finish, if they do
   * @param units what was done, in order; emptied
   * @param written run when it is written, or at once if there is nothing to write; on any thread,
   *     so it must be quick
   */
  public void commit(Optional<Long> done, List<UnitOfWork> units, Runnable written) {
    List<UnitOfWork.PendingAction> deeds = new ArrayList<>();
    List<StoreWrite> writes = new ArrayList<>();
    List<Runnable> committed = new ArrayList<>();
    for (UnitOfWork unit : units) {
      unit.drainTo(deeds, writes, committed);
    }
    if (done.isEmpty() && deeds.isEmpty() && writes.isEmpty()) {
      written.run();
      return;
    }
    List<NewAction> parts = new ArrayList<>(deeds.size());
    List<CommittedPart> departures = new ArrayList<>(deeds.size());
    for (UnitOfWork.PendingAction deed : deeds) {
      divide(deed, parts, departures);
    }
    committed.add(written);
    committing.incrementAndGet();
    underway.incrementAndGet();
    write(new JournalWork(done, writes, parts), departures, () -> committed.forEach(Runnable::run));
  }

  private void divide(
      UnitOfWork.PendingAction deed, List<NewAction> parts, List<CommittedPart> departures) {
    Adapter adapter = accounts.adapter(deed.action().where().account());
    switch (fit(deed.action(), adapter)) {
      case Degrader.Degraded.Impossible(Receipt.Unsupported receipt) ->
          deed.receipt().complete(receipt);
      case Degrader.Degraded.Supported(Say say) when !passes.test(say) ->
          deed.receipt().complete(DROPPED);
      case Degrader.Degraded.Supported(Action action) -> {
        Priority priority = isAutomatic(action) ? Priority.AUTOMATIC : deed.priority();
        boolean handed = outbox.open(action.where().account());
        List<Action> divided = adapter.divide(action);
        for (int i = 0; i < divided.size(); i++) {
          parts.add(new NewAction(divided.get(i), handed));
          boolean isLast = i == divided.size() - 1;
          departures.add(
              new CommittedPart(priority, isLast ? Optional.of(deed.receipt()) : Optional.empty()));
        }
      }
    }
  }

  private static boolean isAutomatic(Action action) {
    return action instanceof Say say && say.tone() == Tone.AUTOMATIC;
  }

  /** What an account carries by its settings is kept for it also while it does not know it can. */
  private static Degrader.Degraded fit(Action action, Adapter adapter) {
    return action instanceof PublishItem publish && adapter.carries(publish.topic())
        ? new Degrader.Degraded.Supported(publish)
        : Degrader.fit(action, adapter.capabilities());
  }

  private void enqueue(List<OutboxEntry> entries, List<CommittedPart> departures) {
    for (int i = 0; i < entries.size(); i++) {
      CommittedPart departure = departures.get(i);
      outbox.enqueue(
          entries.get(i),
          departure.priority(),
          settled -> departure.receipt().ifPresent(future -> future.complete(settled)));
    }
  }

  private void write(JournalWork work, List<CommittedPart> departures, Runnable written) {
    journal
        .commit(
            work,
            entries -> {
              enqueue(entries, departures);
              written.run();
            })
        .whenComplete((done, failure) -> {
          if (failure == null) {
            underway.decrementAndGet();
          } else if (failure.getCause() instanceof LostEventException lost) {
            log.warn("a unit of work is dropped: {}", lost.getMessage());
            underway.decrementAndGet();
          } else {
            log.error("a unit of work could not be written, trying again: {}", failure.toString());
            timers.schedule(RETRY, () -> write(work, departures, written));
          }
        });
  }
}

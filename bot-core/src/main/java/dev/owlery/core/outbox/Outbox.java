package dev.owlery.core.outbox;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.chat.AccountId;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.schedule.Timers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps actions until the network has confirmed them.
 *
 * <p>Actions of one conversation reach the adapter in the order in which they were committed; the
 * conversations of an account take turns ({@link Priority}) as the adapter asks for more. What
 * certainly was not sent is tried again, after a pause that doubles with each attempt, and what was
 * made later in that conversation waits behind it. What may have been sent is looked up first. A
 * conversation that is stuck holds up no other, and one that is flooded leaves room for the others.
 * Automatic lines are dropped when there is too much to say. What fails too often, waits too long,
 * or comes when an account has too many unsettled actions becomes a dead letter ({@link
 * OutboxSettings}).
 *
 * <p>Every method may be called from any thread, and none waits for a network. Adapters and
 * listeners are called with no lock held.
 */
public final class Outbox implements AutoCloseable {

  private final Map<AccountId, AccountQueue> queues = new ConcurrentHashMap<>();
  private final OutboxJournal journal;
  private final Timers timers;

  /**
   * Makes an outbox without accounts.
   *
   * @param journal where it notes what has left and what is settled
   * @param timers measures pauses and ages
   * @param settings its limits
   * @param listener learns of bad ends
   */
  public Outbox(Journal journal, Timers timers, OutboxSettings settings, OutboxListener listener) {
    this.journal = new OutboxJournal(journal, settings, listener);
    this.timers = timers;
  }

  /**
   * Connects an account with its adapter. What departs for an account without one waits.
   *
   * @param account the account
   * @param adapter does its actions
   */
  public void attach(AccountId account, Adapter adapter) {
    queue(account).attach(adapter);
  }

  /**
   * Whether new actions of an account would reach its adapter at once: then they are best committed
   * as {@linkplain Journal.NewAction#inFlight in flight}, which saves a second entry in the
   * journal. It is no fault if this has changed when they depart.
   *
   * @param account the account
   * @return true if it is online, and nothing waits
   */
  public boolean open(AccountId account) {
    AccountQueue desk = queues.get(account);
    return desk != null && desk.isOpen();
  }

  /**
   * Takes over what an earlier process left: those handed over are doubtful. Called before the
   * accounts come online.
   *
   * @param entries in their order
   */
  public void restore(List<OutboxEntry> entries) {
    entries.forEach(entry -> queue(entry.account()).restore(entry));
  }

  /**
   * Sends actions whose unit of work is durable. Called in commit order.
   *
   * @param entries the unit's actions
   */
  public void enqueue(List<OutboxEntry> entries) {
    for (OutboxEntry entry : entries) {
      enqueue(entry, receipt -> {});
    }
  }

  /**
   * Sends one action of {@linkplain Priority#NORMAL ordinary priority} whose unit of work is
   * durable. Called in commit order.
   *
   * @param entry the action
   * @param receipt called once with what finally became of it, on any thread; must be quick. Not
   *     called if the outbox closes before
   */
  public void enqueue(OutboxEntry entry, Consumer<Receipt> receipt) {
    enqueue(entry, Priority.NORMAL, receipt);
  }

  /**
   * Sends one action whose unit of work is durable. Called in commit order.
   *
   * @param entry the action
   * @param priority when its conversation gets its turn
   * @param receipt called once with what finally became of it, on any thread; must be quick. Not
   *     called if the outbox closes before
   */
  public void enqueue(OutboxEntry entry, Priority priority, Consumer<Receipt> receipt) {
    queue(entry.account()).enqueue(entry, priority, receipt);
  }

  /**
   * Notes that an account is online and has caught up: what waits for it leaves.
   *
   * @param account the account
   */
  public void online(AccountId account) {
    queue(account).online();
  }

  /**
   * Notes that an account is not online any more: what departs for it waits, apart from joining and
   * leaving rooms.
   *
   * @param account the account
   */
  public void offline(AccountId account) {
    queue(account).offline();
  }

  /**
   * Waits, without a thread, for a moment in which no adapter has anything unsettled, and nothing
   * waits that an account which is online could do. Give it a deadline.
   *
   * @return completes then
   */
  public CompletionStage<Void> quiet() {
    return CompletableFuture.allOf(
        queues.values().stream().map(AccountQueue::quiet).toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Whether this is such a moment.
   *
   * @return true if {@link #quiet} would complete at once
   */
  public boolean isQuiet() {
    return queues.values().stream().allMatch(AccountQueue::isQuiet);
  }

  /**
   * How the outbox stands, all accounts together.
   *
   * @return the figures now
   */
  public OutboxCounts counts() {
    return counts(queues.values().stream());
  }

  private OutboxCounts counts(Stream<AccountQueue> of) {
    List<QueueDepth> standings = of.map(AccountQueue::depth).toList();
    return journal.counts(
        standings.stream().mapToLong(QueueDepth::waiting).sum(),
        standings.stream().mapToLong(QueueDepth::underway).sum());
  }

  /**
   * How many actions of an account no adapter has been given yet, or have come back.
   *
   * @param account the account
   * @return the number now
   */
  public int waiting(AccountId account) {
    AccountQueue desk = queues.get(account);
    return desk == null ? 0 : desk.depth().waiting();
  }

  /**
   * Waits while three quarters of an account's unsettled actions that are allowed are there: who
   * would make more of them should leave the rest of the room to what cannot wait. Those for whom
   * the network vouches wait only when there is hardly any room left.
   *
   * @param account the account
   * @param priority of what would be made
   * @param giveUp asked now and then whether to go on all the same; must be quick
   */
  public void awaitCapacity(AccountId account, Priority priority, BooleanSupplier giveUp) {
    AccountQueue desk = queues.get(account);
    if (desk != null) {
      desk.awaitCapacity(priority, giveUp);
    }
  }

  /**
   * Since when an account has letters of which nobody knows whether they were sent.
   *
   * @param account the account
   * @return when the oldest of them was handed over; empty if there is none
   */
  public Optional<Instant> doubtfulSince(AccountId account) {
    return Optional.ofNullable(queues.get(account)).flatMap(AccountQueue::doubtfulSince);
  }

  /**
   * Lets nothing leave any more. What is not settled stays in the journal for the next start.
   * Outcomes that still come are noted as long as the journal is open.
   */
  @Override
  public void close() {
    queues.values().forEach(AccountQueue::close);
  }

  private AccountQueue queue(AccountId account) {
    return queues.computeIfAbsent(account, name -> new AccountQueue(name, journal, timers));
  }
}

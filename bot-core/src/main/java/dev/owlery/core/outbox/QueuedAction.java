package dev.owlery.core.outbox;

import dev.owlery.api.action.Join;
import dev.owlery.api.action.Leave;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.core.journal.Journal.OutboxEntry;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * One action on its way. Belongs to whoever moves it: to the desk's lock while it lies in its line,
 * to the thread that asks the adapter while it is out.
 */
final class QueuedAction {

  final OutboxEntry stored;
  final ConversationQueue conversation;
  final Priority priority;
  final Consumer<Receipt> receipt;

  /** The attempt that is next or under way. */
  Outgoing outgoing;

  /** Whether the journal knows that it may have been sent. */
  boolean inFlight;

  /** Whether it may have been sent: it must be looked up first. */
  boolean doubtful;

  /** How often the adapter failed to look it up. */
  int failedLookUps;

  /** During which connection it is looked up. */
  int connection;

  QueuedAction(
      OutboxEntry entry, ConversationQueue line, Priority priority, Consumer<Receipt> receipt) {
    this.stored = entry;
    this.conversation = line;
    this.priority = priority;
    this.receipt = receipt;
    this.outgoing = entry.outgoing();
    this.inFlight = entry.inFlight();
  }

  long number() {
    return stored.number();
  }

  /** Whether an adapter takes it before its account is online. */
  boolean goesOffline() {
    return outgoing.action() instanceof Join || outgoing.action() instanceof Leave;
  }

  /** Whether it is an automatic line that came from before a time: it makes no sense any more. */
  boolean isStale(Instant time) {
    return priority == Priority.AUTOMATIC && outgoing.madeAt().isBefore(time);
  }

  /** Makes it ready for the next attempt. */
  void prepareRetry() {
    outgoing = outgoing.again();
    inFlight = false;
    doubtful = false;
  }

  /** For the log: where it goes and which it is. */
  @Override
  public String toString() {
    return stored.outgoing().action().where() + " " + stored.number();
  }
}

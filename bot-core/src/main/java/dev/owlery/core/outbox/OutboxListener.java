package dev.owlery.core.outbox;

import dev.owlery.api.action.Receipt;
import dev.owlery.core.journal.Journal.OutboxEntry;

/**
 * Learns of actions that came to a bad end. Called on any thread, with no lock held; must be quick.
 * What it throws is logged.
 */
public interface OutboxListener {

  /**
   * An action was given up and is a dead letter now.
   *
   * @param entry the action
   * @param reason the last trouble, in one line
   */
  void dead(OutboxEntry entry, String reason);

  /**
   * The network will not do an action, or has no such thing.
   *
   * @param entry the action
   * @param receipt {@link Receipt.Refused} or {@link Receipt.Unsupported}
   */
  void refused(OutboxEntry entry, Receipt receipt);
}

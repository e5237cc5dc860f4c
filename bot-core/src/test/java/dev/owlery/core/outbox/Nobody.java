package dev.owlery.core.outbox;

import dev.owlery.api.action.Receipt;
import dev.owlery.core.journal.Journal.OutboxEntry;

/** Whoever is told of bad ends in a test that has none. */
public final class Nobody implements OutboxListener {
  @Override
  public void dead(OutboxEntry entry, String reason) {}

  @Override
  public void refused(OutboxEntry entry, Receipt receipt) {}
}

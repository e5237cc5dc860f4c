package dev.owlery.core;

import dev.owlery.core.file.TransferService;
import dev.owlery.core.inbox.Inbox;
import dev.owlery.core.lane.Lanes;
import dev.owlery.core.outbox.Outbox;
import dev.owlery.core.plugin.PluginWatchdog;
import dev.owlery.core.work.Committer;

/** Whether the engine is quiescent: nothing is in flight, and nothing waits. For any thread. */
record Quiescence(
    Committer committer,
    TransferService transfers,
    Outbox outbox,
    Lanes lanes,
    Inbox inbox,
    PluginWatchdog watch) {

  /** Nothing is being handled and nothing waits to be sent. */
  boolean isQuiet() {
    return isQuietBut(0);
  }

  /** Quiet, but for what plugins compute without end: an end that is asked for does not wait. */
  boolean isQuietEnough() {
    return isQuietBut(watch.busy());
  }

  private boolean isQuietBut(int endless) {
    // All work goes through the journal: what begins between two looks is counted there.
    long begun = committer.committing();
    long events = inbox.events();
    return committer.idle()
        && transfers.idle()
        && outbox.isQuiet()
        && lanes.undone() <= endless
        && committer.committing() == begun
        && inbox.events() == events;
  }
}

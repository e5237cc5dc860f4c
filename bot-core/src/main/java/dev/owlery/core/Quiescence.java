package dev.owlery.core;

import dev.owlery.core.file.TransferDesk;
import dev.owlery.core.inbox.Inbox;
import dev.owlery.core.lane.Lanes;
import dev.owlery.core.outbox.Outbox;
import dev.owlery.core.plugin.PluginWatch;
import dev.owlery.core.work.Committer;

/** Whether the engine is quiescent: nothing is in flight, and nothing waits. For any thread. */
record Quiescence(
    Committer committer,
    TransferDesk transfers,
    Outbox outbox,
    Lanes lanes,
    Inbox inbox,
    PluginWatch watch) {

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
    long begun = committer.begun();
    long events = inbox.events();
    return committer.idle()
        && transfers.idle()
        && outbox.isQuiet()
        && lanes.undone() <= endless
        && committer.begun() == begun
        && inbox.events() == events;
  }
}

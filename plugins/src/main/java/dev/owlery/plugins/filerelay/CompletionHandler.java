package dev.owlery.plugins.filerelay;

import dev.owlery.api.action.Say;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.Direction;
import dev.owlery.api.file.Transfer.State;
import dev.owlery.api.file.Transfers;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Scheduler;
import dev.owlery.api.plugin.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What follows from the end of a transfer: it is told to whoever is to know, and a watched file is
 * put away.
 *
 * @param store has the {@link PendingFollowUp}s
 * @param bot says it
 * @param scheduler for what takes longer
 * @param notices rooms and topics that are told
 * @param links know that theirs is over
 * @param reception what has come in, if anything may
 * @param watches the folders
 */
record CompletionHandler(
    Store store,
    Bot bot,
    Scheduler scheduler,
    TransferAnnouncements notices,
    LinkTransport links,
    Optional<ReceivePolicy> reception,
    List<FolderWatch> watches) {

  /** What an earlier process has not got done. */
  void takeUp(Transfers transfers) {
    PendingFollowUp.all(store)
        .forEach((id, job) ->
            transfers
                .find(id)
                .filter(transfer -> transfer.state().isOver() && !job.folder().isEmpty())
                .ifPresent(this::putAway));
  }

  /** Within the handler of the delay: tells it to those who are told the end. */
  void delayed(Transfer transfer) {
    notices.tellDelay(transfer);
    if (transfer.direction() == Direction.IN && transfer.state() == State.WAITING) {
      reception
          .flatMap(here -> here.failed(transfer))
          .ifPresent(text -> tellSender(transfer, text));
    }
    PendingFollowUp.find(store, transfer.id())
        .filter(job -> job.folder().isEmpty())
        .ifPresent(job -> {
          var _ = bot.say(bot.locate(job.asker()), TransferAnnouncements.delay(transfer));
        });
  }

  /** What the sender is told is no talk: no bot answers it. Links have lines of their own. */
  private void tellSender(Transfer transfer, String text) {
    boolean isForPeople =
        transfer.state() != State.DONE && !transfer.transport().equals(LinkTransport.NAME);
    Tone tone = isForPeople ? Tone.NOTICE : Tone.NORMAL;
    var _ = bot.perform(new Say(transfer.where(), Content.of(text), tone, Optional.empty()));
  }

  /** Within the handler of the end, so that it is told once. */
  void tell(Transfer transfer) {
    notices.tell(transfer);
    if (transfer.direction() == Direction.IN) {
      reception.flatMap(here -> here.ended(transfer)).ifPresent(text -> tellSender(transfer, text));
    } else {
      links.ended(transfer.id());
    }
    PendingFollowUp.find(store, transfer.id())
        .ifPresent(job -> {
          if (job.folder().isEmpty()) {
            var _ = bot.say(bot.locate(job.asker()), TransferAnnouncements.line(transfer));
            PendingFollowUp.forget(store, transfer.id());
          } else {
            putAway(transfer);
          }
        });
  }

  /** Not in the handler: it may have to copy the file. A later process does what is left of it. */
  private void putAway(Transfer transfer) {
    var _ =
        scheduler.after(
            Duration.ZERO,
            () ->
                PendingFollowUp.find(store, transfer.id())
                    .filter(job -> isPutAway(job, transfer.state() == State.DONE))
                    .ifPresent(job -> PendingFollowUp.forget(store, transfer.id())));
  }

  private boolean isPutAway(PendingFollowUp job, boolean whole) {
    return watches.stream()
        .filter(watch -> watch.root().equals(job.folder()))
        .allMatch(watch -> watch.ended(job, whole));
  }
}

package dev.owlery.plugins.filerelay;

import dev.owlery.api.action.Edit;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.State;
import dev.owlery.api.file.Transfers;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Scheduler;
import java.time.Duration;
import java.util.Optional;

/**
 * Shows how far a file is: by editing the message that announced it where the network can, else by
 * a line now and then. Any thread.
 *
 * @param bot says it
 * @param transfers knows it
 * @param scheduler when to look
 * @param pause between two lines, where messages cannot be edited
 */
record Progress(Bot bot, Transfers transfers, Scheduler scheduler, Duration pause) {

  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final int MOST = 12 * 60 * 60;

  private Duration look() {
    return pause.compareTo(LOOK) < 0 ? pause : LOOK;
  }

  /** So many looks between two lines. */
  private int sparse() {
    return (int) Math.min(MOST, pause.dividedBy(look()));
  }

  /** Within the handler that began the transfer: says the text, and more later. */
  void follow(String id, Conversation where, String text) {
    TransferProgress follower = new TransferProgress(id, where, text);
    var _ = bot.say(where, text).thenAccept(follower::said);
    follower.plan();
  }

  /** One transfer. */
  private final class TransferProgress {
    private final String id;
    private final Conversation where;
    private final String text;
    private volatile Optional<MessageId> message = Optional.empty();
    private String shown = "";
    private int looks;

    TransferProgress(String id, Conversation where, String text) {
      this.id = id;
      this.where = where;
      this.text = text;
    }

    void said(Receipt receipt) {
      if (receipt instanceof Receipt.Delivered(Optional<MessageId> told)) {
        message = told;
      }
    }

    void plan() {
      var _ = scheduler.after(Progress.this.look(), this::look);
    }

    private void look() {
      Optional<Transfer> transfer = transfers.find(id);
      if (transfer.isEmpty() || transfer.get().state().isOver() || ++looks > MOST) {
        return;
      }
      show(transfer.get());
      plan();
    }

    private void show(Transfer transfer) {
      String state =
          transfer.state() == State.RUNNING
              ? Format.percent(transfer.moved(), transfer.file().size().orElse(0))
              : "waits" + (transfer.detail().isEmpty() ? "" : ": " + transfer.detail());
      if (state.equals(shown)) {
        return;
      }
      if (message.isPresent() && bot.can(where.account(), Capability.EDIT)) {
        var _ = bot.perform(new Edit(where, message.get(), Content.of(text + ": " + state)));
        shown = state;
      } else if (looks % sparse() == 0) {
        var _ = bot.say(where, text + ": " + state);
        shown = state;
      }
    }
  }
}

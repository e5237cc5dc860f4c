package dev.owlery.core.outbox;

import dev.owlery.api.action.Receipt;
import dev.owlery.core.journal.Journal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How letters end: in the journal, in the figures, and with those who want to know. Called with no
 * lock held, because the journal may make its callers wait.
 */
final class OutboxJournal {

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);
  private static final int REASON_LENGTH = 300;

  private final Journal journal;
  final OutboxSettings settings;
  private final OutboxListener listener;

  private final LongAdder settled = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder resent = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder dead = new LongAdder();
  private final LongAdder unconfirmed = new LongAdder();

  OutboxJournal(Journal journal, OutboxSettings settings, OutboxListener listener) {
    this.journal = journal;
    this.settings = settings;
    this.listener = listener;
  }

  /** Notes that letters are about to be sent; completes exceptionally if that is impossible. */
  CompletionStage<Void> markInFlight(List<Long> numbers) {
    try {
      return journal.markInFlight(numbers);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  void settle(QueuedAction letter, Receipt receipt) {
    journal.settle(letter.number());
    settled.increment();
    switch (receipt) {
      case Receipt.Delivered delivered -> {}
      case Receipt.Dead gone -> {}
      case Receipt.Refused refused -> notify(() -> listener.refused(letter.stored, refused));
      case Receipt.Unsupported other -> notify(() -> listener.refused(letter.stored, other));
    }
    notify(() -> letter.receipt.accept(receipt));
  }

  /** Settles a letter that has probably arrived, where the network cannot say. */
  void assume(QueuedAction letter, String reason) {
    unconfirmed.increment();
    log.info("maybe delivered: {}: {}", letter, oneLine(reason));
    settle(letter, Receipt.DELIVERED);
  }

  void deadLetter(QueuedAction letter, String trouble) {
    String reason = oneLine(trouble);
    journal.deadLetter(letter.number(), reason);
    dead.increment();
    log.warn("given up: {}: {}", letter, reason);
    notify(() -> listener.dead(letter.stored, reason));
    notify(() -> letter.receipt.accept(new Receipt.Dead(reason)));
  }

  /** Gives up an automatic letter: nobody misses it. */
  void drop(QueuedAction letter, String reason) {
    journal.settle(letter.number());
    settled.increment();
    log.debug("dropped: {}: {}", letter, reason);
    notify(() -> letter.receipt.accept(new Receipt.Refused(reason)));
  }

  /** Gives up a letter of which the network cannot say whether it has it. */
  void lose(QueuedAction letter, String reason) {
    lost.increment();
    deadLetter(letter, "perhaps sent, perhaps not: " + reason);
  }

  /** Makes a letter ready that is to be sent again although it may have been sent. */
  void resend(QueuedAction letter, String reason) {
    resent.increment();
    log.warn("maybe sent twice: {}: {}", letter, oneLine(reason));
    requeue(letter);
  }

  /** Makes a letter ready for its next attempt. */
  void retry(QueuedAction letter) {
    retried.increment();
    requeue(letter);
  }

  private void requeue(QueuedAction letter) {
    journal.requeue(List.of(letter.number()));
    letter.prepareRetry();
  }

  OutboxCounts counts(long waiting, long underway) {
    return new OutboxCounts(
        waiting,
        underway,
        settled.sum(),
        retried.sum(),
        resent.sum(),
        lost.sum(),
        dead.sum(),
        unconfirmed.sum());
  }

  /** The boundary for what listeners throw. */
  private static void notify(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException | Error e) {
      log.error("whoever waited for a receipt failed", e);
    }
  }

  /** Adapters quote networks: nothing of that may break a line of the log. */
  static String oneLine(String reason) {
    String line = reason.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= REASON_LENGTH ? line : line.substring(0, REASON_LENGTH) + "…";
  }
}

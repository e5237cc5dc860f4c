package dev.owlery.core.outbox;

import dev.owlery.api.adapter.Outcome;
import java.time.Duration;

/**
 * Decides what becomes of a letter after the adapter has answered: it is settled, tried again,
 * looked up, or given up. Called on the adapter's threads, with no lock held.
 */
final class OutcomeHandler {

  private final AccountQueue queue;
  private final OutboxJournal journal;

  OutcomeHandler(AccountQueue desk, OutboxJournal ledger) {
    this.queue = desk;
    this.journal = ledger;
  }

  /** What became of an attempt. */
  void performed(QueuedAction letter, Outcome outcome) {
    switch (outcome) {
      case Outcome.Settled settled -> {
        journal.settle(letter, settled.receipt());
        queue.settled(letter);
      }
      case Outcome.Unconfirmed sent -> {
        journal.assume(letter, sent.reason());
        queue.settled(letter);
      }
      case Outcome.NotSent failed when isLastAttempt(letter) -> {
        journal.deadLetter(letter, failed.reason());
        queue.settled(letter);
      }
      case Outcome.NotSent failed -> {
        Duration pause = pause(letter, failed.after());
        journal.retry(letter);
        queue.requeue(letter, pause);
      }
      case Outcome.Doubtful unknown -> {
        letter.doubtful = true;
        queue.requeue(letter, pause(letter, Duration.ZERO));
      }
    }
  }

  private static Duration pause(QueuedAction letter, Duration after) {
    return after.isPositive() ? after : ResendBackoff.after(letter.outgoing.attempt());
  }

  private boolean isLastAttempt(QueuedAction letter) {
    return letter.outgoing.attempt() >= journal.settings.maxAttempts();
  }

  /** What the network knows of a doubtful letter. */
  void lookedUp(QueuedAction letter, Outcome outcome) {
    switch (outcome) {
      case Outcome.Settled settled -> {
        journal.settle(letter, settled.receipt());
        queue.lookedUp(letter, false);
      }
      case Outcome.Unconfirmed sent -> {
        journal.assume(letter, sent.reason());
        queue.lookedUp(letter, false);
      }
      case Outcome.NotSent missing -> {
        boolean again = !isLastAttempt(letter);
        if (again) {
          journal.retry(letter);
        } else {
          journal.deadLetter(letter, missing.reason());
        }
        queue.lookedUp(letter, again);
      }
      case Outcome.Doubtful unknown when queue.isInterrupted(letter) ->
          queue.lookedUp(letter, true); // it is looked up again when the account is back
      case Outcome.Doubtful unknown -> {
        boolean again = journal.settings.resendDoubtful() && !isLastAttempt(letter);
        if (again) {
          journal.resend(letter, unknown.reason());
        } else {
          journal.lose(letter, unknown.reason());
        }
        queue.lookedUp(letter, again);
      }
    }
  }

  /** The adapter failed to look a letter up. */
  void notLookedUp(QueuedAction letter) {
    queue.lookUpAgain(letter, ResendBackoff.after(letter.failedLookUps));
  }

  /** A letter has waited too long. */
  void expired(QueuedAction letter) {
    String reason = "not sent within " + journal.settings.maxAge();
    if (letter.doubtful) {
      journal.lose(letter, reason);
    } else {
      journal.deadLetter(letter, reason);
    }
  }
}

package dev.owlery.core.outbox;

import dev.owlery.api.adapter.Outcome;
import java.time.Duration;

/**
 * Decides what becomes of a letter after the adapter has answered: it is settled, tried again,
 * looked up, or given up. Called on the adapter's threads, with no lock held.
 */
final class Returns {

  private final Desk desk;
  private final Ledger ledger;

  Returns(Desk desk, Ledger ledger) {
    this.desk = desk;
    this.ledger = ledger;
  }

  /** What became of an attempt. */
  void performed(Letter letter, Outcome outcome) {
    switch (outcome) {
      case Outcome.Settled settled -> {
        ledger.settle(letter, settled.receipt());
        desk.gone(letter);
      }
      case Outcome.Unconfirmed sent -> {
        ledger.assume(letter, sent.reason());
        desk.gone(letter);
      }
      case Outcome.NotSent failed when isLastAttempt(letter) -> {
        ledger.bury(letter, failed.reason());
        desk.gone(letter);
      }
      case Outcome.NotSent failed -> {
        Duration pause = pause(letter, failed.after());
        ledger.retry(letter);
        desk.back(letter, pause);
      }
      case Outcome.Doubtful unknown -> {
        letter.doubtful = true;
        desk.back(letter, pause(letter, Duration.ZERO));
      }
    }
  }

  private static Duration pause(Letter letter, Duration after) {
    return after.isPositive() ? after : Backoff.after(letter.outgoing.attempt());
  }

  private boolean isLastAttempt(Letter letter) {
    return letter.outgoing.attempt() >= ledger.settings.maxAttempts();
  }

  /** What the network knows of a doubtful letter. */
  void lookedUp(Letter letter, Outcome outcome) {
    switch (outcome) {
      case Outcome.Settled settled -> {
        ledger.settle(letter, settled.receipt());
        desk.foundOut(letter, false);
      }
      case Outcome.Unconfirmed sent -> {
        ledger.assume(letter, sent.reason());
        desk.foundOut(letter, false);
      }
      case Outcome.NotSent missing -> {
        boolean again = !isLastAttempt(letter);
        if (again) {
          ledger.retry(letter);
        } else {
          ledger.bury(letter, missing.reason());
        }
        desk.foundOut(letter, again);
      }
      case Outcome.Doubtful unknown when desk.isInterrupted(letter) ->
          desk.foundOut(letter, true); // it is looked up again when the account is back
      case Outcome.Doubtful unknown -> {
        boolean again = ledger.settings.resendDoubtful() && !isLastAttempt(letter);
        if (again) {
          ledger.resend(letter, unknown.reason());
        } else {
          ledger.lose(letter, unknown.reason());
        }
        desk.foundOut(letter, again);
      }
    }
  }

  /** The adapter failed to look a letter up. */
  void notLookedUp(Letter letter) {
    desk.askAgain(letter, Backoff.after(letter.failedLookUps));
  }

  /** A letter has waited too long. */
  void expired(Letter letter) {
    String reason = "not sent within " + ledger.settings.maxAge();
    if (letter.doubtful) {
      ledger.lose(letter, reason);
    } else {
      ledger.bury(letter, reason);
    }
  }
}

package dev.owlery.core.outbox;

import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes letters to an adapter and brings back what it says. The boundary for all that an adapter
 * may throw: nothing of it gets past here.
 */
final class Courier {

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  /** An adapter that cannot even look up is believed to know nothing after so many times. */
  private static final int LOOK_UPS = 3;

  private final Returns returns;

  Courier(Returns returns) {
    this.returns = returns;
  }

  void carry(Adapter adapter, Letter letter) {
    boolean lookUp = letter.doubtful;
    CompletionStage<Outcome> stage;
    try {
      stage = lookUp ? adapter.lookUp(letter.outgoing) : adapter.perform(letter.outgoing);
    } catch (RuntimeException | Error e) {
      told(letter, lookUp, null, e);
      return;
    }
    stage.whenComplete((outcome, failure) -> told(letter, lookUp, outcome, failure));
  }

  private void told(
      Letter letter, boolean lookUp, @Nullable Outcome outcome, @Nullable Throwable failure) {
    try {
      if (lookUp) {
        lookedUp(letter, outcome, failure);
      } else {
        returns.performed(letter, outcome == null ? fault(letter, failure) : outcome);
      }
    } catch (RuntimeException | Error e) {
      // The journal has been closed, or is broken: it holds the letter for the next start.
      log.error("the outcome of {} could not be noted", letter, e);
    }
  }

  private void lookedUp(Letter letter, @Nullable Outcome outcome, @Nullable Throwable failure) {
    if (outcome != null) {
      returns.lookedUp(letter, outcome);
      return;
    }
    fault(letter, failure);
    letter.failedLookUps++;
    if (letter.failedLookUps < LOOK_UPS) {
      returns.notLookedUp(letter);
    } else {
      returns.lookedUp(letter, new Outcome.Doubtful("the adapter failed to look it up"));
    }
  }

  private static Outcome fault(Letter letter, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    log.error("the adapter failed with {}, token {}", letter, letter.outgoing.token(), cause);
    return new Outcome.NotSent(Duration.ZERO, "the adapter failed: " + cause);
  }
}

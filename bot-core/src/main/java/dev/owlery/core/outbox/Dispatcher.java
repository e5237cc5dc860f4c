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
final class Dispatcher {

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  /** An adapter that cannot even look up is believed to know nothing after so many times. */
  private static final int LOOK_UPS = 3;

  private final OutcomeHandler outcomes;

  Dispatcher(OutcomeHandler returns) {
    this.outcomes = returns;
  }

  void dispatch(Adapter adapter, QueuedAction letter) {
    boolean lookUp = letter.doubtful;
    CompletionStage<Outcome> stage;
    try {
      stage = lookUp ? adapter.lookUp(letter.outgoing) : adapter.perform(letter.outgoing);
    } catch (RuntimeException | Error e) {
      performed(letter, lookUp, null, e);
      return;
    }
    stage.whenComplete((outcome, failure) -> performed(letter, lookUp, outcome, failure));
  }

  private void performed(
      QueuedAction letter, boolean lookUp, @Nullable Outcome outcome, @Nullable Throwable failure) {
    try {
      if (lookUp) {
        lookedUp(letter, outcome, failure);
      } else {
        outcomes.performed(letter, outcome == null ? fault(letter, failure) : outcome);
      }
    } catch (RuntimeException | Error e) {
      // The journal has been closed, or is broken: it holds the letter for the next start.
      log.error("the outcome of {} could not be noted", letter, e);
    }
  }

  private void lookedUp(
      QueuedAction letter, @Nullable Outcome outcome, @Nullable Throwable failure) {
    if (outcome != null) {
      outcomes.lookedUp(letter, outcome);
      return;
    }
    fault(letter, failure);
    letter.failedLookUps++;
    if (letter.failedLookUps < LOOK_UPS) {
      outcomes.notLookedUp(letter);
    } else {
      outcomes.lookedUp(letter, new Outcome.Doubtful("the adapter failed to look it up"));
    }
  }

  private static Outcome fault(QueuedAction letter, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    log.error("the adapter failed with {}, token {}", letter, letter.outgoing.token(), cause);
    return new Outcome.NotSent(Duration.ZERO, "the adapter failed: " + cause);
  }
}

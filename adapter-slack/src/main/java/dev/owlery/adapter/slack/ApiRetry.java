package dev.owlery.adapter.slack;

import dev.owlery.adapter.slack.api.SlackApi;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Tries again what did not work at once, and looks up what may have worked, while everything behind
 * it waits: so that a moment of trouble neither costs the outbox an attempt nor changes the order.
 * Waits; one at a time for each conversation.
 */
final class ApiRetry {
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST = Duration.ofMillis(300);

  private final SlackOutbound outbound;
  private final SlackApi api;

  ApiRetry(SlackOutbound outbound, SlackApi api) {
    this.outbound = outbound;
    this.api = api;
  }

  Outcome perform(Outgoing outgoing) {
    Outcome outcome = outbound.perform(outgoing);
    for (int i = 1; i < ATTEMPTS && !(outcome instanceof Outcome.Settled); i++) {
      if (!pause(i)) {
        return outcome;
      }
      if (outcome instanceof Outcome.Doubtful) {
        outcome = outbound.lookUp(outgoing);
      }
      if (outcome instanceof Outcome.NotSent && !api.isClosed()) {
        outcome = outbound.perform(outgoing);
      }
    }
    return outcome;
  }

  Outcome lookUp(Outgoing outgoing) {
    return outbound.lookUp(outgoing);
  }

  /** False if the account is closed meanwhile. */
  private boolean pause(int attempt) {
    long millis = FIRST.toMillis() << (attempt - 1);
    long end =
        System.nanoTime()
            + Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis)).toNanos();
    while (!api.isClosed() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return !api.isClosed();
  }
}

package dev.owlery.testkit;

import java.time.Duration;

/** What a network does wrong with one action, see {@link FakeNetwork#failNext}. */
public sealed interface NetworkFailure {

  /**
   * It will not do it.
   *
   * @param reason its words
   */
  record Refused(String reason) implements NetworkFailure {}

  /**
   * It was certainly not sent, for example because of a rate limit.
   *
   * @param after when to try again
   */
  record NotSent(Duration after) implements NetworkFailure {}

  /** It never arrives, and nobody says so: the adapter only knows that it does not know. */
  record Lost() implements NetworkFailure {}

  /** It arrives, but the confirmation is lost. */
  record Unconfirmed() implements NetworkFailure {}

  /** It arrives, but the confirmation waits for {@link FakeNetwork#release}. */
  record HeldConfirmation() implements NetworkFailure {}

  /** The adapter itself throws. */
  record Broken() implements NetworkFailure {}
}

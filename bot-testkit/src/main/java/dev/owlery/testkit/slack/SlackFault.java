package dev.owlery.testkit.slack;

import java.time.Duration;

/** What Slack, or the way to it, does wrong; see {@link SlackFaults}. */
public sealed interface SlackFault {

  /** With one call of the Web API. */
  sealed interface OfCall extends SlackFault {}

  /** With one event, slash command or interaction on its way to the bot. */
  sealed interface OfDelivery extends SlackFault {}

  /**
   * Status 429, without effect.
   *
   * @param retryAfter what the {@code Retry-After} header says, in whole seconds
   */
  record RateLimited(Duration retryAfter) implements OfCall {}

  /**
   * A failure of Slack's own, without effect.
   *
   * @param status for example 503
   */
  record ServerError(int status) implements OfCall {}

  /**
   * {@code "ok": false}, without effect.
   *
   * @param error the error's name
   */
  record MethodRefused(String error) implements OfCall {}

  /**
   * The answer comes late, after the effect.
   *
   * @param by how late
   */
  record Slow(Duration by) implements OfCall {}

  /** The connection is cut before there was an effect. */
  record LostRequest() implements OfCall {}

  /** The connection is cut after the effect: who called cannot know whether there was one. */
  record LostResponse() implements OfCall {}

  /** The acknowledgement does not arrive, so that the same comes again. */
  record LostAcknowledgement() implements OfDelivery {}

  /** It is sent twice at once. */
  record Duplicate() implements OfDelivery {}

  /** What comes after it overtakes it. */
  record Overtaken() implements OfDelivery {}
}

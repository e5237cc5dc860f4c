package dev.owlery.adapter.slack.api;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.MessageId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What became of a call.
 *
 * @param <R> the answer
 */
public sealed interface ApiResult<R> {

  /**
   * Slack has done it.
   *
   * @param value its answer
   */
  record Ok<R>(R value) implements ApiResult<R> {}

  /**
   * Slack will not do it.
   *
   * @param error its word for why
   * @param detail one line for a person
   */
  record SlackRefused<R>(String error, String detail) implements ApiResult<R> {}

  /**
   * Slack was not reached: nothing has happened.
   *
   * @param reason one line for a person
   * @param isUnreachable whether there is no way to Slack, which a person probably has to change
   */
  record NotReached<R>(String reason, boolean isUnreachable) implements ApiResult<R> {
    public NotReached(String reason) {
      this(reason, false);
    }
  }

  /**
   * Slack may or may not have done it.
   *
   * @param reason one line for a person
   */
  record Unsure<R>(String reason) implements ApiResult<R> {}

  /** The answer, if there is one. */
  default Optional<R> found() {
    return this instanceof Ok<R>(R value) ? Optional.of(value) : Optional.empty();
  }

  /** Why there is no answer; empty if there is one. */
  default String trouble() {
    return switch (this) {
      case Ok<R> _ -> "";
      case SlackRefused<R> refused -> refused.detail();
      case NotReached<R> lost -> lost.reason();
      case Unsure<R> lost -> lost.reason();
    };
  }

  /** What it means for an action that leaves nothing to refer to. */
  default Outcome outcome() {
    return outcome(_ -> Optional.empty());
  }

  /**
   * What it means for an action.
   *
   * @param id finds the id of the message that was made
   */
  default Outcome outcome(Function<R, Optional<String>> id) {
    return switch (this) {
      case Ok<R>(R value) ->
          new Outcome.Settled(
              new Receipt.Delivered(
                  id.apply(value).filter(text -> !text.isEmpty()).map(MessageId::new)));
      case SlackRefused<R> refused -> Outcome.refused(refused.detail());
      case NotReached<R> lost -> new Outcome.NotSent(Duration.ZERO, lost.reason());
      case Unsure<R> lost -> new Outcome.Doubtful(lost.reason());
    };
  }

  /** The same with another value. */
  default <S> ApiResult<S> map(Function<R, S> change) {
    return switch (this) {
      case Ok<R>(R value) -> new Ok<>(change.apply(value));
      case SlackRefused<R>(String error, String detail) -> new SlackRefused<>(error, detail);
      case NotReached<R> lost -> new NotReached<>(lost.reason(), lost.isUnreachable());
      case Unsure<R>(String reason) -> new Unsure<>(reason);
    };
  }
}

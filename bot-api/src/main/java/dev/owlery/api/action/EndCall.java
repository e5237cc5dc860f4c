package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;
import java.util.Optional;

/**
 * Tells the adapter that a call which it began with {@link dev.owlery.api.event.CommandCalled}, or
 * took up again with {@link dev.owlery.api.event.FormAnswered}, is over: all that the command says
 * was said before. Networks that have nothing to close settle it as delivered.
 *
 * @param where the conversation of the call
 * @param call the key of the event's origin
 * @param trouble why the command did not do what it is for; empty if it did
 */
public record EndCall(Conversation where, String call, Optional<Failure> trouble)
    implements Action {

  /** Why a command did not do what it is for. What was wrong has been said. */
  public enum Failure {
    /** The line is no command, or its arguments do not fit: another line is needed. */
    MISUNDERSTOOD,
    /** It was understood, and refused, cancelled or failed. */
    FAILED
  }

  /**
   * The end of a call that did what it is for.
   *
   * @param where the conversation of the call
   * @param call the key of the event's origin
   */
  public EndCall(Conversation where, String call) {
    this(where, call, Optional.empty());
  }
}

package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;

/**
 * Something that the bot does on a network. An action is kept in the outbox until the network has
 * confirmed or refused it; actions of one conversation leave in the order in which they were made.
 *
 * <p>Where a network has no such thing, the core degrades it (an edit becomes a new message that
 * says so) or answers {@link Receipt.Unsupported}.
 */
public sealed interface Action
    permits Say,
        Edit,
        Delete,
        React,
        SendFile,
        Join,
        Leave,
        SetSubject,
        SetPresence,
        OpenDirect,
        PublishItem,
        Ask,
        EndCall {

  /**
   * The conversation that it is done in; for deeds of a whole account {@link
   * Conversation#ofAccount}.
   *
   * @return the place, which also decides the order
   */
  Conversation where();
}

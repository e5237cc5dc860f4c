package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;

/**
 * An account lost its connection, or was closed.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation that it belongs to
 * @param reason what is known of it, in one line
 */
public record AccountOffline(Origin origin, Conversation where, String reason)
    implements ChatEvent {}

package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;

/**
 * An account is connected, and the network has answered a probe of it.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the account's own conversation
 */
public record AccountOnline(Origin origin, Conversation where) implements ChatEvent {}

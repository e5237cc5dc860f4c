package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;

/**
 * Goes out of a room, and does not come back by itself.
 *
 * @param where the room
 * @param reason what to say of it; may be empty
 */
public record Leave(Conversation where, String reason) implements Action {}

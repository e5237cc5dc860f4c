package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;

/**
 * Sets the room's subject (IRC: topic).
 *
 * @param where the room
 * @param subject one line; empty to remove it
 */
public record SetSubject(Conversation where, String subject) implements Action {}

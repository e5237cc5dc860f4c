package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;

/**
 * Somebody came into a room, this bot included ({@link Member#isSelf}). Does not fire for those who
 * were there before.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation that it belongs to
 * @param member who came
 */
public record MemberJoined(Origin origin, Conversation where, Member member) implements ChatEvent {}

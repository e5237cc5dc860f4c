package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;

/**
 * Somebody in the room has another name now. One event for each room that both are in.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation that it belongs to
 * @param before as the member was shown
 * @param after as the member is shown now
 */
public record MemberRenamed(Origin origin, Conversation where, Member before, Member after)
    implements ChatEvent {}

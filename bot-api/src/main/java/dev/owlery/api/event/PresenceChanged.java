package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.Presence;

/**
 * Somebody became more or less reachable.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation that it belongs to
 * @param member who
 * @param presence how reachable
 * @param status what they say of it; may be empty
 */
public record PresenceChanged(
    Origin origin, Conversation where, Member member, Presence presence, String status)
    implements ChatEvent {}

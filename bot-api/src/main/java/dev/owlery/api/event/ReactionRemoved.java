package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;

/**
 * Somebody took a reaction back.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation that it belongs to
 * @param sender whose reaction it was
 * @param target the message
 * @param emoji as in {@link ReactionAdded}
 */
public record ReactionRemoved(
    Origin origin, Conversation where, Member sender, MessageId target, String emoji)
    implements ChatEvent {}

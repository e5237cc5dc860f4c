package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;

/**
 * Somebody reacted to a message.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation that it belongs to
 * @param sender who reacted
 * @param target the message
 * @param emoji a Unicode emoji where there is one, else the network's name for it between colons
 */
public record ReactionAdded(
    Origin origin, Conversation where, Member sender, MessageId target, String emoji)
    implements ChatEvent {}

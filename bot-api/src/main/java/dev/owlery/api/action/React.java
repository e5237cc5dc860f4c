package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;

/**
 * Adds a reaction to a message, or takes it back.
 *
 * @param where the conversation that the message is in
 * @param target the message
 * @param emoji a Unicode emoji, or the network's name for one between colons
 * @param add false to take an earlier reaction back
 */
public record React(Conversation where, MessageId target, String emoji, boolean add)
    implements Action {}

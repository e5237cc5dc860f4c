package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;

/**
 * Takes a message back.
 *
 * @param where the conversation that the message is in
 * @param target the bot's own message
 */
public record Delete(Conversation where, MessageId target) implements Action {}

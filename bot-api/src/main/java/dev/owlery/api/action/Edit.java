package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;

/**
 * Changes a message that the bot has said.
 *
 * @param where the conversation that the message is in
 * @param target the bot's own message
 * @param content what it is to say instead
 */
public record Edit(Conversation where, MessageId target, Content content) implements Action {}

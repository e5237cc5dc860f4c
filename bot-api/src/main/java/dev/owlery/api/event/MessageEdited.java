package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;

/**
 * A message was changed by its author. Never runs a command again.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation that it belongs to
 * @param sender who changed it
 * @param target the message that was changed
 * @param content what it says now
 */
public record MessageEdited(
    Origin origin, Conversation where, Member sender, MessageId target, Content content)
    implements ChatEvent {}

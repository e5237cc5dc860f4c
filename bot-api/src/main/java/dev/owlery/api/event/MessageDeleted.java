package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;

/**
 * A message was taken back.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation that it belongs to
 * @param sender who took it back; on some networks a moderator
 * @param target the message that is gone
 */
public record MessageDeleted(Origin origin, Conversation where, Member sender, MessageId target)
    implements ChatEvent {}

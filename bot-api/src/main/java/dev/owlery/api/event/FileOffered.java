package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.FileRef;

/**
 * Somebody offers a file to the bot. Nothing has been transferred yet.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation that it belongs to
 * @param sender who offers it
 * @param offer names the offer, for accepting or refusing it
 * @param file what is offered; its name is a claim, never a path
 */
public record FileOffered(
    Origin origin, Conversation where, Member sender, String offer, FileRef file)
    implements ChatEvent {}

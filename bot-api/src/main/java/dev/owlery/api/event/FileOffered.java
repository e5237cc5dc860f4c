package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.FileRef;

/**
 * Somebody offers a file to the bot. Nothing has been transferred yet; {@link
 * dev.owlery.api.file.Transfers#accept} takes it. What nobody takes is refused after twenty
 * seconds.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation that it belongs to
 * @param sender who offers it
 * @param transport the name of the {@link dev.owlery.api.file.FileTransport} that would bring it
 * @param offer the transport's own name for the offer
 * @param file what is offered; its name is a claim, never a path
 */
public record FileOffered(
    Origin origin, Conversation where, Member sender, String transport, String offer, FileRef file)
    implements ChatEvent {}

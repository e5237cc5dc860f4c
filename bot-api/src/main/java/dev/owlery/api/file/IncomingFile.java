package dev.owlery.api.file;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.FileRef;

/**
 * A file that somebody offers, as its transport sees it.
 *
 * @param where the conversation that the offer belongs to
 * @param sender who offers it
 * @param offer the transport's own name for the offer, as it published it
 * @param file what is offered
 */
public record IncomingFile(Conversation where, Member sender, String offer, FileRef file) {}

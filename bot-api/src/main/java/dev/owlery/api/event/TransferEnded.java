package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.file.Transfer;

/**
 * A file was sent or received as a whole, or that was given up.
 *
 * @param origin its key is made from the transfer's id, so that a restart does not tell it twice
 * @param where the conversation that it belongs to
 * @param transfer how it ended
 */
public record TransferEnded(Origin origin, Conversation where, Transfer transfer)
    implements ChatEvent {}

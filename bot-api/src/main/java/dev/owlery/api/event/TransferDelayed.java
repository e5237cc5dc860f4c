package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.file.Transfer;

/**
 * A file is not getting on: its transfer failed twice for the same reason, waits for another offer,
 * or is so slow that it will take long. It is not given up. Published once for each transfer, at
 * the latest about half a minute after that became known.
 *
 * @param origin its key is made from the transfer's id, so that a restart does not publish it again
 * @param where the conversation that it belongs to
 * @param transfer how it is; its detail says why, and what helps
 */
public record TransferDelayed(Origin origin, Conversation where, Transfer transfer)
    implements ChatEvent {}

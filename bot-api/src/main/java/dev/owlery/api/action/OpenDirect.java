package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;
import java.util.List;

/**
 * Opens a direct chat with one member, or with several where the network has that. The receipt's id
 * is the address of the chat.
 *
 * @param where the account's own conversation
 * @param members their handles, at least one
 */
public record OpenDirect(Conversation where, List<String> members) implements Action {}

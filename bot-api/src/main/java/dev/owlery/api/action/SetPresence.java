package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Presence;

/**
 * Says how reachable the account is.
 *
 * @param where the account's own conversation
 * @param presence how reachable
 * @param status what to say of it; may be empty
 */
public record SetPresence(Conversation where, Presence presence, String status) implements Action {}

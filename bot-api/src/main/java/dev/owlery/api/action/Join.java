package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.settings.Secret;
import java.util.Optional;

/**
 * Goes into a room, and stays in it over reconnections.
 *
 * @param where the room
 * @param password what the room asks for, if it does
 */
public record Join(Conversation where, Optional<Secret> password) implements Action {}

package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;

/**
 * Tells the adapter that a call which it began with {@link dev.owlery.api.event.CommandCalled}, or
 * took up again with {@link dev.owlery.api.event.FormAnswered}, is over: all that the command says
 * was said before. Networks that have nothing to close settle it as delivered.
 *
 * @param where the conversation of the call
 * @param call the key of the event's origin
 */
public record EndCall(Conversation where, String call) implements Action {}

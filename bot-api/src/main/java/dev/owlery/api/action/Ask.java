package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Form;

/**
 * Shows somebody a form: buttons, a modal, a data form. The answer comes back as {@link
 * dev.owlery.api.event.FormAnswered}. Made only where the adapter has {@link
 * dev.owlery.api.adapter.Capability#FORMS}, or within a call that the adapter began with {@link
 * dev.owlery.api.event.CommandCalled}; elsewhere the core asks in words.
 *
 * @param where the conversation, the same as that of the call
 * @param who who may answer
 * @param question names the question, for the answer: letters, digits and {@code -}, at most 40
 * @param form what to ask
 */
public record Ask(Conversation where, Member who, String question, Form form) implements Action {}

package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;

/**
 * Somebody called a command by a way of the network's own: a slash command, an ad-hoc command with
 * a form. Runs as if they had typed it, with the same permissions; when it is over, the adapter
 * gets an {@link dev.owlery.api.action.EndCall}. Questions of the command come as {@link
 * dev.owlery.api.action.Ask}.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where where the answers go; a network that answers such calls in a place of their own
 *     makes that place a thread
 * @param caller who called
 * @param line the command with its arguments, without prefix; made from a form by {@link
 *     dev.owlery.api.command.CommandForm#line}
 */
public record CommandCalled(Origin origin, Conversation where, Member caller, String line)
    implements ChatEvent {}

package dev.owlery.core.command;

import dev.owlery.api.adapter.Capability;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import java.util.Set;

/**
 * Who calls a command, where, by which event, and how it can ask them.
 *
 * @param origin the event's
 * @param where where the answers go
 * @param caller who
 * @param manner how they called
 */
record CallOrigin(Origin origin, Conversation where, Member caller, CallStyle manner) {

  /** How a command was called, and so how it asks. */
  enum CallStyle {
    /** By a message; asks in words. */
    WORDS,
    /** By a message on a network with forms; asks by form, one field may be answered in words. */
    WORDS_OR_FORMS,
    /** By the network's own way; asks by form. */
    FORMS
  }

  static CallOrigin by(MessagePosted message, Set<Capability> can) {
    return new CallOrigin(
        message.origin(),
        message.where(),
        message.sender(),
        can.contains(Capability.FORMS) ? CallStyle.WORDS_OR_FORMS : CallStyle.WORDS);
  }

  static CallOrigin by(CommandCalled event) {
    return new CallOrigin(event.origin(), event.where(), event.caller(), CallStyle.FORMS);
  }
}

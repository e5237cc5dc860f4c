package dev.owlery.core.lane;

import dev.owlery.api.chat.Member;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.FormAnswered;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.core.outbox.Priority;

/** In which order the answers to events leave: first to those for whom the network vouches. */
final class ReplyPriority {

  private ReplyPriority() {}

  static Priority of(ChatEvent event) {
    return switch (event) {
      case MessagePosted message -> of(message.sender());
      case CommandCalled called -> of(called.caller());
      case FormAnswered answered -> of(answered.who());
      default -> Priority.NORMAL;
    };
  }

  private static Priority of(Member who) {
    return who.identity().isPresent() ? Priority.PERSON : Priority.NORMAL;
  }
}

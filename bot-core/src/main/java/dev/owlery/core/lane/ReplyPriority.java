package dev.owlery.core.lane;

import dev.owlery.api.chat.Member;
import dev.owlery.api.event.AccountOffline;
import dev.owlery.api.event.AccountOnline;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.event.FormAnswered;
import dev.owlery.api.event.ItemPublished;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.api.event.MemberRenamed;
import dev.owlery.api.event.MessageDeleted;
import dev.owlery.api.event.MessageEdited;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.PresenceChanged;
import dev.owlery.api.event.ReactionAdded;
import dev.owlery.api.event.ReactionRemoved;
import dev.owlery.api.event.SubjectChanged;
import dev.owlery.api.event.TransferDelayed;
import dev.owlery.api.event.TransferEnded;
import dev.owlery.core.outbox.Priority;

/**
 * In which order the answers to events leave: first to those for whom the network vouches; what
 * strangers bring about comes after what the bot says of its own accord.
 */
final class ReplyPriority {

  private ReplyPriority() {}

  static Priority of(ChatEvent event) {
    return switch (event) {
      case MessagePosted message -> Priority.of(message.sender());
      case CommandCalled called -> Priority.of(called.caller());
      case FormAnswered answered -> Priority.of(answered.who());
      case MessageEdited edited -> unasked(edited.sender());
      case MessageDeleted deleted -> unasked(deleted.sender());
      case ReactionAdded added -> unasked(added.sender());
      case ReactionRemoved removed -> unasked(removed.sender());
      case MemberJoined joined -> unasked(joined.member());
      case MemberLeft left -> unasked(left.member());
      case MemberRenamed renamed -> unasked(renamed.after());
      case SubjectChanged changed -> unasked(changed.member());
      case PresenceChanged changed -> unasked(changed.member());
      case FileOffered offered -> unasked(offered.sender());
      case TransferDelayed _, TransferEnded _, ItemPublished _, AccountOnline _, AccountOffline _ ->
          Priority.NORMAL;
    };
  }

  /** What somebody has not asked for, but brought about. */
  private static Priority unasked(Member who) {
    return who.identity().isPresent() ? Priority.NORMAL : Priority.STRANGER;
  }
}
